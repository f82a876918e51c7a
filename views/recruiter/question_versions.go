package recruiter

import (
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// QuestionVersions is what a question was before, and where it is used.
type QuestionVersions struct {
	layout.Page
	Tabs     []ui.Tab
	Type     string
	Versions []QuestionVersion // newest first
	Uses     []QuestionUse
}

// QuestionVersion is the question as it stood.
type QuestionVersion struct {
	Number   int
	Current  bool
	When, By string
	Changes  []string // against the version before
	Answers  int      // papers that hold this version
	Preview  QuestionPreview
}

// QuestionUse is an assessment that asks the question.
type QuestionUse struct {
	AssessmentID           int64
	Title, Section, Status string
}
