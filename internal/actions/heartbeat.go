package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// HeartbeatEvery is how often an open exam page says that it is there. A silence longer than silenceAfter is a measured
// disconnection, the candidate's or the server's: nobody asks whose.
const (
	HeartbeatEvery = 15 * time.Second
	silenceAfter   = 45 * time.Second
)

// Heartbeat is a sign of life from an open exam page. What it was silent for without saying goodbye is credited up to
// the assessment's cap. The attempt comes back as it stands then: closed if its time is over all the same.
type Heartbeat struct {
	AttemptID int64
	Leaving   bool // the page is closed or put away: the silence that follows is the candidate's own choice
	Position  *int // question shown, from 0; nil where showing it is an action of its own

	Attempt models.AssessmentSectionCandidate
}

// Grant implements Action.
func (*Heartbeat) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*Heartbeat) Validate() error { return nil }

// Perform implements Action.
func (a *Heartbeat) Perform(ctx context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.AttemptID)
	if err != nil {
		return err
	}
	if refuseNotRunning(attempt) == nil {
		err = a.beat(ctx, w, &attempt)
	}
	a.Attempt = attempt
	return err
}

func (a *Heartbeat) beat(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	if err := hear(ctx, w, attempt); err != nil {
		return err
	}
	if isOverdue(*attempt, w.Now) {
		return closeAttempt(w, attempt, models.ClosedByDeadline)
	}
	if a.Leaving {
		attempt.HeardAt = nil
	}
	changes := map[string]any{"heard_at": attempt.HeardAt}
	free, err := a.mayPlace(w, *attempt)
	if err != nil {
		return err
	}
	if free {
		changes["position"] = *a.Position
	}
	if err := w.Tx.Model(attempt).Updates(changes).Error; err != nil {
		return fmt.Errorf("note the sign of life: %w", err)
	}
	return nil
}

// mayPlace tells whether the page may say which question it shows: only where a candidate may go anywhere. Elsewhere the
// position decides what is final and what is open, and is the server's alone.
func (a *Heartbeat) mayPlace(w *Work, attempt models.AssessmentSectionCandidate) (bool, error) {
	if a.Position == nil || *a.Position < 0 || *a.Position == attempt.Position {
		return false, nil
	}
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, attempt.AssessmentSectionID).Error; err != nil {
		return false, fmt.Errorf("load assessment section: %w", err)
	}
	return placed.IsFree(), nil
}

// hear takes a sign of life. The ledger of heartbeats keeps each unbroken run as one event: when it began and how long
// it lasted. A silence before this sign ends the run, is written down and credited.
func hear(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate) error {
	last := attempt.HeardAt
	attempt.HeardAt = &w.Now
	if last == nil {
		return addEvent(w, *attempt, models.AttemptEvent{Kind: models.EventHeartbeat, Seconds: new(float64)})
	}
	silence := w.Now.Sub(*last)
	if silence <= silenceAfter {
		return lengthenRun(w, *attempt)
	}
	seconds := silence.Seconds()
	if err := addEvent(w, *attempt, models.AttemptEvent{Kind: models.EventOffline, At: *last, Seconds: &seconds}); err != nil {
		return err
	}
	if err := addEvent(w, *attempt, models.AttemptEvent{Kind: models.EventOnline}); err != nil {
		return err
	}
	if err := addEvent(w, *attempt, models.AttemptEvent{Kind: models.EventHeartbeat, Seconds: new(float64)}); err != nil {
		return err
	}
	return credit(ctx, w, attempt, *last)
}

func lengthenRun(w *Work, attempt models.AssessmentSectionCandidate) error {
	var run models.AttemptEvent
	err := w.Tx.Where("assessment_section_candidate_id = ? AND kind = ?", attempt.ID, models.EventHeartbeat).
		Order("id DESC").Limit(1).Find(&run).Error
	if err != nil {
		return fmt.Errorf("find the run of heartbeats: %w", err)
	}
	if run.ID == 0 {
		return addEvent(w, attempt, models.AttemptEvent{Kind: models.EventHeartbeat, Seconds: new(float64)})
	}
	if err := w.Tx.Model(&run).Update("seconds", w.Now.Sub(run.At).Seconds()).Error; err != nil {
		return fmt.Errorf("lengthen the run of heartbeats: %w", err)
	}
	return nil
}

// credit gives back the time since the last sign of life, as far as the assessment's cap reaches, and moves the deadline.
func credit(ctx context.Context, w *Work, attempt *models.AssessmentSectionCandidate, since time.Time) error {
	if attempt.DeadlineAt == nil {
		return w.Tx.Model(attempt).Update("heard_at", attempt.HeardAt).Error
	}
	var assessment models.Assessment
	if err := w.Own().First(&assessment, attempt.AssessmentID).Error; err != nil {
		return fmt.Errorf("load assessment: %w", err)
	}
	lost := int(w.Now.Sub(since).Seconds())
	given := max(0, min(lost, assessment.OutageCreditCap-attempt.CreditSeconds))
	if given > 0 {
		moved := attempt.DeadlineAt.Add(time.Duration(given) * time.Second)
		attempt.DeadlineAt, attempt.CreditSeconds = &moved, attempt.CreditSeconds+given
	}
	err := w.Tx.Model(attempt).Select("heard_at", "deadline_at", "credit_seconds").Updates(attempt).Error
	if err != nil {
		return fmt.Errorf("move the deadline: %w", err)
	}
	if given == 0 {
		return nil
	}
	return noteCredit(ctx, w, *attempt, since, lost, given, assessment.OutageCreditCap)
}

func noteCredit(ctx context.Context, w *Work, attempt models.AssessmentSectionCandidate, since time.Time, lost, given, most int) error {
	evidence := map[string]any{"from": since.Format(time.RFC3339), "until": w.Now.Format(time.RFC3339), "lost_seconds": lost,
		"credit_seconds": given, "credit_total": attempt.CreditSeconds, "cap": most,
		"deadline": attempt.DeadlineAt.Format(time.RFC3339)}
	seconds := float64(given)
	if err := addEvent(w, attempt, models.AttemptEvent{Kind: models.EventCredit, Seconds: &seconds, Detail: evidence}); err != nil {
		return err
	}
	if err := closeLater(ctx, w, attempt); err != nil {
		return err
	}
	w.Changed(TopicAttempt, attempt.ID)
	w.Changed(TopicAssessment, attempt.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "credit-outage", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID, Detail: evidence})
}
