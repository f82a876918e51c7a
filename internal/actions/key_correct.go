package actions

import (
	"context"
	"fmt"
	"reflect"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// CorrectKey replaces the answer key of a question, on the question and on every version with the same choices, and
// scores anew the attempts that were scored under it. The ledger keeps the old key's digest and every old score.
type CorrectKey struct {
	QuestionID int64            `json:"question_id"`
	Key        models.AnswerKey `json:"key"`
	Reason     string           `json:"reason"`
	Attempts   []int64          `json:"attempts"` // those to score anew, found by the action
}

const rescoreBatch = 50

// Grant implements Action.
func (*CorrectKey) Grant() access.Grant { return "attempt.rescore" }

// Size implements Queued.
func (a *CorrectKey) Size() int { return len(a.Attempts) }

// Validate implements Action.
func (a *CorrectKey) Validate() error { return nil }

// Perform implements Action.
func (a *CorrectKey) Perform(_ context.Context, w *Work) error {
	var question models.Question
	if err := locked(w.Own()).First(&question, a.QuestionID).Error; err != nil {
		return database.Fault(err, "question")
	}
	if err := a.refuseUnusable(question); err != nil {
		return err
	}
	old := question.Key.Data()
	versions, err := a.correct(w, &question)
	if err != nil {
		return err
	}
	if a.Attempts, err = a.affected(w, versions); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "correct-key", SubjectType: "question", SubjectID: question.ID, Before: old, After: a.Key,
		Detail: map[string]any{"versions": len(versions), "attempts": len(a.Attempts), "reason": a.Reason}})
}

func (a *CorrectKey) refuseUnusable(q models.Question) error {
	if !q.Type.IsObjective() {
		return fault.New(fault.Conflict, "People mark questions of type %s; there is no key to correct.", q.Type.Label())
	}
	if !a.Key.Declared(q.Type) {
		return fault.Field("key", "Say which answer is right.")
	}
	in := QuestionInput{Type: q.Type, Content: q.Content, Body: q.Body.Data(), Key: a.Key}
	return fault.Refuse(in.problems())
}

// correct writes the key and returns the versions that it now scores.
func (a *CorrectKey) correct(w *Work, question *models.Question) ([]int64, error) {
	key := datatypes.NewJSONType(cleanKey(a.Key))
	if err := w.Tx.Model(question).Updates(map[string]any{"answer_key": key, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return nil, fmt.Errorf("correct the question's key: %w", err)
	}
	var all []models.QuestionVersion
	if err := w.Own().Where("question_id = ?", question.ID).Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load question versions: %w", err)
	}
	var same []int64
	for _, v := range all {
		if v.Type == question.Type && reflect.DeepEqual(v.Body.Data(), question.Body.Data()) {
			same = append(same, v.ID)
		}
	}
	if len(same) == 0 {
		return nil, nil
	}
	err := w.Own().Model(&models.QuestionVersion{}).Where("id IN ?", same).Update("answer_key", key).Error
	if err != nil {
		return nil, fmt.Errorf("correct the versions' key: %w", err)
	}
	return same, nil
}

func (a *CorrectKey) affected(w *Work, versions []int64) ([]int64, error) {
	ids := []int64{}
	if len(versions) == 0 {
		return ids, nil
	}
	err := w.Own("answers").Model(&models.Answer{}).
		Joins("JOIN assessment_section_candidates ON assessment_section_candidates.id = answers.assessment_section_candidate_id").
		Where("answers.question_version_id IN ? AND assessment_section_candidates.completed_at IS NOT NULL", versions).
		Order("answers.assessment_section_candidate_id").Pluck("answers.assessment_section_candidate_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find attempts to score anew: %w", err)
	}
	return ids, nil
}

// Batch implements Queued.
func (a *CorrectKey) Batch(_ context.Context, w *Work, cursor int) (int, error) {
	end := min(cursor+rescoreBatch, len(a.Attempts))
	for _, id := range a.Attempts[cursor:end] {
		if err := rescore(w, id); err != nil {
			return cursor, err
		}
		w.Done()
	}
	return end, nil
}

// rescore scores a closed attempt anew and, when its marks changed, brings the participation up to date.
func rescore(w *Work, attemptID int64) error {
	attempt, err := lockAttempt(w, attemptID)
	if err != nil || !attempt.IsClosed() {
		return err
	}
	answers, err := paperOf(w, attempt.ID)
	if err != nil {
		return err
	}
	before := scoreDetail(attempt)
	changed, err := scoreAttempt(w, &attempt, answers)
	if err != nil || !changed {
		return err
	}
	if err := w.Tx.Save(&attempt).Error; err != nil {
		return fmt.Errorf("keep the new score: %w", err)
	}
	participation, err := lockParticipation(w, attempt.AssessmentCandidateID)
	if err != nil {
		return err
	}
	overall := participation.Score
	if err := keepOverall(w, &participation); err != nil {
		return err
	}
	w.Changed(TopicAssessment, attempt.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "rescore", SubjectType: "assessment_section_candidate", SubjectID: attempt.ID,
		Before: before, After: scoreDetail(attempt), Detail: map[string]any{"before": before, "after": scoreDetail(attempt),
			"overall_before": overall, "overall_after": participation.Score}})
}

// scoreDetail is what the ledger says of a score.
func scoreDetail(a models.AssessmentSectionCandidate) map[string]any {
	return map[string]any{"score": a.Score, "max_score": a.MaxScore, "positive": a.PositiveScore, "negative": a.NegativeScore}
}
