package recruiter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewAssessment asks for a title and what to start from.
func (s Screens) NewAssessment(c echo.Context) error {
	p, err := s.assessmentStart(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.AssessmentStartPage(p))
}

func (s Screens) assessmentStart(c echo.Context) (views.AssessmentStart, error) {
	p := views.AssessmentStart{From: c.QueryParam("from")}
	var err error
	if p.Page, err = web.Chrome(c, "New assessment"); err != nil {
		return p, err
	}
	if err := s.own(c).Where("is_template AND NOT is_deleted").Order("title, id").Limit(maxChoices).Find(&p.Templates).Error; err != nil {
		return p, fmt.Errorf("load section templates: %w", err)
	}
	if err := s.own(c).Where("NOT is_deleted").Order("id DESC").Limit(listPage).Find(&p.Existing).Error; err != nil {
		return p, fmt.Errorf("load assessments to copy: %w", err)
	}
	return p, nil
}

// CreateAssessment begins an assessment and leads into the builder.
func (s Screens) CreateAssessment(c echo.Context) error {
	title, from := c.FormValue("title"), c.FormValue("from")
	id, err := s.begin(c, title, from)
	fields, refused := web.Refused(err)
	if !refused {
		if err != nil {
			return err
		}
		return web.Redirect(c, fmt.Sprintf("/assessments/%d/build", id))
	}
	p, err := s.assessmentStart(c)
	if err != nil {
		return err
	}
	p.Title, p.From, p.Error = title, from, fields["title"]
	if p.Error == "" {
		p.Error = fields[""]
	}
	return web.Form(c, views.AssessmentStartPage(p))
}

// begin makes the assessment: empty, with a section from a template, or as a copy of another.
func (s Screens) begin(c echo.Context, title, from string) (int64, error) {
	kind, number, _ := strings.Cut(from, ":")
	origin, _ := strconv.ParseInt(number, 10, 64)
	if strings.TrimSpace(title) == "" {
		return 0, fault.Field("title", "Give the assessment a title.")
	}
	if kind == "copy" {
		duplicate := &actions.DuplicateAssessment{ID: origin, Title: title}
		err := web.Run(c, duplicate)
		return duplicate.Assessment.ID, err
	}
	create := &actions.CreateAssessment{Title: title}
	if _, err := s.Actions.Record(web.Context(c), web.Actor(c), create); err != nil {
		return 0, err
	}
	if kind == "template" {
		err := web.Run(c, &actions.AddSection{AssessmentID: create.Assessment.ID, TemplateID: origin})
		return create.Assessment.ID, err
	}
	return create.Assessment.ID, nil
}

// DeleteSectionTemplate takes a template out of the choice.
func (s Screens) DeleteSectionTemplate(c echo.Context) error {
	id, err := web.ID(c, "template")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.DeleteSectionTemplate{ID: id}); err != nil {
		return err
	}
	if err := web.SetFlash(c, "Deleted the template."); err != nil {
		return err
	}
	return web.Redirect(c, "/assessments/new")
}
