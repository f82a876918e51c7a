package actions

import "reflect"

// Public is an action that leaves a row and is offered to integrations under its name.
type Public struct {
	Name  string
	Type  *int   // documented action number; nil where the document gives none
	About string // a sentence for readers of the API's documentation
	New   func() Action
}

// List is the recorded actions, in alphabetical order of their names.
var List = []Public{
	{"add-panel", number(7), "Assigns a panel to candidates of an assessment section.", func() Action { return &AddPanel{} }},
	{"change-status", nil, "Sets the status of candidates: select, hold, reject, suspend, archive.", func() Action { return &ChangeStatus{} }},
	{"correct-key", nil, "Corrects the key of a question and scores again what was answered.", func() Action { return &CorrectKey{} }},
	{"create-assessment", number(14), "Creates an assessment with its sections and questions in one call.", func() Action { return &CreateAssessment{} }},
	{"evaluate", number(19), "Records the evaluation of one candidate's attempt at a section.", func() Action { return &Evaluate{} }},
	{"extend-date", number(5), "Moves the last day to take the assessment.", func() Action { return &ExtendDate{} }},
	{"invite", number(1), "Invites candidates to an assessment.", func() Action { return &Invite{} }},
	{"re-invite", number(13), "Invites candidates again, to the whole assessment or one section.", func() Action { return &ReInvite{} }},
	{"remind-candidate", number(4), "Reminds candidates of their assessment.", func() Action { return &RemindCandidate{} }},
	{"remind-panel", number(3), "Reminds panelists of what they still have to evaluate.", func() Action { return &RemindPanel{} }},
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
