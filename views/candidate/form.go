package candidate

import (
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// Form is the form that a section asks for before it starts.
type Form struct {
	Page
	AttemptID int64
	Name      string
	Fields    []models.FormField
	Values    map[string][]string
	Refused   fault.Fields
}

func (p Form) action() string { return fmt.Sprintf("/attend/sections/%d/form", p.AttemptID) }

func (p Form) field(f models.FormField) ui.Field {
	return ui.Field{Name: "field-" + f.ID, Label: f.Label, Hint: f.Hint, Error: p.Refused[f.ID], Optional: !f.Required, Required: f.Required}
}

func (p Form) value(f models.FormField) string {
	if v := p.Values[f.ID]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (p Form) options(f models.FormField) []ui.Option {
	options := make([]ui.Option, len(f.Options))
	for i, o := range f.Options {
		options[i] = ui.Option{Value: o, Label: o}
	}
	return options
}

// refusedFields are the fields to correct, in the order of the form.
func (p Form) refusedFields() []ui.Field {
	var found []ui.Field
	for _, f := range p.Fields {
		if p.Refused[f.ID] != "" {
			found = append(found, p.field(f))
		}
	}
	return found
}
