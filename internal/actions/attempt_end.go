package actions

import (
	"context"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// EndAttempt closes a running attempt before its time, with what was saved. It returns Conflict for one that was not
// started and Gone for one that is closed.
type EndAttempt struct {
	AttemptID int64  `form:"-"`
	Reason    string `form:"reason"`
}

// Grant implements Action.
func (*EndAttempt) Grant() access.Grant { return "attempt.end" }

// Validate implements Action.
func (a *EndAttempt) Validate() error {
	if a.Reason = strings.TrimSpace(a.Reason); a.Reason == "" {
		return fault.Field("reason", "Say why the section is closed: it stands in the audit log.")
	}
	return nil
}

// Perform implements Action.
func (a *EndAttempt) Perform(_ context.Context, w *Work) error {
	attempt, err := lockOpenAttempt(w, a.AttemptID)
	if err != nil {
		return err
	}
	if err := closeAttempt(w, &attempt, models.ClosedByRecruiter); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "end-attempt", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID,
		Detail: map[string]any{"reason": a.Reason}})
}
