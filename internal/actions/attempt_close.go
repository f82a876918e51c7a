package actions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// CloseOverdue closes an attempt whose time is over, with what was saved. A candidate who was there until the connection
// broke is credited the silence first, so that a network that fails at the end costs nobody the last minutes. For an
// attempt that is closed, or has time left, it does nothing.
type CloseOverdue struct {
	AttemptID int64
}

// Grant implements Action.
func (*CloseOverdue) Grant() access.Grant { return "attempt.close" }

// Validate implements Action.
func (*CloseOverdue) Validate() error { return nil }

// Perform implements Action.
func (a *CloseOverdue) Perform(ctx context.Context, w *Work) error {
	attempt, err := lockAttempt(w, a.AttemptID)
	if err != nil || refuseNotRunning(attempt) != nil || isRunning(attempt, w.Now) {
		return err
	}
	if attempt.HeardAt != nil && w.Now.Sub(*attempt.HeardAt) > silenceAfter {
		since := *attempt.HeardAt
		seconds := w.Now.Sub(since).Seconds()
		if err := addEvent(w, attempt, models.AttemptEvent{Kind: models.EventOffline, At: since, Seconds: &seconds}); err != nil {
			return err
		}
		attempt.HeardAt = &w.Now
		if err := credit(ctx, w, &attempt, since); err != nil || isRunning(attempt, w.Now) {
			return err
		}
	}
	return closeAttempt(w, &attempt, models.ClosedByDeadline)
}

// isRunning tells whether the deadline or the grace after it is still to come.
func isRunning(a models.AssessmentSectionCandidate, now time.Time) bool {
	return a.DeadlineAt == nil || now.Before(a.DeadlineAt.Add(saveGrace))
}

// closeAttempt ends an attempt: nothing can be saved any more, the objective answers are scored, and the participation
// moves on when this was its last section. The ledger gets the digest of every answer.
func closeAttempt(w *Work, attempt *models.AssessmentSectionCandidate, why models.CloseReason) error {
	answers, err := paperOf(w, attempt.ID)
	if err != nil {
		return err
	}
	at := w.Now
	if why == models.ClosedByDeadline && attempt.DeadlineAt != nil {
		at = *attempt.DeadlineAt
	}
	attempt.CompletedAt, attempt.ClosedBy, attempt.StatusID = &at, &why, models.Completed.ID()
	if _, err := scoreAttempt(w, attempt, answers); err != nil {
		return err
	}
	if err := w.Tx.Save(attempt).Error; err != nil {
		return fmt.Errorf("close the attempt: %w", err)
	}
	if err := moveOn(w, *attempt); err != nil {
		return err
	}
	if err := addEvent(w, *attempt, models.AttemptEvent{Kind: models.EventClosed, Detail: map[string]any{"reason": string(why)}}); err != nil {
		return err
	}
	w.Changed(TopicAttempt, attempt.ID)
	w.Changed(TopicAssessment, attempt.AssessmentID)
	return auditClose(w, *attempt, answers)
}

func paperOf(w *Work, attemptID int64) ([]models.Answer, error) {
	var answers []models.Answer
	err := w.Own().Where("assessment_section_candidate_id = ?", attemptID).Order("position").Find(&answers).Error
	if err != nil {
		return nil, fmt.Errorf("load the paper: %w", err)
	}
	return answers, nil
}

// moveOn brings the participation's score up to date, and its status when every visible section is closed.
func moveOn(w *Work, attempt models.AssessmentSectionCandidate) error {
	participation, err := lockParticipation(w, attempt.AssessmentCandidateID)
	if err != nil {
		return err
	}
	var open int64
	err = w.Own("assessment_section_candidates").Model(&models.AssessmentSectionCandidate{}).
		Joins("JOIN assessment_sections ON assessment_sections.id = assessment_section_candidates.assessment_section_id AND assessment_sections.is_visible").
		Where("assessment_section_candidates.assessment_candidate_id = ? AND assessment_section_candidates.completed_at IS NULL", participation.ID).
		Count(&open).Error
	if err != nil {
		return fmt.Errorf("count open sections: %w", err)
	}
	if open == 0 {
		participation.Advance(models.Completed, w.Now)
	}
	if err := keepOverall(w, &participation); err != nil || open > 0 {
		return err
	}
	return advanceEvaluated(w, participation.ID) // the evaluations may have come in before the last section closed
}

func auditClose(w *Work, attempt models.AssessmentSectionCandidate, answers []models.Answer) error {
	type kept struct {
		ID, Revision int64
		Value        models.AnswerValue
	}
	all, answered := make([]kept, len(answers)), 0
	for i, a := range answers {
		all[i] = kept{a.ID, a.Revision, a.Value.Data()}
		if a.Status == models.AnswerCompleted {
			answered++
		}
	}
	detail := map[string]any{"reason": string(*attempt.ClosedBy), "answered": answered, "questions": len(answers),
		"credit_seconds": attempt.CreditSeconds, "extra_seconds": attempt.ExtraSeconds}
	if attempt.Score != nil {
		detail["score"], detail["max_score"] = *attempt.Score, *attempt.MaxScore
	}
	return w.Audit(ledger.Entry{Verb: "close-attempt", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID,
		After: all, Detail: detail})
}

const (
	sweepEvery = time.Minute
	sweepBatch = 500
)

// closeIfOverdue is the task at an attempt's deadline.
func (r *Runner) closeIfOverdue(ctx context.Context, attemptID int64) error {
	var attempt models.AssessmentSectionCandidate
	err := r.DB.Read.WithContext(ctx).Select("id", "organization_id").First(&attempt, attemptID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find attempt %d: %w", attemptID, err)
	}
	return r.Run(ctx, access.Program(attempt.OrganizationID), &CloseOverdue{AttemptID: attemptID})
}

// sweepOverdue closes what a lost task left open.
func (r *Runner) sweepOverdue(ctx context.Context, _ int64) error {
	var overdue []int64
	err := r.DB.Read.WithContext(ctx).Model(&models.AssessmentSectionCandidate{}).
		Where("started_at IS NOT NULL AND completed_at IS NULL AND deadline_at < ?", r.DB.Clock.Now().Add(-saveGrace)).
		Order("deadline_at").Limit(sweepBatch).Pluck("id", &overdue).Error
	if err != nil {
		return fmt.Errorf("look for overdue attempts: %w", err)
	}
	for _, id := range overdue {
		if err := r.closeIfOverdue(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
