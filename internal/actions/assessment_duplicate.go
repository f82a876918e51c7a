package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// DuplicateAssessment makes a draft with everything of an assessment but its candidates, its period when that is over,
// and its id in other systems. The draft is its maker's.
type DuplicateAssessment struct {
	ID    int64
	Title string // empty for the old title and "(copy)"

	Assessment models.Assessment // what was made
}

// Grant implements Action.
func (*DuplicateAssessment) Grant() access.Grant { return "assessment.create" }

// Validate implements Action.
func (a *DuplicateAssessment) Validate() error {
	a.Title = strings.TrimSpace(a.Title)
	return nil
}

// Perform implements Action.
func (a *DuplicateAssessment) Perform(_ context.Context, w *Work) error {
	var from models.Assessment
	if err := w.Own().Where("NOT is_deleted").First(&from, a.ID).Error; err != nil {
		return database.Fault(err, "assessment")
	}
	if a.Title == "" {
		a.Title = from.Title + " (copy)"
	}
	a.Assessment = from
	a.Assessment.Row, a.Assessment.Authored, a.Assessment.ExternalID = models.Row{}, authored(w), nil
	a.Assessment.Title, a.Assessment.StatusID = a.Title, models.AssessmentDraft
	a.Assessment.SearchText = textfold.Fold(a.Title)
	if owner := w.Actor.UserID(); owner != nil {
		a.Assessment.OwnedBy = owner
	}
	if from.EndDate != nil && !from.EndDate.After(w.Now) {
		a.Assessment.StartDate, a.Assessment.EndDate = nil, nil
	}
	// Select names every column, so that a credit of 0 is kept where the column's default is more.
	if err := w.Tx.Select("*").Omit("ID").Create(&a.Assessment).Error; err != nil {
		return fmt.Errorf("duplicate assessment: %w", err)
	}
	if err := a.copyParts(w, from.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "duplicate-assessment", SubjectType: "assessment", SubjectID: a.Assessment.ID,
		Detail: map[string]any{"from": from.ID, "title": a.Title}})
}

func (a *DuplicateAssessment) copyParts(w *Work, from int64) error {
	if err := copySections(w, from, a.Assessment.ID); err != nil {
		return err
	}
	var links []models.AssessmentCategoryLink
	if err := w.Own().Where("assessment_id = ?", from).Find(&links).Error; err != nil {
		return fmt.Errorf("load the categories to copy: %w", err)
	}
	for _, link := range links {
		link.Row, link.Authored, link.AssessmentID = models.Row{}, authored(w), a.Assessment.ID
		if err := w.Tx.Create(&link).Error; err != nil {
			return fmt.Errorf("copy categories: %w", err)
		}
	}
	var people []models.AssessmentCollaborator
	if err := w.Own().Where("assessment_id = ?", from).Find(&people).Error; err != nil {
		return fmt.Errorf("load the collaborators to copy: %w", err)
	}
	for _, person := range people {
		person.Row, person.Authored, person.AssessmentID = models.Row{}, authored(w), a.Assessment.ID
		if err := w.Tx.Create(&person).Error; err != nil {
			return fmt.Errorf("copy collaborators: %w", err)
		}
	}
	return nil
}
