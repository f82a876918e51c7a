package questionbank

import (
	"fmt"
	"math"
	"strings"
)

// Bounds on what one file and one question may hold, against files made to exhaust memory.
const (
	MaxQuestions = 50_000
	MaxAnswers   = 1_000
)

// Accept takes q into the document after the checks all formats share: a question nobody could answer is rejected, one
// without a declared key comes in with a warning. It reports whether q came in.
func (d *Document) Accept(q Question) bool {
	if reason := unanswerable(&q); reason != "" {
		d.Reject(q.Line, q.Label(), "%s", reason)
		return false
	}
	for i := range q.Choices {
		q.Choices[i].Weight = clampWeight(q.Choices[i].Weight)
	}
	for _, warning := range undeclared(&q) {
		d.Warn(&q, "%s", warning)
	}
	d.Questions = append(d.Questions, q)
	return true
}

func unanswerable(q *Question) string {
	if PlainText(q.Prompt) == "" && !hasImage(q.Prompt) {
		return "The question has no text, so it was left out. Give it a prompt."
	}
	if tooMany(q) {
		return "The question has too many answers or gaps, so it was left out."
	}
	switch q.Type {
	case MultipleChoice, MultipleAnswer:
		if len(q.Choices) == 0 {
			return "The question offers no options, so it was left out."
		}
	case Match:
		if len(q.Pairs) == 0 {
			return "The matching question has no complete pair, so it was left out."
		}
	case FillBlanks:
		if len(q.Gaps) == 0 {
			return "The question has no gap to fill in, so it was left out."
		}
	}
	return ""
}

func tooMany(q *Question) bool {
	most := max(len(q.Choices), len(q.Gaps), len(q.Pairs)+len(q.Decoys))
	for _, gap := range q.Gaps {
		most = max(most, len(gap.Accepted)+len(gap.Partial), len(gap.Options))
	}
	return most > MaxAnswers
}

func undeclared(q *Question) []string {
	var warnings []string
	switch q.Type {
	case MultipleChoice, MultipleAnswer:
		switch n := countCorrect(q.Choices); {
		case n == 0:
			warnings = append(warnings, "The file declares no correct option; mark one before the question is scored.")
		case n > 1 && q.Type == MultipleChoice:
			warnings = append(warnings, fmt.Sprintf(
				"The file declares %d correct options although only one can be chosen; each of them is accepted.", n))
		}
		for i, c := range q.Choices {
			if strings.TrimSpace(c.Text) == "" {
				warnings = append(warnings, fmt.Sprintf("Option %d is empty.", i+1))
			}
		}
	case TrueFalse:
		if q.Truth == nil {
			warnings = append(warnings, "The file does not say whether the statement is true; set it before the question is scored.")
		}
	case FillBlanks:
		for i, gap := range q.Gaps {
			if len(gap.Accepted) == 0 {
				warnings = append(warnings, fmt.Sprintf("Gap %d has no answer worth the full mark.", i+1))
			}
		}
	}
	return warnings
}

func countCorrect(choices []Choice) int {
	n := 0
	for _, c := range choices {
		if c.Correct {
			n++
		}
	}
	return n
}

// Files write a third with five to seven digits; more would be the noise of division.
func clampWeight(w float64) float64 {
	return math.Round(max(-1, min(1, w))*1e7) / 1e7
}

// ShareWeights gives the correct choices equal shares of the mark when the format declares none.
func ShareWeights(choices []Choice) {
	n := countCorrect(choices)
	for i := range choices {
		if choices[i].Correct {
			choices[i].Weight = 1 / float64(n)
		}
	}
}

// AddAnswer files one accepted text by its weight: full credit, part of the mark, or nothing, and then it returns false.
func (b *Blank) AddAnswer(text string, weight float64) bool {
	switch {
	case weight >= 0.999:
		b.Accepted = appendNew(b.Accepted, text)
	case weight > 0:
		b.Partial = append(b.Partial, PartialAnswer{Text: text, Weight: weight})
	default:
		return false
	}
	return true
}

// appendNew keeps lists free of repetitions as long as they are of a length people write.
func appendNew(list []string, text string) []string {
	const long = 1000
	if len(list) >= long {
		return append(list, text)
	}
	for _, have := range list {
		if have == text {
			return list
		}
	}
	return append(list, text)
}
