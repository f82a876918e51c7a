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
	{"add-panel", number(7), func() Action { return &AddPanel{} }},
	{"change-status", nil, func() Action { return &ChangeStatus{} }},
	{"correct-key", nil, func() Action { return &CorrectKey{} }},
	{"create-assessment", number(14), func() Action { return &CreateAssessment{} }},
	{"evaluate", number(19), func() Action { return &Evaluate{} }},
	{"extend-date", number(5), func() Action { return &ExtendDate{} }},
	{"invite", number(1), func() Action { return &Invite{} }},
	{"re-invite", number(13), func() Action { return &ReInvite{} }},
	{"remind-candidate", number(4), func() Action { return &RemindCandidate{} }},
	{"remind-panel", number(3), func() Action { return &RemindPanel{} }},
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
