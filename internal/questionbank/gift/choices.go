package gift

import (
	"math"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// choices reads a multiple-choice block: one answer when an option is marked "=", several answers otherwise. Options
// marked "=" that are each worth only a part of the mark mean several answers, too.
func (r *reader) choices(block string) {
	answers := r.split(block, "=~", false)
	single, shares := false, true
	for _, a := range answers {
		if a.right {
			single = true
			shares = shares && a.weighted && a.weight < 1
		}
	}
	r.q.Type = questionbank.MultipleAnswer
	if single && !shares {
		r.q.Type = questionbank.MultipleChoice
	}
	for _, a := range answers {
		choice := questionbank.Choice{
			Text:     rich(a.text, r.format, r.markup.Answer),
			Weight:   a.weight,
			Correct:  a.weight > 0,
			Feedback: rich(a.feedback, r.format, r.markup.HTML),
		}
		if r.q.Type == questionbank.MultipleChoice {
			choice.Correct = a.weight >= 0.999
		}
		if math.Abs(a.weight) > 1 {
			r.doc.Warn(&r.q, "The weight %g%% is beyond 100%%; it counts as 100%%.", a.weight*100)
		}
		if a.text == "" && strings.TrimSpace(a.feedback) == "" {
			continue
		}
		r.q.Choices = append(r.q.Choices, choice)
	}
}

// match reads pairs. A pair without a left side is a decoy.
func (r *reader) match(block string) {
	r.q.Type = questionbank.Match
	for _, raw := range splitPairs(block) {
		left, right, found := cut(raw, "->")
		if !found {
			r.doc.Warn(&r.q, "The entry %q has no arrow (->) to its other side and was left out.", questionbank.Snippet(plain(raw)))
			continue
		}
		leftHTML := rich(left, r.format, r.markup.Answer)
		rightHTML := questionbank.EscapeText(plain(right))
		switch {
		case rightHTML == "":
			r.doc.Warn(&r.q, "The entry %q has no right side and was left out.", questionbank.Snippet(plain(left)))
		case leftHTML == "":
			r.q.Decoys = append(r.q.Decoys, rightHTML)
		default:
			r.q.Pairs = append(r.q.Pairs, questionbank.Pair{Left: leftHTML, Right: rightHTML})
		}
	}
}

func splitPairs(block string) []string {
	var list []string
	for rest, found := block, true; found && len(list) <= questionbank.MaxAnswers; {
		var raw string
		raw, rest, found = cut(rest, "=")
		if strings.TrimSpace(raw) != "" {
			list = append(list, raw)
		}
	}
	return list
}

// numerical reads numbers, with a tolerance after a colon or as a range, into a gap.
func (r *reader) numerical(block string) {
	r.q.Type = questionbank.FillBlanks
	var numbers []questionbank.NumericAnswer
	feedback := false
	for _, a := range r.split(block, "=~", true) {
		feedback = feedback || strings.TrimSpace(a.feedback) != ""
		if a.text == "" || a.text == "*" {
			continue
		}
		number, ok := parseNumeric(a.text)
		if !ok {
			r.doc.Reject(r.q.Line, r.label(), "%q is not a number, so the numerical question was left out.", questionbank.Snippet(plain(a.text)))
			r.q.Type = ""
			return
		}
		number.Weight = a.weight
		numbers = append(numbers, number)
	}
	gap, exact := questionbank.NumericBlank(numbers)
	r.q.Gaps = []questionbank.Blank{gap}
	if !exact {
		r.doc.Warn(&r.q, "A numerical answer with a tolerance or range became a gap that accepts only the numbers listed; "+
			"add further ones if they should count.")
	}
	r.warnFeedback(feedback)
}

func parseNumeric(text string) (questionbank.NumericAnswer, bool) {
	text = unescape(text)
	if low, high, isRange := strings.Cut(text, ".."); isRange {
		from, okFrom := questionbank.ParseNumber(low)
		to, okTo := questionbank.ParseNumber(high)
		return questionbank.NumericAnswer{Low: min(from, to), High: max(from, to), Value: sameValue(low, from == to)}, okFrom && okTo
	}
	value, tolerance, _ := strings.Cut(text, ":")
	n, ok := questionbank.ParseNumber(value)
	around := 0.0
	if strings.TrimSpace(tolerance) != "" {
		t, okTolerance := questionbank.ParseNumber(tolerance)
		around, ok = math.Abs(t), ok && okTolerance
	}
	return questionbank.NumericAnswer{Value: strings.TrimSpace(value), Low: n - around, High: n + around}, ok
}

func sameValue(text string, same bool) string {
	if same {
		return strings.TrimSpace(text)
	}
	return ""
}
