package recruiter

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/actions"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Compared side by side.
const fewestCompared, mostCompared = 2, 4

// Compare shows two to four candidates side by side.
func (s Screens) Compare(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	chosen, err := ids(c)
	if err != nil {
		return err
	}
	chosen = actions.RefsTo(chosen).IDs()
	if len(chosen) < fewestCompared || len(chosen) > mostCompared {
		if err := web.SetFlash(c, fmt.Sprintf("Choose two to four candidates to compare; you chose %d.", len(chosen))); err != nil {
			return err
		}
		return web.Redirect(c, fmt.Sprintf("/assessments/%d/pipeline", p.assessment.ID))
	}
	page := views.Comparison{AssessmentID: p.assessment.ID, Assessment: p.assessment.Title}
	for _, id := range chosen {
		ac, err := s.participation(c, id)
		if err != nil {
			return err
		}
		d, err := p.drawer(ac, "", web.Zone(c))
		if err != nil {
			return err
		}
		page.People = append(page.People, d)
	}
	slices.SortStableFunc(page.People, func(a, b views.Drawer) int { return -compareScores(a.Score, b.Score) })
	if page.Page, err = web.Chrome(c, "Compare "+page.Names()); err != nil {
		return err
	}
	page.Wide, page.Read = true, true
	return web.Page(c, views.ComparePage(page))
}

func compareScores(a, b *float64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil || (b != nil && *a < *b):
		return -1
	case b == nil || *a > *b:
		return 1
	}
	return 0
}
