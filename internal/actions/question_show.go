package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// ShowQuestion notes which question a candidate looks at, so that another device begins there, and starts the clock of
// a question that has one. It returns Conflict for a question that the section's rules do not open yet.
type ShowQuestion struct {
	AttemptID int64
	Position  int // from 0
}

// Grant implements Action.
func (*ShowQuestion) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*ShowQuestion) Validate() error { return nil }

// Perform implements Action.
func (a *ShowQuestion) Perform(_ context.Context, w *Work) error {
	attempt, err := lockOpenAttempt(w, a.AttemptID)
	if err != nil {
		return err
	}
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, attempt.AssessmentSectionID).Error; err != nil {
		return fmt.Errorf("load assessment section: %w", err)
	}
	var answer models.Answer
	err = w.ownAnswers().Where("assessment_section_candidate_id = ? AND position = ?", attempt.ID, a.Position).First(&answer).Error
	if err != nil {
		return database.Fault(err, "question")
	}
	if err := a.refuseSkipping(w, placed, attempt); err != nil {
		return err
	}
	position := a.Position
	if !placed.IsFree() {
		position = max(position, attempt.Position)
	}
	if position != attempt.Position {
		if err := w.Tx.Model(&attempt).Update("position", position).Error; err != nil {
			return fmt.Errorf("note the position: %w", err)
		}
	}
	if answer.StartedAt != nil {
		return nil
	}
	if err := w.Tx.Model(&answer).Update("started_at", w.Now).Error; err != nil {
		return fmt.Errorf("start the question's clock: %w", err)
	}
	return nil
}

// refuseSkipping refuses a question while one before it is open, where questions may not be skipped. A question whose
// own time is over counts as passed.
func (a *ShowQuestion) refuseSkipping(w *Work, s models.AssessmentSection, attempt models.AssessmentSectionCandidate) error {
	if s.IsSkipAllowed || a.Position <= attempt.Position {
		return nil
	}
	var open []models.Answer
	err := w.ownAnswers().Where("assessment_section_candidate_id = ? AND position < ? AND status <> ?",
		attempt.ID, a.Position, models.AnswerCompleted).Find(&open).Error
	if err != nil {
		return fmt.Errorf("find open questions: %w", err)
	}
	for _, before := range open {
		if until := QuestionDeadline(s, before); until == nil || w.Now.Before(*until) {
			return fault.New(fault.Conflict, "Answer this question first: this section does not let you skip.")
		}
	}
	return nil
}

// MarkQuestion sets or clears the candidate's own mark on a question.
type MarkQuestion struct {
	AnswerID int64
	Marked   bool

	Answer models.Answer
}

// Grant implements Action.
func (*MarkQuestion) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (*MarkQuestion) Validate() error { return nil }

// Perform implements Action.
func (a *MarkQuestion) Perform(_ context.Context, w *Work) error {
	if err := w.ownAnswers().First(&a.Answer, a.AnswerID).Error; err != nil {
		return database.Fault(err, "question")
	}
	var attempt models.AssessmentSectionCandidate
	if err := shared(w.ownAttempts()).First(&attempt, a.Answer.AssessmentSectionCandidateID).Error; err != nil {
		return database.Fault(err, "attempt")
	}
	if err := refuseNotRunning(attempt); err != nil {
		return err
	}
	if err := w.Tx.Model(&a.Answer).Update("is_marked", a.Marked).Error; err != nil {
		return fmt.Errorf("mark the question: %w", err)
	}
	return nil
}
