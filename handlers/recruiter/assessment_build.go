package recruiter

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// maxChoices bounds what a native select of the builder offers.
const maxChoices = 500

// Assessment leads to where an assessment is worked on: a draft is built, all others have a pipeline.
func (s Screens) Assessment(c echo.Context) error {
	assessment, err := s.assessment(c)
	if err != nil {
		return err
	}
	if assessment.StatusID != models.AssessmentDraft && access.Can(web.Actor(c), "pipeline.view") {
		return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/assessments/%d/pipeline", assessment.ID))
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/assessments/%d/build", assessment.ID))
}

// BuildAssessment shows the builder: the details, or the section of the query.
func (s Screens) BuildAssessment(c echo.Context) error {
	section, _ := strconv.ParseInt(c.QueryParam("section"), 10, 64)
	p, err := s.build(c, section, views.BuildTab(c.QueryParam("tab")))
	if err != nil {
		return err
	}
	return web.PageOr(c, views.BuildPage(p), views.BuildParts(p))
}

// assessment loads the assessment of the path.
func (s Screens) assessment(c echo.Context) (models.Assessment, error) {
	var assessment models.Assessment
	id, err := web.ID(c, "id")
	if err != nil {
		return assessment, err
	}
	err = s.own(c).Where("NOT is_deleted").First(&assessment, id).Error
	return assessment, database.Fault(err, "assessment")
}

// build loads the builder with a section open; 0 or one that is not there shows the details.
func (s Screens) build(c echo.Context, section int64, tab views.BuildTab) (views.Build, error) {
	p := views.Build{Section: section, Tab: tab, Zone: web.Zone(c), May: buildRights(web.Actor(c))}
	assessment, err := s.assessment(c)
	if err != nil {
		return p, err
	}
	if p.Page, err = web.Chrome(c, assessment.Title); err != nil {
		return p, err
	}
	p.Page.Wide, p.Page.Read = true, true
	if p.Plan, err = actions.LoadPlan(s.DB.Read.WithContext(web.Context(c)), assessment); err != nil {
		return p, err
	}
	p.Blockers = p.Plan.Blockers(s.DB.Clock.Now())
	if p.Tab != views.TextsTab && p.Tab != views.EvaluationTab {
		p.Tab = views.QuestionsTab
	}
	if p.Head, err = s.assessmentHead(c, assessment); err != nil {
		return p, err
	}
	if err := s.own(c).Where("is_template AND NOT is_deleted").Order("title, id").Limit(maxChoices).Find(&p.Templates).Error; err != nil {
		return p, fmt.Errorf("load section templates: %w", err)
	}
	return p, s.openPart(c, &p)
}

// openPart loads what the open part of the builder needs.
func (s Screens) openPart(c echo.Context, p *views.Build) (err error) {
	open, there := p.Open()
	if !there {
		p.Section = 0
		p.Details, err = s.assessmentDetails(c, p.Plan.Assessment)
		return err
	}
	p.Rules = rulesForm(open)
	if p.Tab == views.EvaluationTab {
		p.Evaluation, err = s.sectionEvaluation(c, open.Placed, open.Section)
		return err
	}
	if err := s.own(c).Order("name, id").Limit(maxChoices).Find(&p.Skills).Error; err != nil {
		return fmt.Errorf("load skills: %w", err)
	}
	return nil
}

func buildRights(a access.Actor) views.BuildRights {
	return views.BuildRights{
		Edit: access.Can(a, "assessment.update"), Open: access.Can(a, "assessment.open"),
		Delete: access.Can(a, "assessment.delete"), Duplicate: access.Can(a, "assessment.create"), Word: access.Can(a, "template.manage"),
		Invite: access.Can(a, "participation.invite"),
	}
}
