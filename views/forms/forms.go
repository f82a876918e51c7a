// Package forms shows the fields of a form, to be filled in: the same to candidates, to panelists and as a preview to who
// makes the form. A page with dependent drop-downs loads js/narrow.js; without it each shows all its choices, grouped by
// what they depend on.
package forms

import (
	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// Sheet is a form as it is filled in.
type Sheet struct {
	Fields   []models.AskedField
	Prefix   string              // of the names of controls; the field's id follows
	Files    string              // the same for files
	Values   map[string][]string // by field id
	Kept     map[string]ui.Entry // files that are there already, by field id
	Refused  map[string]string   // by field id
	Disabled bool
	Large    bool   // for candidates
	Choose   string // words of the empty choice; "Choose" unless given
}

// Control is the form control of a field, for links that lead to it.
func (s Sheet) Control(f models.AskedField) ui.Field {
	name := s.Prefix + f.ID
	if f.Type == "file" {
		name = s.Files + f.ID
	}
	return ui.Field{Name: name, Label: f.Label, Hint: f.Hint, Error: s.Refused[f.ID], Optional: !f.Required}
}

// Troubles are the fields to correct, in the order of the form.
func (s Sheet) Troubles() []ui.Field {
	var found []ui.Field
	for _, f := range s.Fields {
		if s.Refused[f.ID] != "" {
			found = append(found, s.Control(f))
		}
	}
	return found
}

func (s Sheet) choose() string {
	if s.Choose == "" {
		return "Choose"
	}
	return s.Choose
}

func (s Sheet) value(f models.AskedField) string {
	if v := s.Values[f.ID]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (s Sheet) options(f models.AskedField) []ui.Option {
	options := make([]ui.Option, len(f.Choices))
	for i, c := range f.Choices {
		options[i] = ui.Option{Value: c.Value, Label: c.Value, Group: c.Under, Disabled: s.Disabled && f.Type != "select"}
	}
	return options
}

// narrowed ties a drop-down to the one that it depends on.
func (s Sheet) narrowed(f models.AskedField) templ.Attributes {
	if f.DependsOn == "" {
		return nil
	}
	return templ.Attributes{"data-depends-on": ui.Field{Name: s.Prefix + f.DependsOn}.ControlID()}
}

func (s Sheet) input(f models.AskedField) ui.InputProps {
	p := ui.InputProps{Field: s.Control(f), Type: f.Type, Value: s.value(f), Autocomplete: f.Autocomplete, Large: s.Large, Disabled: s.Disabled}
	switch f.Type {
	case "number":
		p.Step = "any"
	case "email", "tel", "url":
		p.Dir = "ltr"
	case "date":
	default:
		p.Type = "text"
	}
	return p
}

// single is a checkbox that is a whole field: yes or nothing.
func single(f models.AskedField) bool { return f.Type == "checkbox" && len(f.Choices) == 0 }

// Yes is what a checkbox without choices stands for.
const Yes = "Yes"
