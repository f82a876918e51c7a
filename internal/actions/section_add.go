package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// AddSection puts a new section at the end of a draft: an empty one of a type, or a copy of a template.
type AddSection struct {
	AssessmentID int64
	TemplateID   int64 // 0 for an empty section of the type
	SectionInput

	Placed models.AssessmentSection // what was made
}

// Grant implements Action.
func (*AddSection) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *AddSection) Validate() error {
	bad := fault.Fields{}
	a.Title = strings.TrimSpace(a.Title)
	if a.TemplateID == 0 {
		if a.Title == "" {
			bad["title"] = "Give the section a title."
		}
		if a.Type.Label() == "" {
			bad["section_type_id"] = "Choose what kind of section it is."
		}
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *AddSection) Perform(_ context.Context, w *Work) error {
	assessment, err := lockDraft(w, a.AssessmentID)
	if err != nil {
		return err
	}
	if a.Order, err = nextOrder(w, "assessment_sections", "assessment_id", assessment.ID); err != nil {
		return err
	}
	if a.TemplateID != 0 {
		a.Placed, err = a.fromTemplate(w)
	} else {
		a.Placed, err = placeSection(w, assessment.ID, a.SectionInput)
	}
	if err != nil {
		return err
	}
	if err := touchAssessment(w, assessment.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "add-section", SubjectType: "assessment", SubjectID: assessment.ID,
		Detail: map[string]any{"section": a.Placed.ID, "title": a.Title}})
}

func (a *AddSection) fromTemplate(w *Work) (models.AssessmentSection, error) {
	var template models.Section
	err := w.Own().Where("is_template AND NOT is_deleted").First(&template, a.TemplateID).Error
	if err != nil {
		return models.AssessmentSection{}, database.Fault(err, "section template")
	}
	if a.Title == "" {
		a.Title = template.Title
	}
	section, err := copySection(w, template, a.Title, nil)
	if err != nil {
		return models.AssessmentSection{}, err
	}
	placed := SectionInput{}.rules()
	if template.TemplateRules != nil {
		placed.Follow(template.TemplateRules.Data())
	}
	return place(w, placed, a.AssessmentID, section, a.Order)
}

// place puts a section into an assessment under rules.
func place(w *Work, rules models.AssessmentSection, assessmentID int64, section models.Section, order int) (models.AssessmentSection, error) {
	rules.Row, rules.Owned, rules.Authored = models.Row{}, section.Owned, authored(w)
	rules.AssessmentID, rules.SectionID, rules.SortOrder = assessmentID, section.ID, order
	if err := w.Tx.Create(&rules).Error; err != nil {
		return rules, fmt.Errorf("place section: %w", err)
	}
	return rules, nil
}

// nextOrder returns the number behind the last row of a list.
func nextOrder(w *Work, table, column string, id int64) (int, error) {
	var last int
	err := w.Tx.Table(table).Where(column+" = ?", id).Select("COALESCE(MAX(sort_order), 0)").Scan(&last).Error
	if err != nil {
		return 0, fmt.Errorf("find the end of the list: %w", err)
	}
	return last + 1, nil
}
