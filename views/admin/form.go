package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/forms"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// FormFilter is what the list of forms is narrowed to, as its address says it.
type FormFilter struct {
	Query   string          `query:"q"`
	Type    models.FormType `query:"type"`
	Deleted bool            `query:"deleted"`
	Before  int64           `query:"before"` // the last form of the page before
}

// Forms is the list of forms.
type Forms struct {
	layout.Page
	Filter FormFilter
	Forms  []models.Form
	Uses   map[int64]int // sections that ask for it, by form
	Total  int
	NextID int64
	Zone   *time.Location
	Now    time.Time
}

// FormBuilder is a form as it is being made.
type FormBuilder struct {
	layout.Page
	Draft   FormDraft
	Sheet   forms.Sheet // the preview
	Lists   []models.SelectFieldType
	Zone    string
	Refused fault.Fields
}

func (f FormFilter) isEmpty() bool { return f.Query == "" && f.Type == 0 && !f.Deleted }

func (p Forms) next() string {
	if p.NextID == 0 {
		return ""
	}
	values := url.Values{"before": {number(p.NextID)}}
	if p.Filter.Query != "" {
		values.Set("q", p.Filter.Query)
	}
	if p.Filter.Type != 0 {
		values.Set("type", number(int64(p.Filter.Type)))
	}
	if p.Filter.Deleted {
		values.Set("deleted", "true")
	}
	return "/admin/forms?" + values.Encode()
}

func formHref(id int64, rest string) string { return fmt.Sprintf("/admin/forms/%d%s", id, rest) }

func (p Forms) uses(f models.Form) string {
	switch n := p.Uses[f.ID]; n {
	case 0:
		return "Not used yet"
	case 1:
		return "1 section"
	default:
		return ui.Number(n) + " sections"
	}
}

func fieldCount(f models.Form) string {
	n := 0
	for _, part := range f.Structure {
		n += len(part.Fields)
	}
	if n == 1 {
		return "1 field"
	}
	return fmt.Sprintf("%d fields", n)
}

func (p Forms) period(f models.Form) string {
	day := func(t time.Time) string { return t.In(p.Zone).Format("2 Jan 2006") }
	switch {
	case f.StartDate != nil && p.Now.Before(*f.StartDate):
		return "From " + day(*f.StartDate)
	case f.EndDate != nil && !p.Now.Before(*f.EndDate):
		return "Ended " + day(f.EndDate.Add(-time.Second))
	case f.EndDate != nil:
		return "Until " + day(f.EndDate.Add(-time.Second))
	}
	return "Always"
}

// formTypes are the types to choose from; one that was set from outside is kept among them.
func formTypes(current models.FormType) []ui.Option {
	var options []ui.Option
	types := models.FormTypes
	if current.Valid() && !slices.Contains(types, current) {
		types = append(slices.Clone(types), current)
	}
	for _, t := range types {
		options = append(options, ui.Option{Value: number(int64(t)), Label: t.Label()})
	}
	return options
}

var formTypeUses = map[models.FormType]string{
	models.AssessmentCandidateForm: "Candidates fill it in before a section starts.",
	models.EvaluationForm:          "Panelists fill it in beside their ratings.",
	models.CandidateDataForm:       "Candidates give their details before a section starts.",
	models.EventRegistrationForm:   "Candidates fill it in to register for an event.",
}

// The kinds of fields, as people call them.
var fieldTypes = []ui.Option{
	{Value: "text", Label: "One line"}, {Value: "textarea", Label: "Several lines"}, {Value: "number", Label: "Number"},
	{Value: "date", Label: "Date"}, {Value: "email", Label: "E-mail address"}, {Value: "tel", Label: "Telephone number"},
	{Value: "url", Label: "Web address"}, {Value: "select", Label: "Drop-down"}, {Value: "radio", Label: "One of several"},
	{Value: "checkbox", Label: "Any of several, or a tick"}, {Value: "file", Label: "File"},
}

func (p FormBuilder) field(name, label string) ui.Field { return field(p.Refused, name, label) }

func (p FormBuilder) action() string {
	if p.Draft.ID == 0 {
		return "/admin/forms"
	}
	return formHref(p.Draft.ID, "")
}

func (p FormBuilder) lists() []ui.Option {
	options := make([]ui.Option, len(p.Lists))
	for i, l := range p.Lists {
		options[i] = ui.Option{Value: number(l.ID), Label: l.Name}
	}
	return options
}

func (f FieldDraft) control(name, label string) ui.Field {
	return ui.Field{Name: name + "-" + f.Key, Label: label}
}

func (f FieldDraft) title() string {
	if f.Label != "" {
		return f.Label
	}
	return "the field"
}

func (p PartDraft) title(place int) string {
	if p.Name != "" {
		return p.Name
	}
	return "part " + strconv.Itoa(place+1)
}

// troubles are the refused members as links to where they are put right.
func (p FormBuilder) troubles() []ui.Field {
	var found []ui.Field
	for _, name := range []string{"name", "type", "start_date", "end_date", "structure", ""} {
		if why := p.Refused[name]; why != "" {
			f := ui.Field{Name: name, Error: why}
			if name == "structure" || name == "" {
				f.ID = "form-parts"
			}
			found = append(found, f)
		}
	}
	return found
}

func linesOf(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}
