package panelist

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/answers"
	"github.com/assay-hire/assay/views/forms"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Queue is the page of what waits for a panelist.
type Queue struct {
	layout.Page
	Ready, Done []Task
	Unfinished  int // assigned, but the candidate has not finished
}

// Task is one attempt to evaluate.
type Task struct {
	Name, Assessment, Section, Due, Href string
	Answers                              int
	IsLate, HasDraft                     bool
}

// Evaluation is the workspace: a candidate's answers beside the form.
type Evaluation struct {
	layout.FocusPage
	ID                        int64
	Name, Assessment, Section string
	Answers                   []answers.Answer
	Criteria                  []Criterion
	Form                      forms.Sheet       // the evaluation form, filled in by Sheet
	Told                      []Told            // what the candidate filled in before the section
	Values                    map[string]string // by form field name
	Revision                  int64
	IsReady, IsSubmitted      bool
	Others                    []Other
	Hidden                    int
	Refused                   fault.Fields
}

// Told is a form that the candidate filled in before the section, with the labels that it had then.
type Told struct {
	Name    string
	Entries []ui.Entry
}

// Criterion is a parameter to rate.
type Criterion struct {
	ID                  int64
	Name, Recommended   string
	IsText, IsMandatory bool
	Max                 int
}

// Other is somebody else's evaluation of the same answers.
type Other struct {
	By, Comment, When string
	Recommendation    models.Recommendation
}

// Fill puts back what was typed into a form that was refused.
func (e *Evaluation) Fill(form url.Values) {
	for name, values := range form {
		e.Values[name] = strings.Join(values, models.ChoiceJoint)
	}
}

// Keys are the keys of the workspace.
func Keys() []layout.KeyHelp {
	return []layout.KeyHelp{
		{Keys: "1 – 5", Does: "rate the parameter in focus, else the next one"}, {Keys: "S H R", Does: "recommend select, hold, reject"},
		{Keys: "C", Does: "write the comment"}, {Keys: "Ctrl ↵", Does: "submit and open the next"},
		{Keys: "← →", Does: "the one before and the next in your queue"},
	}
}

func (q Queue) lead() string {
	switch n := len(q.Ready); {
	case n == 0:
		return "Nothing waits for you."
	case n == 1:
		return "One candidate waits for your evaluation."
	default:
		return ui.Number(n) + " candidates wait for your evaluation."
	}
}

func (t Task) sub() string {
	text := t.Section + " · " + t.Assessment
	switch t.Answers {
	case 0:
	case 1:
		text += " · 1 answer"
	default:
		text += fmt.Sprintf(" · %d answers", t.Answers)
	}
	return text
}

func (e Evaluation) path() string { return fmt.Sprintf("/evaluations/%d", e.ID) }

var stepWords = [5]string{"Weak", "Thin", "Sound", "Strong", "Outstanding"}

func (c Criterion) field() string {
	if c.IsText {
		return fmt.Sprintf("text-%d", c.ID)
	}
	return fmt.Sprintf("rating-%d", c.ID)
}

// Refuse marks what was refused, and what else is missing to submit: all of it at once.
func (e *Evaluation) Refuse(fields fault.Fields) {
	e.Refused = fields
	for _, c := range e.Criteria {
		name := fmt.Sprintf("rating.%d", c.ID)
		if c.IsMandatory && e.Values[c.field()] == "" && fields[name] == "" {
			fields[name] = fmt.Sprintf("Rate %s before you submit.", c.Name)
		}
	}
}

func (c Criterion) error(refused fault.Fields) string { return refused[fmt.Sprintf("rating.%d", c.ID)] }

func (c Criterion) hint() string {
	if c.Recommended == "" {
		return ""
	}
	return "Expected: " + c.Recommended
}

func (e Evaluation) rating(c Criterion) ui.RatingProps {
	value, _ := strconv.Atoi(e.Values[c.field()])
	return ui.RatingProps{Name: c.field(), Label: c.Name, Optional: !c.IsMandatory, Description: c.hint(), Value: value, Words: stepWords, Error: c.error(e.Refused), Disabled: e.IsSubmitted}
}

func (e Evaluation) rated() int {
	n := 0
	for _, c := range e.Criteria {
		if e.Values[c.field()] != "" {
			n++
		}
	}
	return n
}

func (e Evaluation) progress() string {
	if len(e.Criteria) == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d rated", e.rated(), len(e.Criteria))
}

func (e Evaluation) savedText() string {
	switch {
	case e.IsSubmitted:
		return "Submitted"
	case e.Revision > 0:
		return "Draft saved"
	}
	return "Saved as you go"
}

// verdictOptions are the three recommendations.
func (e Evaluation) submitWords() string {
	if e.NextHref != "" {
		return "Submit and open the next"
	}
	return "Submit"
}

// troubles are the refused fields as links to them.
func (e Evaluation) troubles() []ui.Field {
	fields := e.sheet().Troubles()
	for name, text := range e.Refused {
		if strings.HasPrefix(name, "formData.") {
			continue
		}
		id := "scorecard"
		if name == "recommendation" {
			id = "recommendation"
		}
		fields = append(fields, ui.Field{ID: id, Error: text})
	}
	return fields
}

// sheet is the evaluation form with what stands in it.
func (e Evaluation) sheet() forms.Sheet {
	sheet := e.Form
	sheet.Prefix, sheet.Files, sheet.Disabled, sheet.Values, sheet.Refused = "form-", "file-", e.IsSubmitted, map[string][]string{}, map[string]string{}
	for _, f := range sheet.Fields {
		if text := e.Values["form-"+f.ID]; text != "" {
			sheet.Values[f.ID] = f.Chosen(text)
		}
		sheet.Refused[f.ID] = e.Refused["formData."+f.ID]
	}
	return sheet
}
