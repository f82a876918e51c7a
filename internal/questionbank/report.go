package questionbank

import (
	"encoding/json"
	"fmt"
	"io"
)

// Report is what the command line says about question files, as JSON.
type Report struct {
	Files []FileReport `json:"files"`
}

// FileReport is one file of a Report. Questions is empty when the file is refused.
type FileReport struct {
	File      string           `json:"file"`
	Format    string           `json:"format"`
	Questions []QuestionReport `json:"questions"`
	Problems  []ProblemReport  `json:"problems"`
	Refused   bool             `json:"-"`
}

// QuestionReport is a question in plain text. Correct is, by type: the right choice's text, or a list of them; true or
// false; the accepted texts, one list per gap where there are several gaps; [left, right] pairs; null for an essay and
// wherever the file declares no key.
type QuestionReport struct {
	Type    Type     `json:"type"`
	Prompt  string   `json:"prompt"`
	Choices []string `json:"choices"`
	Correct any      `json:"correct"`
	Skills  []string `json:"skills"`
}

// ProblemReport is a Problem as JSON.
type ProblemReport struct {
	Line     int      `json:"line"`
	Question string   `json:"question"`
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
}

// Refused tells whether any file of the report was refused.
func (r Report) Refused() bool {
	for _, f := range r.Files {
		if f.Refused {
			return true
		}
	}
	return false
}

// Write writes the report as indented JSON.
func (r Report) Write(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(r); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// NewFileReport describes a document.
func NewFileReport(d Document) FileReport {
	report := FileReport{
		File: d.File, Format: d.Format, Refused: d.Refused(),
		Questions: make([]QuestionReport, 0, len(d.Questions)),
		Problems:  make([]ProblemReport, 0, len(d.Problems)),
	}
	for _, q := range d.Questions {
		report.Questions = append(report.Questions, newQuestionReport(q))
	}
	for _, p := range d.Problems {
		report.Problems = append(report.Problems, ProblemReport(p))
	}
	return report
}

func newQuestionReport(q Question) QuestionReport {
	report := QuestionReport{
		Type: q.Type, Prompt: PlainText(q.Prompt), Choices: []string{}, Correct: correct(q), Skills: []string{},
	}
	for _, c := range q.Choices {
		report.Choices = append(report.Choices, AnswerText(c.Text))
	}
	report.Skills = append(report.Skills, q.Skills...)
	return report
}

// AnswerText returns an option or a side of a pair as plain text, [image: source] when it shows only a picture.
func AnswerText(markup string) string {
	text := PlainText(markup)
	if source := FirstImage(markup); text == "" && source != "" {
		return "[image: " + source + "]"
	}
	return text
}

func correct(q Question) any {
	switch q.Type {
	case MultipleChoice:
		if list := correctTexts(q.Choices); len(list) == 1 {
			return list[0]
		} else if len(list) > 1 {
			return list
		}
	case MultipleAnswer:
		if list := correctTexts(q.Choices); len(list) > 0 {
			return list
		}
	case TrueFalse:
		if q.Truth != nil {
			return *q.Truth
		}
	case FillBlanks:
		return acceptedTexts(q.Gaps)
	case Match:
		pairs := [][2]string{}
		for _, p := range q.Pairs {
			pairs = append(pairs, [2]string{AnswerText(p.Left), AnswerText(p.Right)})
		}
		return pairs
	}
	return nil
}

func correctTexts(choices []Choice) []string {
	var list []string
	for _, c := range choices {
		if c.Correct {
			list = append(list, AnswerText(c.Text))
		}
	}
	return list
}

func acceptedTexts(gaps []Blank) any {
	lists := make([][]string, len(gaps))
	declared := false
	for i, gap := range gaps {
		lists[i] = []string{}
		for _, text := range gap.Accepted {
			lists[i] = append(lists[i], CollapseSpace(text))
			declared = true
		}
	}
	switch {
	case !declared:
		return nil
	case len(lists) == 1:
		return lists[0]
	}
	return lists
}
