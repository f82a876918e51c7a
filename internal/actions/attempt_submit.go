package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// SubmitAttempt ends a section at the candidate's wish. Submitting what is closed already changes nothing.
type SubmitAttempt struct {
	AttemptID int64
}

// Grant implements Action.
func (*SubmitAttempt) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*SubmitAttempt) Validate() error { return nil }

// Perform implements Action.
func (a *SubmitAttempt) Perform(_ context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.AttemptID)
	if err != nil || attempt.IsClosed() {
		return err
	}
	if !attempt.IsStarted() {
		return fault.New(fault.Conflict, "This section was not started yet.")
	}
	if attempt.DeadlineAt != nil && !w.Now.Before(*attempt.DeadlineAt) {
		return closeAttempt(w, &attempt, models.ClosedByDeadline)
	}
	return closeAttempt(w, &attempt, models.ClosedBySubmit)
}
