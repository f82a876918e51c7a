package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// AssessmentHead is what all screens of one assessment show alike: where it stands, and the way to its other parts.
type AssessmentHead struct {
	Assessment models.Assessment
	Until      string // "4 Dec"; empty without an end

	Candidates, Sections, Panelists int
	SeesPipeline, SeesPanel         bool
}

// The parts of an assessment.
const (
	pipelinePart = "/pipeline"
	sectionsPart = "/build"
	panelPart    = "/panels"
	noPart       = ""
)

func (h AssessmentHead) badge() string {
	if h.Until != "" && h.Assessment.StatusID == models.AssessmentOpen {
		return "Open until " + h.Until
	}
	return h.Assessment.StatusID.Label()
}

func (h AssessmentHead) tone() ui.Tone { return assessmentTone(h.Assessment.StatusID) }

func (h AssessmentHead) crumbs() []ui.Crumb {
	return []ui.Crumb{{Label: "Assessments", Href: "/assessments"}}
}

// tabs are the parts that the viewer may see, with how much is in each.
func (h AssessmentHead) tabs(current string) []ui.Tab {
	var tabs []ui.Tab
	add := func(may bool, label, part string, n int) {
		if may {
			tabs = append(tabs, ui.Tab{Label: label, Href: fmt.Sprintf("/assessments/%d%s", h.Assessment.ID, part),
				Count: someOf(n), Current: part == current})
		}
	}
	add(h.SeesPipeline, "Pipeline", pipelinePart, h.Candidates)
	add(true, "Sections", sectionsPart, h.Sections)
	add(h.SeesPanel, "Panel", panelPart, h.Panelists)
	return tabs
}

func someOf(n int) string {
	if n == 0 {
		return ""
	}
	return ui.Number(n)
}
