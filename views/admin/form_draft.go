package admin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// FormDraft is a form as it stands in the builder, whether it could be saved so or not.
type FormDraft struct {
	ID          int64
	Name        string
	Type        models.FormType
	From, Until string // days
	IsEditable  bool
	Parts       []PartDraft
}

// PartDraft is a part of the form. Key tells it from the others on the page.
type PartDraft struct {
	Key, Name string
	ID        int
	Fields    []FieldDraft
}

// FieldDraft is a field as typed. ID is what other fields and stored values know it by.
type FieldDraft struct {
	Key, ID, Name, Type, Label, Hint, Autocomplete string
	Options                                        string // one a line
	List, DependsOn                                string
	Required                                       bool
}

// DraftOf is a form as it is stored, its days in a zone.
func DraftOf(form models.Form, zone *time.Location) FormDraft {
	d := FormDraft{ID: form.ID, Name: form.Name, Type: form.Type, IsEditable: form.IsEditable}
	if form.StartDate != nil {
		d.From = form.StartDate.In(zone).Format(time.DateOnly)
	}
	if form.EndDate != nil {
		d.Until = form.EndDate.Add(-time.Second).In(zone).Format(time.DateOnly)
	}
	key := 0
	next := func() string { key++; return strconv.Itoa(key) }
	for _, part := range form.Structure {
		p := PartDraft{Key: next(), ID: part.ID, Name: part.Name}
		for _, f := range part.InOrder() {
			field := FieldDraft{Key: next(), ID: f.ID, Name: f.Name, Type: f.Type, Label: f.Label, Hint: f.Hint, Autocomplete: f.Autocomplete,
				Options: strings.Join(f.Options, "\n"), DependsOn: f.DependsOn, Required: f.Required}
			if f.ListID != 0 {
				field.List = number(f.ListID)
			}
			p.Fields = append(p.Fields, field)
		}
		d.Parts = append(d.Parts, p)
	}
	return d
}

// Structure is what would be stored.
func (d FormDraft) Structure() []models.FormPart {
	parts := make([]models.FormPart, len(d.Parts))
	for i, p := range d.Parts {
		parts[i] = models.FormPart{ID: p.ID, Name: strings.TrimSpace(p.Name), Fields: map[string]models.FormField{}}
		for n, f := range p.Fields {
			parts[i].Fields[strconv.Itoa(n+1)] = f.stored()
		}
	}
	return parts
}

// stored leaves out what the field's type has no use for.
func (f FieldDraft) stored() models.FormField {
	field := models.FormField{ID: f.ID, Name: f.Name, Type: f.Type, Label: strings.TrimSpace(f.Label), Hint: strings.TrimSpace(f.Hint),
		Autocomplete: f.Autocomplete, Required: f.Required}
	switch f.Type {
	case "select", "radio", "checkbox":
		field.ListID, _ = strconv.ParseInt(f.List, 10, 64) // no number is no list
		if field.ListID == 0 {
			field.Options = linesOf(f.Options)
		}
	}
	if f.Type == "select" && field.ListID != 0 {
		field.DependsOn = f.DependsOn
	}
	return field
}

// Do performs what a button of the builder asks for: "add-part", or a verb and a key as in "up:3".
func (d *FormDraft) Do(what string) {
	verb, key, _ := strings.Cut(what, ":")
	part, field := d.find(key)
	switch verb {
	case "add-part":
		d.AddPart()
	case "add-field":
		if part >= 0 {
			d.addField(part)
		}
	case "remove-part":
		if part >= 0 {
			d.Parts = slices.Delete(d.Parts, part, part+1)
		}
	case "part-up", "part-down":
		to := part + map[string]int{"part-up": -1, "part-down": 1}[verb]
		if part >= 0 && to >= 0 && to < len(d.Parts) {
			d.Parts[part], d.Parts[to] = d.Parts[to], d.Parts[part]
		}
	case "remove":
		if field >= 0 {
			d.Parts[part].Fields = slices.Delete(d.Parts[part].Fields, field, field+1)
		}
	case "up", "down":
		if field >= 0 {
			d.move(part, field, map[string]int{"up": -1, "down": 1}[verb])
		}
	}
}

// find returns the places of the part and the field with a key; -1 where there is none.
func (d *FormDraft) find(key string) (part, field int) {
	for p := range d.Parts {
		if d.Parts[p].Key == key {
			return p, -1
		}
		for f := range d.Parts[p].Fields {
			if d.Parts[p].Fields[f].Key == key {
				return p, f
			}
		}
	}
	return -1, -1
}

// move takes a field one place further, over the border of its part too.
func (d *FormDraft) move(part, field, by int) {
	moved := d.Parts[part].Fields[field]
	to := field + by
	if to >= 0 && to < len(d.Parts[part].Fields) {
		d.Parts[part].Fields[field], d.Parts[part].Fields[to] = d.Parts[part].Fields[to], moved
		return
	}
	next := part + by
	if next < 0 || next >= len(d.Parts) {
		return
	}
	d.Parts[part].Fields = slices.Delete(d.Parts[part].Fields, field, field+1)
	at := 0
	if by < 0 {
		at = len(d.Parts[next].Fields)
	}
	d.Parts[next].Fields = slices.Insert(d.Parts[next].Fields, at, moved)
}

// AddPart puts a part with one field at the end.
func (d *FormDraft) AddPart() {
	d.Parts = append(d.Parts, PartDraft{Key: d.freeKey()})
	d.addField(len(d.Parts) - 1)
}

func (d *FormDraft) addField(part int) {
	id := ""
	for n := 1; id == "" || d.hasField(id); n++ {
		id = fmt.Sprintf("field_%d", n)
	}
	d.Parts[part].Fields = append(d.Parts[part].Fields, FieldDraft{Key: d.freeKey(), ID: id, Type: "text"})
}

func (d *FormDraft) hasField(id string) bool {
	return slices.ContainsFunc(d.Parts, func(p PartDraft) bool {
		return slices.ContainsFunc(p.Fields, func(f FieldDraft) bool { return f.ID == id })
	})
}

func (d *FormDraft) freeKey() string {
	highest := 0
	note := func(key string) {
		if n, err := strconv.Atoi(key); err == nil {
			highest = max(highest, n)
		}
	}
	for _, p := range d.Parts {
		note(p.Key)
		for _, f := range p.Fields {
			note(f.Key)
		}
	}
	return strconv.Itoa(highest + 1)
}

// before are the drop-downs that a field can depend on: those above it.
func (d FormDraft) before(key string) []ui.Option {
	var options []ui.Option
	for _, p := range d.Parts {
		for _, f := range p.Fields {
			if f.Key == key {
				return options
			}
			if f.Type == "select" {
				options = append(options, ui.Option{Value: f.ID, Label: f.title()})
			}
		}
	}
	return options
}
