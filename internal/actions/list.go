package actions

import "reflect"

// Public is an action that leaves a row and is offered to integrations under its name.
type Public struct {
	Name string
	Type *int // documented action number; nil where the document gives none
	New  func() Action
}

// List is the recorded actions, in alphabetical order of their names.
var List = []Public{
	{"create-assessment", number(14), func() Action { return &CreateAssessment{} }},
	{"extend-date", number(5), func() Action { return &ExtendDate{} }},
	{"invite", number(1), func() Action { return &Invite{} }},
	{"re-invite", number(13), func() Action { return &ReInvite{} }},
	{"remind-candidate", number(4), func() Action { return &RemindCandidate{} }},
}

func number(n int) *int { return &n }

// publicOf returns the line of the list an action belongs to.
func publicOf(a Action) (Public, bool) {
	for _, p := range List {
		if reflect.TypeOf(p.New()) == reflect.TypeOf(a) {
			return p, true
		}
	}
	return Public{}, false
}
