package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SetAssessmentStatus opens, closes, fills or reopens an assessment. Opening is refused while anything would fail a
// candidate; closing and filling forbid inviting and attending.
type SetAssessmentStatus struct {
	ID     int64                   `json:"id" form:"-"`
	Status models.AssessmentStatus `json:"status_id" form:"status"`

	Assessment models.Assessment `json:"-" form:"-"` // as it is now
}

// Grant implements Action.
func (*SetAssessmentStatus) Grant() access.Grant { return "assessment.open" }

// Validate implements Action.
func (a *SetAssessmentStatus) Validate() error {
	if a.Status.Label() == "" {
		return fault.Field("status", "There is no such status.")
	}
	return nil
}

// Perform implements Action.
func (a *SetAssessmentStatus) Perform(_ context.Context, w *Work) error {
	assessment, err := lockAssessment(w, a.ID)
	if err != nil {
		return err
	}
	before := assessment.StatusID
	if before == a.Status {
		a.Assessment = assessment
		return nil
	}
	if !before.MayBecome(a.Status) {
		return fault.New(fault.Conflict, "An assessment that is %s cannot become %s.", lowerLabel(before), lowerLabel(a.Status))
	}
	if a.Status == models.AssessmentOpen {
		if err := refuseBlocked(w, assessment); err != nil {
			return err
		}
	}
	assessment.StatusID, assessment.UpdatedBy = a.Status, w.Actor.UserID()
	if err := w.Tx.Save(&assessment).Error; err != nil {
		return fmt.Errorf("change the assessment's status: %w", err)
	}
	a.Assessment = assessment
	w.Changed(TopicAssessment, assessment.ID)
	return w.Audit(ledger.Entry{Verb: "set-assessment-status", SubjectType: "assessment", SubjectID: assessment.ID,
		Detail: map[string]any{"from": before.Label(), "to": a.Status.Label()}})
}

// refuseBlocked returns a Conflict that names what keeps the assessment from being opened.
func refuseBlocked(w *Work, assessment models.Assessment) error {
	plan, err := LoadPlan(w.Tx, assessment)
	if err != nil {
		return err
	}
	blockers := plan.Blockers(w.Now)
	if len(blockers) == 0 {
		return nil
	}
	reasons := make([]string, len(blockers))
	for i, b := range blockers {
		reasons[i] = b.Text
	}
	return fault.New(fault.Conflict, "The assessment cannot be opened yet: %s.", strings.Join(reasons, "; "))
}
