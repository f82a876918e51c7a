package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// ExtendAttempt gives a candidate more time in one section: before the start as an accommodation, while it runs at once,
// and after time ran out, or a recruiter closed it, by opening it again with the time given. What a candidate submitted stays submitted.
type ExtendAttempt struct {
	AttemptID int64  `form:"-"`
	Seconds   int    `form:"seconds"`
	Reason    string `form:"reason"`

	Attempt models.AssessmentSectionCandidate `form:"-"`
}

const longestExtension = 24 * 60 * 60

// Grant implements Action.
func (*ExtendAttempt) Grant() access.Grant { return "participation.extend" }

// Validate implements Action.
func (a *ExtendAttempt) Validate() error {
	if a.Seconds < 1 || a.Seconds > longestExtension {
		return fault.Field("seconds", "Give between a second and a day.")
	}
	return nil
}

// Perform implements Action.
func (a *ExtendAttempt) Perform(ctx context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.AttemptID)
	if err != nil {
		return err
	}
	more := time.Duration(a.Seconds) * time.Second
	before := attempt.ExtraSeconds
	attempt.ExtraSeconds += a.Seconds
	switch {
	case attempt.IsClosed():
		if err := reopen(w, &attempt, more); err != nil {
			return err
		}
	case attempt.DeadlineAt != nil:
		moved := attempt.DeadlineAt.Add(more)
		if moved.Before(w.Now.Add(more)) {
			moved = w.Now.Add(more)
		}
		attempt.DeadlineAt = &moved
	}
	if err := w.Tx.Save(&attempt).Error; err != nil {
		return fmt.Errorf("extend the attempt: %w", err)
	}
	a.Attempt = attempt
	if err := closeLater(ctx, w, attempt); err != nil {
		return err
	}
	w.Changed(TopicAttempt, attempt.ID)
	w.Changed(TopicAssessment, attempt.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "extend-attempt", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID,
		Detail: map[string]any{"seconds": a.Seconds, "before": before, "reason": a.Reason}})
}

// reopen lets a candidate whose time ran out go on. The scores are made anew when it closes again.
func reopen(w *Work, attempt *models.AssessmentSectionCandidate, more time.Duration) error {
	if attempt.ClosedBy == nil || *attempt.ClosedBy == models.ClosedBySubmit || attempt.EvaluatedAt != nil {
		return fault.New(fault.Conflict, "More time can be given until a section is submitted or evaluated.")
	}
	until := w.Now.Add(more)
	attempt.CompletedAt, attempt.ClosedBy, attempt.DeadlineAt, attempt.HeardAt = nil, nil, &until, nil
	attempt.StatusID, attempt.Score, attempt.MaxScore = models.Attending.ID(), nil, nil
	participation, err := lockParticipation(w, attempt.AssessmentCandidateID)
	if err != nil {
		return err
	}
	if participation.Status() == models.Completed {
		if err := participation.MoveTo(models.Attending, w.Now); err != nil {
			return err
		}
		return w.Tx.Save(&participation).Error
	}
	if models.StatusOf(participation.SystemStatusID) == models.Completed {
		return w.Tx.Model(&participation).Update("system_status_id", models.Attending.ID()).Error
	}
	return nil
}
