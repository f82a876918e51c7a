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

// saveGrace is how long after the deadline the server still takes a save: it was sent before and was on its way. It
// counts from when the server receives it, so no browser's clock matters. The attempt is closed when it is over.
const saveGrace = 15 * time.Second

// StartAttempt begins a section: the paper is drawn, once and for all, and the clock runs. Starting what was started
// changes nothing. It returns Conflict or Gone where it may not start yet, or any more.
type StartAttempt struct {
	AttemptID int64

	Attempt models.AssessmentSectionCandidate
}

// Grant implements Action.
func (*StartAttempt) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*StartAttempt) Validate() error { return nil }

// Perform implements Action.
func (a *StartAttempt) Perform(ctx context.Context, w *Work) error {
	var err error
	if a.Attempt, err = lockAttempt(w, a.AttemptID); err != nil || a.Attempt.IsStarted() {
		return err
	}
	s, err := loadSitting(w, a.Attempt)
	if err != nil {
		return err
	}
	if err := refuseEarlyStart(w, s); err != nil {
		return err
	}
	paper, err := drawPaper(w, s)
	if err != nil {
		return err
	}
	if err := a.begin(ctx, w, s); err != nil {
		return err
	}
	return a.note(w, s, paper)
}

func refuseEarlyStart(w *Work, s sitting) error {
	if err := MayStart(s.assessment, s.placed, s.participation, s.attempt, w.Now); err != nil {
		return err
	}
	if s.participation.ConsentedAt == nil {
		return fault.New(fault.Conflict, "Read what is recorded and agree to it first.")
	}
	if err := refuseUnfilled(w, s); err != nil {
		return err
	}
	var running int64
	err := w.ownAttempts().Model(&models.AssessmentSectionCandidate{}).
		Where("started_at IS NOT NULL AND completed_at IS NULL AND deadline_at > ?", w.Now).Count(&running).Error
	if err != nil {
		return fmt.Errorf("find running attempts: %w", err)
	}
	if running > 0 {
		return fault.New(fault.Conflict, "The clock of another section is running. Submit that one first.")
	}
	return nil
}

// refuseUnfilled refuses a section whose form was not sent yet.
func refuseUnfilled(w *Work, s sitting) error {
	form, asked, err := PreFormOf(w.Tx, s.section)
	if err != nil || !asked || !form.IsActive(w.Now) {
		return err
	}
	var filled int64
	err = w.Own().Model(&models.FormInstance{}).Where("assessment_section_candidate_id = ? AND form_id = ? AND evaluation_id IS NULL",
		s.attempt.ID, form.ID).Count(&filled).Error
	if err != nil {
		return fmt.Errorf("find the form: %w", err)
	}
	if filled == 0 {
		return fault.New(fault.Conflict, "Fill in the form first.")
	}
	return nil
}

// begin sets the clock and has the attempt closed when it runs out.
func (a *StartAttempt) begin(ctx context.Context, w *Work, s sitting) error {
	_, until := Window(s.assessment, s.placed, s.participation, s.attempt)
	a.Attempt.StartedAt, a.Attempt.StatusID = &w.Now, models.Attending.ID()
	a.Attempt.DeadlineAt = a.Attempt.DeadlineFrom(w.Now, s.placed.MaxSectionTime, until)
	if err := w.Tx.Save(&a.Attempt).Error; err != nil {
		return fmt.Errorf("start the attempt: %w", err)
	}
	s.participation.Advance(models.Attending, w.Now)
	if s.participation.AttendedAt == nil {
		s.participation.AttendedAt = &w.Now
	}
	if err := w.Tx.Save(&s.participation).Error; err != nil {
		return fmt.Errorf("move the participation on: %w", err)
	}
	return closeLater(ctx, w, a.Attempt)
}

// closeLater has the attempt looked at when its deadline and the grace after it are over.
func closeLater(ctx context.Context, w *Work, a models.AssessmentSectionCandidate) error {
	if a.DeadlineAt == nil {
		return nil
	}
	return w.Later(ctx, TaskClose, a.ID, a.DeadlineAt.Add(saveGrace))
}

func (a *StartAttempt) note(w *Work, s sitting, paper []models.Answer) error {
	questions := make([]int64, len(paper))
	for i, answer := range paper {
		questions[i] = answer.QuestionVersionID
	}
	if err := addEvent(w, a.Attempt, models.AttemptEvent{Kind: models.EventStarted}); err != nil {
		return err
	}
	w.Changed(TopicAssessment, s.assessment.ID)
	detail := map[string]any{"questions": len(paper)}
	if a.Attempt.DeadlineAt != nil {
		detail["deadline"] = a.Attempt.DeadlineAt.Format(time.RFC3339)
	}
	return w.Audit(ledger.Entry{Verb: "start", SubjectType: "assessment_section_candidate", SubjectID: a.Attempt.ID,
		After: questions, Detail: detail})
}
