package recruiter

import (
	"encoding/json"
	"fmt"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ActionProgress shows how far a recorded action is, and what it refused.
func (s Screens) ActionProgress(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	p := views.ActionProgress{HasMail: s.Actions.HasMail}
	if err := s.own(c).First(&p.Action, id).Error; err != nil {
		return database.Fault(err, "action")
	}
	var about struct {
		AssessmentID int64 `json:"assessmentID"`
	}
	if err := json.Unmarshal(p.Action.Input, &about); err == nil && about.AssessmentID != 0 {
		var found []models.Assessment
		if err := s.own(c).Where("id = ?", about.AssessmentID).Limit(1).Find(&found).Error; err != nil {
			return fmt.Errorf("load the action's assessment: %w", err)
		}
		if len(found) == 1 {
			p.Assessment = &found[0]
		}
	}
	if p.Page, err = web.Chrome(c, p.Heading()); err != nil {
		return err
	}
	return web.PageOr(c, views.ActionPage(p), views.ActionPart(p))
}
