package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// DeleteAssessment hides an assessment from everybody; nobody can be invited to it or attend it any more.
type DeleteAssessment struct {
	ID int64

	Assessment models.Assessment // what was deleted
}

// Grant implements Action.
func (*DeleteAssessment) Grant() access.Grant { return "assessment.delete" }

// Validate implements Action.
func (*DeleteAssessment) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteAssessment) Perform(_ context.Context, w *Work) (err error) {
	a.Assessment, err = hideAssessment(w, a.ID, true)
	return err
}

// RestoreAssessment brings a deleted assessment back as it was.
type RestoreAssessment struct {
	ID int64

	Assessment models.Assessment // what was restored
}

// Grant implements Action.
func (*RestoreAssessment) Grant() access.Grant { return "assessment.delete" }

// Validate implements Action.
func (*RestoreAssessment) Validate() error { return nil }

// Perform implements Action.
func (a *RestoreAssessment) Perform(_ context.Context, w *Work) (err error) {
	a.Assessment, err = hideAssessment(w, a.ID, false)
	return err
}

func hideAssessment(w *Work, id int64, deleted bool) (models.Assessment, error) {
	var assessment models.Assessment
	if err := locked(w.Own()).Where("is_deleted = ?", !deleted).First(&assessment, id).Error; err != nil {
		return assessment, database.Fault(err, "assessment")
	}
	assessment.IsDeleted, assessment.UpdatedBy = deleted, w.Actor.UserID()
	if err := w.Tx.Save(&assessment).Error; err != nil {
		return assessment, fmt.Errorf("hide or restore the assessment: %w", err)
	}
	w.Changed(TopicAssessment, id)
	verb := "delete-assessment"
	if !deleted {
		verb = "restore-assessment"
	}
	return assessment, w.Audit(ledger.Entry{Verb: verb, SubjectType: "assessment", SubjectID: id,
		Detail: map[string]any{"title": assessment.Title}})
}
