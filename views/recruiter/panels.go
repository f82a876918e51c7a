package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Panels is the page of who evaluates which section.
type Panels struct {
	layout.Page
	Head                        AssessmentHead
	Rows                        []PanelRow
	SectionOptions, UserOptions []ui.Option
	Sections, Users             []string // chosen
	IDs                         []int64  // candidates chosen on the board; none means all
	Mode, Date                  string
	Tell                        bool
	Refused                     fault.Fields
}

// PanelRow is one panelist on one section.
type PanelRow struct {
	Name, Section                           string
	Assigned, Done, Selects, Holds, Rejects int
}

func (p Panels) path(rest string) string {
	return fmt.Sprintf("/assessments/%d/panels%s", p.Head.Assessment.ID, rest)
}

func (p Panels) whom() string {
	switch len(p.IDs) {
	case 0:
		return "Everybody in the pipeline who is not rejected, suspended or archived."
	case 1:
		return "The one candidate you chose."
	default:
		return fmt.Sprintf("The %s candidates you chose.", ui.Number(len(p.IDs)))
	}
}

func (p Panels) open() int {
	n := 0
	for _, r := range p.Rows {
		n += r.Assigned - r.Done
	}
	return n
}
