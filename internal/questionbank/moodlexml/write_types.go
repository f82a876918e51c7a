package moodlexml

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

func (w *writer) body(q *questionbank.Question, kind string) {
	switch kind {
	case "multichoice":
		w.element("single", strconv.FormatBool(q.Type == questionbank.MultipleChoice))
		w.element("shuffleanswers", strconv.FormatBool(q.Shuffle))
		for _, c := range q.Choices {
			w.open(q, "answer", fraction(choiceWeight(q, c))+htmlFormat, c.Text)
			w.text(q, "feedback", htmlFormat, c.Feedback)
			w.raw("    </answer>\n")
		}
	case "truefalse":
		if q.Truth == nil {
			w.doc.Warn(q, "The truth of the statement is not declared; both answers were written as worth nothing.")
		}
		for _, value := range []bool{true, false} {
			right := 0.0
			if q.Truth != nil && *q.Truth == value {
				right = 1
			}
			w.text(q, "answer", fraction(right)+` format="plain_text"`, strconv.FormatBool(value))
		}
	case "shortanswer":
		w.shortanswer(q)
	case "matching":
		w.element("shuffleanswers", strconv.FormatBool(q.Shuffle))
		for _, p := range q.Pairs {
			w.subquestion(q, p.Left, p.Right)
		}
		for _, decoy := range q.Decoys {
			w.subquestion(q, "", decoy)
		}
	case "essay":
		w.text(q, "graderinfo", htmlFormat, q.Guidance)
	}
}

func choiceWeight(q *questionbank.Question, c questionbank.Choice) float64 {
	if q.Type == questionbank.MultipleChoice && c.Correct {
		return 1
	}
	return c.Weight
}

func fraction(weight float64) string {
	return ` fraction="` + strconv.FormatFloat(weight*100, 'f', 5, 64) + `"`
}

func (w *writer) shortanswer(q *questionbank.Question) {
	gap := q.Gaps[0]
	usecase := "0"
	if gap.CaseSensitive {
		usecase = "1"
	}
	w.element("usecase", usecase)
	for _, text := range gap.Accepted {
		w.text(q, "answer", fraction(1)+` format="plain_text"`, text)
	}
	for _, p := range gap.Partial {
		w.text(q, "answer", fraction(p.Weight)+` format="plain_text"`, p.Text)
	}
}

func (w *writer) subquestion(q *questionbank.Question, left, right string) {
	if strings.Contains(right, "<") {
		w.doc.Warn(q, "The format holds plain text on the right side of a pair; formatting and pictures there were left out.")
	}
	w.open(q, "subquestion", htmlFormat, left)
	w.raw("<answer><text>")
	w.escaped(questionbank.AnswerText(right))
	w.raw("</text></answer></subquestion>\n")
}

var gapRun = regexp.MustCompile(`_{5,}`)

// clozePrompt writes each gap where its mark stands; gaps without a mark follow the text.
func (w *writer) clozePrompt(q *questionbank.Question) string {
	next := 0
	prompt := gapRun.ReplaceAllStringFunc(q.Prompt, func(mark string) string {
		if next >= len(q.Gaps) {
			return mark
		}
		next++
		return clozeField(q.Gaps[next-1])
	})
	if next < len(q.Gaps) {
		w.doc.Warn(q, "The prompt marks fewer gaps than there are; the others were written after the text.")
	}
	for ; next < len(q.Gaps); next++ {
		prompt += " " + clozeField(q.Gaps[next])
	}
	return prompt
}

func clozeField(gap questionbank.Blank) string {
	kind := "SHORTANSWER"
	switch {
	case len(gap.Options) > 0:
		kind = "MULTICHOICE"
	case gap.CaseSensitive:
		kind = "SHORTANSWER_C"
	}
	var parts []string
	written := map[string]bool{}
	add := func(prefix, text string) {
		if !written[text] {
			written[text] = true
			parts = append(parts, prefix+clozeEscape(text))
		}
	}
	weights := map[string]string{}
	for _, text := range gap.Accepted {
		weights[text] = "="
	}
	for _, p := range gap.Partial {
		weights[p.Text] = "%" + strconv.FormatFloat(p.Weight*100, 'f', -1, 64) + "%"
	}
	for _, text := range gap.Options {
		add(weights[text], text)
	}
	for _, text := range gap.Accepted {
		add("=", text)
	}
	for _, p := range gap.Partial {
		add(weights[p.Text], p.Text)
	}
	return "{1:" + kind + ":" + strings.Join(parts, "~") + "}"
}
