package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// assessmentHead counts what is in the parts of an assessment, in one query.
func (s Screens) assessmentHead(c echo.Context, a models.Assessment) (views.AssessmentHead, error) {
	actor := web.Actor(c)
	h := views.AssessmentHead{Assessment: a, SeesPipeline: access.Can(actor, "pipeline.view"), SeesPanel: access.Can(actor, "panel.assign")}
	if a.EndDate != nil {
		h.Until = a.EndDate.In(web.Zone(c)).Format("2 Jan")
	}
	db := s.DB.Read.WithContext(web.Context(c))
	of := func(model any, counted string) *gorm.DB {
		return db.Model(model).Scopes(access.Own(actor)).Where("assessment_id = ?", a.ID).Select(counted)
	}
	candidates := of(&models.ParticipationTally{}, "COALESCE(SUM(n), 0)").Where("percent = ?", models.NoScore)
	panelists := db.Table("panels p").Scopes(access.Own(actor, "p")).Select("COUNT(DISTINCT p.user_id)").
		Joins("JOIN assessment_sections s ON s.id = p.assessment_section_id").Where("s.assessment_id = ?", a.ID)
	err := db.Raw("SELECT (?) AS candidates, (?) AS sections, (?) AS panelists", candidates,
		of(&models.AssessmentSection{}, "COUNT(*)"), panelists).Row().Scan(&h.Candidates, &h.Sections, &h.Panelists)
	if err != nil {
		return h, fmt.Errorf("count the parts of assessment %d: %w", a.ID, err)
	}
	return h, nil
}
