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

// SaveSectionTemplate keeps a section with its slots, rules, parameters and evaluation form for other assessments. The
// section may stand in an assessment of any state.
type SaveSectionTemplate struct {
	ID    int64 // assessment section
	Title string

	Template models.Section // what was made
}

// Grant implements Action.
func (*SaveSectionTemplate) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *SaveSectionTemplate) Validate() error {
	a.Title = strings.TrimSpace(a.Title)
	if a.Title == "" {
		return fault.Field("title", "Give the template a name.")
	}
	return nil
}

// Perform implements Action.
func (a *SaveSectionTemplate) Perform(_ context.Context, w *Work) error {
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, a.ID).Error; err != nil {
		return database.Fault(err, "section")
	}
	var section models.Section
	if err := w.Own().First(&section, placed.SectionID).Error; err != nil {
		return database.Fault(err, "section")
	}
	rules := placed.Rules()
	var err error
	if a.Template, err = copySection(w, section, a.Title, &rules); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "save-section-template", SubjectType: "section", SubjectID: a.Template.ID,
		Detail: map[string]any{"from": a.ID, "title": a.Title}})
}

// DeleteSectionTemplate takes a template out of the choice. Sections made from it stay as they are.
type DeleteSectionTemplate struct{ ID int64 }

// Grant implements Action.
func (*DeleteSectionTemplate) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (*DeleteSectionTemplate) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteSectionTemplate) Perform(_ context.Context, w *Work) error {
	var template models.Section
	err := w.Own().Where("is_template AND NOT is_deleted").First(&template, a.ID).Error
	if err != nil {
		return database.Fault(err, "section template")
	}
	if err := w.Tx.Model(&template).Update("is_deleted", true).Error; err != nil {
		return fmt.Errorf("delete the template: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "delete-section-template", SubjectType: "section", SubjectID: a.ID,
		Detail: map[string]any{"title": template.Title}})
}
