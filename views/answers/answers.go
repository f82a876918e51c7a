// Package answers shows what a candidate answered, read-only, beside the question as it was asked: the same wherever
// somebody judges it.
package answers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// Answer is one answer as shown.
type Answer struct {
	ID       int64
	Number   int
	Level    int    // of the question as a heading, within the page; 2 unless set
	Question string // HTML, sanitized when it was stored
	Kind     string
	Choices  []Choice
	Pairs    []Pair
	Text     []string // paragraphs
	IsEmpty  bool
	Note     string // "142 words"
	Marks    string // "3 of 5 marks"
}

// Choice is an option, or a typed gap.
type Choice struct {
	HTML   string
	Text   string
	Chosen bool
	Right  bool
}

// Pair is what was matched with what.
type Pair struct {
	Left, Right string // HTML
	Fits        bool
}

// New returns an answer as shown in place n, from 1.
func New(n int, a models.Answer, q models.QuestionVersion) Answer {
	value, key, body := a.Value.Data(), q.Key.Data(), q.Body.Data()
	shown := Answer{ID: a.ID, Number: n, Level: 2, Question: q.Content, Kind: q.Type.Label(), IsEmpty: value.IsEmpty(), Marks: marks(a)}
	switch q.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		for _, o := range body.Choices {
			shown.Choices = append(shown.Choices, Choice{HTML: o.HTML, Chosen: slices.Contains(value.Choices, o.ID),
				Right: slices.Contains(key.Correct, o.ID)})
		}
	case models.TrueOrFalse:
		for _, truth := range []bool{true, false} {
			shown.Choices = append(shown.Choices, Choice{Text: map[bool]string{true: "True", false: "False"}[truth],
				Chosen: value.Truth != nil && *value.Truth == truth, Right: key.Truth != nil && *key.Truth == truth})
		}
	case models.FillBlanks:
		for i, text := range value.Gaps {
			right := i < len(key.Gaps) && slices.ContainsFunc(key.Gaps[i].Accepted, func(s string) bool { return strings.EqualFold(s, text) })
			shown.Choices = append(shown.Choices, Choice{Text: fmt.Sprintf("Gap %d: %s", i+1, text), Chosen: true, Right: right})
		}
	case models.MatchFollowing:
		shown.Pairs = pairs(body, key, value)
	default:
		shown.Text = paragraphs(value.Text)
		shown.Note = words(value.Text)
	}
	return shown
}

func pairs(body models.QuestionBody, key models.AnswerKey, value models.AnswerValue) []Pair {
	right := map[string]string{}
	for _, o := range body.Right {
		right[o.ID] = o.HTML
	}
	var shown []Pair
	for _, o := range body.Left {
		shown = append(shown, Pair{Left: o.HTML, Right: right[value.Pairs[o.ID]], Fits: value.Pairs[o.ID] == key.Pairs[o.ID]})
	}
	return shown
}

func paragraphs(text string) []string {
	var found []string
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			found = append(found, p)
		}
	}
	return found
}

func words(text string) string {
	switch n := len(strings.Fields(text)); n {
	case 0:
		return ""
	case 1:
		return "1 word"
	default:
		return ui.Number(n) + " words"
	}
}

func marks(a models.Answer) string {
	if a.Score == nil || a.MaxScore == nil {
		return ""
	}
	return ui.Score(*a.Score) + " of " + ui.Score(*a.MaxScore) + " marks"
}

func (c Choice) state() string {
	switch {
	case c.Chosen && c.Right:
		return "chosen, right"
	case c.Chosen:
		return "chosen, not right"
	case c.Right:
		return "right, not chosen"
	}
	return ""
}
