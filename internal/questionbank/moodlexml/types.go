package moodlexml

import (
	"math"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

func (r *reader) multichoice() string {
	full, parts := 0, 0
	for _, a := range r.n.all("answer") {
		choice := questionbank.Choice{Text: r.answer(a), Weight: r.weight(a), Feedback: r.rich(a.child("feedback"))}
		if choice.Weight >= 0.999 {
			full++
		} else if choice.Weight > 0 {
			parts++
		}
		r.q.Choices = append(r.q.Choices, choice)
	}
	r.q.Type = questionbank.MultipleAnswer
	single := r.n.value("single")
	if isTrue(single) || single == "" && full == 1 && parts == 0 && r.n.attrs["type"] != "multichoiceset" {
		r.q.Type = questionbank.MultipleChoice
	}
	best := 0.999
	if r.q.Type == questionbank.MultipleAnswer {
		best = math.SmallestNonzeroFloat64
	} else if full == 0 && parts > 0 {
		best = bestWeight(r.q.Choices)
		r.doc.Warn(&r.q, "No option is worth the full mark; the one worth most counts as correct.")
	}
	for i := range r.q.Choices {
		r.q.Choices[i].Correct = r.q.Choices[i].Weight >= best
	}
	return ""
}

func bestWeight(choices []questionbank.Choice) float64 {
	best := 0.0
	for _, c := range choices {
		best = max(best, c.Weight)
	}
	return best
}

func (r *reader) truefalse() string {
	r.q.Type = questionbank.TrueFalse
	for i, a := range r.n.all("answer") {
		r.loseFeedback(a)
		if r.weight(a) <= 0 {
			continue
		}
		truth, known := questionbank.TruthWord(questionbank.PlainText(a.text()))
		if !known {
			truth = i == 0
		}
		r.q.Truth = &truth
	}
	return ""
}

func (r *reader) loseFeedback(answer *node) {
	if questionbank.PlainText(answer.value("feedback")) != "" {
		r.lose("feedback to single answers in this type of question; it was left out")
	}
}

func (r *reader) shortanswer() string {
	r.q.Type = questionbank.FillBlanks
	gap := questionbank.Blank{CaseSensitive: isTrue(r.n.value("usecase"))}
	for _, a := range r.n.all("answer") {
		text := questionbank.CollapseSpace(a.text())
		if text == "" {
			continue
		}
		r.loseFeedback(a)
		taken := gap.AddAnswer(text, r.weight(a))
		if !taken && text != "*" {
			r.lose("answers worth nothing; any answer not listed counts as wrong")
		}
		if taken && strings.Contains(text, "*") {
			r.doc.Warn(&r.q, "The asterisk in the answer %q stands for any text in Moodle; here it is taken literally.", questionbank.Snippet(text))
		}
	}
	r.q.Gaps = []questionbank.Blank{gap}
	return ""
}

func (r *reader) numerical() string {
	r.q.Type = questionbank.FillBlanks
	var numbers []questionbank.NumericAnswer
	for _, a := range r.n.all("answer") {
		r.loseFeedback(a)
		text := questionbank.CollapseSpace(a.text())
		if text == "" || text == "*" {
			continue
		}
		n, ok := questionbank.ParseNumber(text)
		if !ok {
			return "“" + questionbank.Snippet(text) + "” is not a number, so the numerical question was left out."
		}
		tolerance, ok := questionbank.ParseNumber(a.value("tolerance"))
		if given := a.value("tolerance"); !ok && given != "" {
			r.doc.Warn(&r.q, "The tolerance %q is not a number; it counts as 0.", questionbank.Snippet(given))
		}
		tolerance = math.Abs(tolerance)
		numbers = append(numbers, questionbank.NumericAnswer{Value: text, Low: n - tolerance, High: n + tolerance, Weight: r.weight(a)})
	}
	gap, exact := questionbank.NumericBlank(numbers)
	r.q.Gaps = []questionbank.Blank{gap}
	if !exact {
		r.inexact()
	}
	if units := r.n.child("units"); units != nil && len(units.all("unit")) > 0 {
		r.lose("units of a numerical answer; they were left out")
	}
	return ""
}

func (r *reader) inexact() {
	r.doc.Warn(&r.q, "A numerical answer with a tolerance became a gap that accepts only the numbers listed; "+
		"add further ones if they should count.")
}

func (r *reader) matching() string {
	r.q.Type = questionbank.Match
	for _, sub := range r.n.all("subquestion") {
		left := r.answer(sub)
		right := r.right(sub.child("answer"))
		switch {
		case right == "" && left == "":
		case right == "":
			r.doc.Warn(&r.q, "The entry %q has no answer and was left out.", questionbank.Snippet(questionbank.PlainText(left)))
		case left == "":
			r.q.Decoys = append(r.q.Decoys, right)
		default:
			r.q.Pairs = append(r.q.Pairs, questionbank.Pair{Left: left, Right: right})
		}
	}
	return ""
}

// Right sides are plain text unless the element names a format.
func (r *reader) right(n *node) string {
	if n == nil {
		return ""
	}
	if n.attrs["format"] != "" {
		return r.answer(n)
	}
	return questionbank.EscapeText(n.text())
}

func (r *reader) essay() string {
	r.q.Type = questionbank.Essay
	r.q.Guidance = r.rich(r.n.child("graderinfo"))
	if template := r.rich(r.n.child("responsetemplate")); template != "" {
		r.q.Guidance = strings.TrimPrefix(r.q.Guidance+"<hr>"+template, "<hr>")
		r.doc.Warn(&r.q, "The text given to begin the response with was put into the guidance for marking.")
	}
	for _, limit := range []struct{ element, what string }{
		{"minwordlimit", "a least number of words; say it in the prompt"},
		{"maxwordlimit", "a greatest number of words; say it in the prompt"},
		{"attachments", "files handed in with the response"},
	} {
		if n, ok := questionbank.ParseNumber(r.n.value(limit.element)); ok && n != 0 {
			r.lose(limit.what)
		}
	}
	return ""
}
