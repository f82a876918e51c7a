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
	{"event-candidate-invite", number(21), "Invites candidates, described in the request, to an event.", func() Action { return &EventCandidateInvite{} }},
	{"event-candidate-notify", number(22), "Reminds the candidates invited to or registered for an event.", func() Action { return &EventCandidateNotify{} }},
	{"event-panel-notify", number(24), "Writes to an event's panel about what they have to evaluate.", func() Action { return &EventPanelNotify{} }},
	{"extend-date", number(5), "Moves the last day to take the assessment.", func() Action { return &ExtendDate{} }},
	{"invite", number(1), "Invites candidates to an assessment.", func() Action { return &Invite{} }},
	{"live-cancel", number(9), "Calls a live session off.", func() Action { return &LiveCancel{} }},
	{"live-change-panel", number(11), "Replaces the panel of a live session.", func() Action { return &LiveChangePanel{} }},
	{"live-reminder", number(12), "Reminds everybody who takes part in live sessions.", func() Action { return &LiveReminder{} }},
	{"live-reschedule", number(10), "Moves a live session to another time.", func() Action { return &LiveReschedule{} }},
	{"live-schedule", number(8), "Makes an appointment of a candidate with a panel.", func() Action { return &LiveSchedule{} }},
	{"re-invite", number(13), "Invites candidates again, to the whole assessment or one section.", func() Action { return &ReInvite{} }},
	{"remind-candidate", number(4), "Reminds candidates of their assessment.", func() Action { return &RemindCandidate{} }},
	{"remind-panel", number(3), "Reminds panelists of what they still have to evaluate.", func() Action { return &RemindPanel{} }},
	{"section-workflow", nil, "Puts a section into a draft between two others, or takes one out.", func() Action { return &SectionWorkflow{} }},
	{"simulation-cancel", number(16), "Calls a simulation off.", func() Action { return &SimulationCancel{} }},
	{"simulation-reminder", number(18), "Reminds candidate and panel of a simulation.", func() Action { return &SimulationReminder{} }},
	{"simulation-reschedule", number(17), "Moves a simulation to another time.", func() Action { return &SimulationReschedule{} }},
	{"simulation-schedule", number(15), "Makes an appointment of a candidate for a simulation.", func() Action { return &SimulationSchedule{} }},
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
