package models

// FieldKind is what the value of a custom field is.
type FieldKind struct {
	Name, Label string
}

// FieldKinds lists the kinds of values of custom fields.
var FieldKinds = []FieldKind{{"text", "Text"}, {"number", "Number"}, {"date", "Date"}, {"boolean", "Yes or no"}}

// KnownFieldKind tells whether a name is one of FieldKinds.
func KnownFieldKind(name string) bool {
	for _, k := range FieldKinds {
		if k.Name == name {
			return true
		}
	}
	return false
}
