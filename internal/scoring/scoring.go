// Package scoring turns answers into marks. It is pure: what it returns follows from its arguments alone, so the same
// answers under the same key and rules always earn the same.
//
// Every objective answer has a share of right, from 0 to 1:
//
//   - multiple choice, true or false: 1 when right, else 0; where a key names several choices, any one of them is right;
//   - multiple answers, all or nothing: 1 for exactly the right set, else 0;
//   - multiple answers, partial: (right choices taken - wrong choices taken) / right choices, not below 0;
//   - match, all or nothing: 1 when every pair is right, else 0; partial: right pairs / pairs of the key;
//   - fill in the blank: the mean of the gaps, in both modes, because a gap is a small question of its own. A gap earns 1
//     for an accepted text, or the share its key gives a partly right text.
//
// An unanswered question earns 0. An answer with a share of 0 costs the negative mark. Any other answer earns
// share × positive mark and costs nothing.
package scoring

import (
	"math"
	"slices"

	"github.com/assay-hire/assay/models"
)

// Rules are the marks a question is scored under.
type Rules struct {
	Positive float64 // for a right answer
	Negative float64 // taken off for a wrong one, as a positive number
	Multiple models.MultipleAnswerScoring
}

// RulesFor returns the section's rules with the question's own marks in place of the section's where it has any.
func RulesFor(s models.AssessmentSection, q models.QuestionVersion) Rules {
	r := Rules{Positive: s.PositiveMark, Negative: math.Abs(s.NegativeMark), Multiple: s.MultipleAnswer}
	if q.PositiveMark != nil {
		r.Positive = *q.PositiveMark
	}
	if q.NegativeMark != nil {
		r.Negative = math.Abs(*q.NegativeMark)
	}
	return r
}

// Mark is what one answer earned.
type Mark struct {
	Score float64 // negative when marks were taken off
	Max   float64 // what a right answer earns
}

// Score returns what an answer earns. Ok is false for a type that people mark. A question whose key cannot score
// counts for nothing: it has no maximum either, until somebody corrects the key.
func Score(t models.QuestionType, k models.AnswerKey, v models.AnswerValue, r Rules) (mark Mark, ok bool) {
	if !t.IsObjective() {
		return Mark{}, false
	}
	if !k.Declared(t) {
		return Mark{}, true
	}
	mark.Max = r.Positive
	if !isAnswered(t, v) {
		return mark, true
	}
	share := shareOf(t, k, v, r.Multiple)
	if share <= 0 {
		mark.Score = 0 - r.Negative
		return mark, true
	}
	mark.Score = round(share * r.Positive)
	return mark, true
}

// isAnswered tells whether the part of the value that belongs to the type holds anything.
func isAnswered(t models.QuestionType, v models.AnswerValue) bool {
	switch t {
	case models.MultipleChoice, models.MultipleAnswer:
		return len(v.Choices) > 0
	case models.TrueOrFalse:
		return v.Truth != nil
	case models.FillBlanks:
		for _, g := range v.Gaps {
			if normal(g) != "" {
				return true
			}
		}
		return false
	default:
		return len(v.Pairs) > 0
	}
}

func shareOf(t models.QuestionType, k models.AnswerKey, v models.AnswerValue, mode models.MultipleAnswerScoring) float64 {
	switch t {
	case models.MultipleChoice:
		return whole(len(v.Choices) == 1 && slices.Contains(k.Correct, v.Choices[0]))
	case models.MultipleAnswer:
		return choices(k.Correct, v.Choices, mode)
	case models.TrueOrFalse:
		return whole(*v.Truth == *k.Truth)
	case models.FillBlanks:
		return gaps(k.Gaps, v.Gaps)
	default:
		return pairs(k.Pairs, v.Pairs, mode)
	}
}

func whole(right bool) float64 {
	if right {
		return 1
	}
	return 0
}

func choices(correct, taken []string, mode models.MultipleAnswerScoring) float64 {
	wanted, seen := set(correct), map[string]bool{}
	right, wrong := 0, 0
	for _, c := range taken {
		if seen[c] {
			continue
		}
		seen[c] = true
		if wanted[c] {
			right++
		} else {
			wrong++
		}
	}
	if mode == models.PartialScoring {
		return max(0, float64(right-wrong)/float64(len(wanted)))
	}
	return whole(wrong == 0 && right == len(wanted))
}

func set(texts []string) map[string]bool {
	s := make(map[string]bool, len(texts))
	for _, t := range texts {
		s[t] = true
	}
	return s
}

func pairs(key, given map[string]string, mode models.MultipleAnswerScoring) float64 {
	right := 0
	for left, want := range key {
		if given[left] == want {
			right++
		}
	}
	if mode == models.PartialScoring {
		return float64(right) / float64(len(key))
	}
	return whole(right == len(key))
}

// round takes away what adding thirds leaves behind: a millionth of a mark is none.
func round(marks float64) float64 { return math.Round(marks*1e6) / 1e6 }
