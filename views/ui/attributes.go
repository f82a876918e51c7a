package ui

import (
	"maps"

	"github.com/a-h/templ"
)

// attributes joins what a caller adds with names and values of the component, leaving out the empty ones.
// The component's own win, so that a caller cannot take away an id or a label by accident.
func attributes(extra templ.Attributes, pairs ...string) templ.Attributes {
	joined := maps.Clone(extra)
	if joined == nil {
		joined = templ.Attributes{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			joined[pairs[i]] = pairs[i+1]
		}
	}
	return joined
}

// Opens makes a button or link open the dialog or drawer with this id. On a link the page behind it serves those without script.
func Opens(id string) templ.Attributes {
	return templ.Attributes{"data-do": "open", "data-target": id, "aria-haspopup": "dialog"}
}

// Closes makes a button close the dialog or drawer with this id.
func Closes(id string) templ.Attributes {
	return templ.Attributes{"data-do": "close", "data-target": id}
}

// when returns the value if the condition holds, else nothing.
func when(condition bool, value string) string {
	if condition {
		return value
	}
	return ""
}
