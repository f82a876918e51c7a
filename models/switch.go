package models

// FeatureSwitch is one of the documented switches that an organization can turn off.
type FeatureSwitch struct {
	Name  string // on the wire
	Label string
	Does  string // what is gone while it is off
	// IsOffAtFirst marks what has to be turned on.
	IsOffAtFirst bool
}

// SwitchTexts is the switch that has text messages go beside mails.
const SwitchTexts = "hasSmsNotify"

// FeatureSwitches lists the switches that change something here, in the order in which they are shown. Others of the
// documented ones are kept as they are sent.
var FeatureSwitches = []FeatureSwitch{
	{Name: "isObjective", Label: "Objective sections", Does: "Multiple choice and its relatives in new assessments"},
	{Name: "isEssay", Label: "Essay sections", Does: "Answers in writing in new assessments"},
	{Name: "isCode", Label: "Coding sections", Does: "Programs that run against tests in new assessments"},
	{Name: "isTyping", Label: "Typing sections", Does: "Typing tests in new assessments"},
	{Name: "isInterview", Label: "Recorded interviews", Does: "Questions answered on video in new assessments"},
	{Name: "isLive", Label: "Live interviews", Does: "Conversations by video in new assessments"},
	{Name: "isSimulation", Label: "Simulations", Does: "Simulated tasks in new assessments"},
	{Name: "isEvaluation", Label: "Evaluation by panels", Does: "Assigning panelists and giving evaluations"},
	{Name: "hasAssessmentCreate", Label: "Creating assessments", Does: "New assessments; the ones there are go on"},
	{Name: "isMobileAssessment", Label: "Attending on a phone", Does: "Sections that are sat on a phone"},
	{Name: "isPublicAttachment", Label: "Public attachments", Does: "Links to files for people without an account"},
	{Name: SwitchTexts, Label: "Text messages", Does: "Short messages to telephones, beside invitations, reminders and appointments by mail", IsOffAtFirst: true},
}

// KnownSwitch returns the switch of that name.
func KnownSwitch(name string) (FeatureSwitch, bool) {
	for _, s := range FeatureSwitches {
		if s.Name == name {
			return s, true
		}
	}
	return FeatureSwitch{}, false
}
