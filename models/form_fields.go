package models

import (
	"slices"
	"strconv"
	"strings"
)

// FormChoice is one value that a field offers.
type FormChoice struct {
	Value string
	Under string // the choice in the field that this one depends on; "" when it depends on none
}

// AskedField is a field as it is put to whoever fills the form in.
type AskedField struct {
	FormField
	Part    string // name of the part, at its first field
	Choices []FormChoice
}

// Offers are the values that may be chosen once under was chosen in the field that this one depends on.
func (f AskedField) Offers(under string) []string {
	var values []string
	for _, c := range f.Choices {
		if f.DependsOn == "" || c.Under == under {
			values = append(values, c.Value)
		}
	}
	return values
}

// Chosen takes a stored value apart into the choices that it was put together from.
func (f AskedField) Chosen(stored string) []string {
	if f.Type != "checkbox" || len(f.Choices) == 0 {
		return []string{stored}
	}
	var found []string
	for rest := stored; rest != ""; {
		longest := ""
		for _, c := range f.Choices {
			if len(c.Value) > len(longest) && (rest == c.Value || strings.HasPrefix(rest, c.Value+ChoiceJoint)) {
				longest = c.Value
			}
		}
		if longest == "" {
			return append(found, rest)
		}
		found = append(found, longest)
		rest = strings.TrimPrefix(rest[len(longest):], ChoiceJoint)
	}
	return found
}

// ChoiceJoint stands between the choices of one field in what is stored.
const ChoiceJoint = ", "

// InOrder returns the fields of a part in the order in which they are asked.
func (p FormPart) InOrder() []FormField {
	fields := make([]FormField, 0, len(p.Fields))
	for n := 1; n <= len(p.Fields); n++ {
		if field, ok := p.Fields[strconv.Itoa(n)]; ok {
			fields = append(fields, field)
		}
	}
	return fields
}

// Lists are the drop-down lists that the form takes options from.
func (f Form) Lists() []int64 {
	var ids []int64
	for _, part := range f.Structure {
		for _, field := range part.Fields {
			if field.ListID != 0 && !slices.Contains(ids, field.ListID) {
				ids = append(ids, field.ListID)
			}
		}
	}
	return ids
}

// Ask returns the form's fields in order with what each offers. Options are those of the form's Lists, in order, with
// ParentValue filled in where an option has a parent.
func (f Form) Ask(options []SelectFieldData) []AskedField {
	var asked []AskedField
	offered := map[string][]FormChoice{}
	for _, part := range f.Structure {
		for i, field := range part.InOrder() {
			a := AskedField{FormField: field}
			if i == 0 {
				a.Part = part.Name
			}
			switch {
			case field.ListID == 0:
				for _, o := range field.Options {
					a.Choices = append(a.Choices, FormChoice{Value: o})
				}
			case field.DependsOn == "":
				a.Choices = rootChoices(options, field.ListID)
			default:
				a.Choices = choicesUnder(options, field.ListID, offered[field.DependsOn])
			}
			offered[field.ID] = a.Choices
			asked = append(asked, a)
		}
	}
	return asked
}

// rootChoices are a list's options that stand under no other option of it.
func rootChoices(options []SelectFieldData, list int64) []FormChoice {
	own := map[string]bool{}
	for _, o := range options {
		if o.SelectFieldTypeID == list {
			own[o.Value] = true
		}
	}
	var choices []FormChoice
	for _, o := range options {
		if o.SelectFieldTypeID == list && (o.ParentValue == nil || !own[*o.ParentValue]) {
			choices = append(choices, FormChoice{Value: o.Value})
		}
	}
	return choices
}

func choicesUnder(options []SelectFieldData, list int64, parents []FormChoice) []FormChoice {
	var choices []FormChoice
	for _, o := range options {
		if o.SelectFieldTypeID == list && o.ParentValue != nil &&
			slices.ContainsFunc(parents, func(p FormChoice) bool { return p.Value == *o.ParentValue }) {
			choices = append(choices, FormChoice{Value: o.Value, Under: *o.ParentValue})
		}
	}
	slices.SortStableFunc(choices, func(a, b FormChoice) int { return placeOf(parents, a.Under) - placeOf(parents, b.Under) })
	return choices
}

func placeOf(choices []FormChoice, value string) int {
	return slices.IndexFunc(choices, func(c FormChoice) bool { return c.Value == value })
}
