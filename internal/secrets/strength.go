package secrets

import (
	"strings"

	"github.com/nbutton23/zxcvbn-go"
	"github.com/nbutton23/zxcvbn-go/match"
)

// longestJudged keeps the estimate fast: its work grows much faster than the password.
const longestJudged = 40

// Strength is how well a password resists guessing: Score from 0 (guessed at once) to 4 (very hard to guess), and one
// sentence of advice, empty from score 3.
type Strength struct {
	Score    int
	Feedback string
}

// Judge estimates the strength of the password. Words known about its owner (name, e-mail address, organization) make it
// weaker where they occur in it.
func Judge(password string, known ...string) Strength {
	if runes := []rune(password); len(runes) > longestJudged {
		password = string(runes[:longestJudged])
	}
	found := zxcvbn.PasswordStrength(password, words(known))
	if found.Score >= 3 {
		return Strength{Score: found.Score}
	}
	return Strength{Score: found.Score, Feedback: advice(found.MatchSequence)}
}

func words(known []string) []string {
	var all []string
	for _, k := range known {
		k = strings.ToLower(k)
		all = append(all, k)
		for _, part := range strings.FieldsFunc(k, func(r rune) bool { return strings.ContainsRune(" @.-_+", r) }) {
			if len(part) > 2 {
				all = append(all, part)
			}
		}
	}
	return all
}

func advice(sequence []match.Match) string {
	var longest match.Match
	for _, m := range sequence {
		if m.Pattern != "bruteforce" && len(m.Token) > len(longest.Token) {
			longest = m
		}
	}
	switch longest.Pattern {
	case "dictionary":
		if longest.DictionaryName == "user_inputs" {
			return "It contains your name, address or organization. Choose words that have nothing to do with you."
		}
		return "It rests on a common word or password. Put three or four unrelated words together."
	case "spatial":
		return "Neighbouring keys are guessed early. Put three or four unrelated words together."
	case "repeat":
		return "Repeated characters add little. Put three or four unrelated words together."
	case "sequence":
		return "Rows like abc or 1234 are guessed early. Put three or four unrelated words together."
	case "date":
		return "Dates are guessed early. Put three or four unrelated words together."
	}
	return "It is too short. Add another word or two."
}
