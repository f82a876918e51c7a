package models

// FeatureSwitch is one of the documented switches that an organization can turn off.
type FeatureSwitch struct {
	Name  string // on the wire
	Label string
	Does  string // what is gone while it is off
}

// FeatureSwitches lists the switches that change something here, in the order in which they are shown. Others of the
// documented ones are kept as they are sent.
var FeatureSwitches = []FeatureSwitch{
	{"isObjective", "Objective sections", "Multiple choice and its relatives in new assessments"},
	{"isEssay", "Essay sections", "Answers in writing in new assessments"},
	{"isCode", "Coding sections", "Programs that run against tests in new assessments"},
	{"isTyping", "Typing sections", "Typing tests in new assessments"},
	{"isInterview", "Recorded interviews", "Questions answered on video in new assessments"},
	{"isLive", "Live interviews", "Conversations by video in new assessments"},
	{"isSimulation", "Simulations", "Simulated tasks in new assessments"},
	{"isEvaluation", "Evaluation by panels", "Assigning panelists and giving evaluations"},
	{"hasAssessmentCreate", "Creating assessments", "New assessments; the ones there are go on"},
	{"isMobileAssessment", "Attending on a phone", "Sections that are sat on a phone"},
	{"isPublicAttachment", "Public attachments", "Links to files for people without an account"},
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
