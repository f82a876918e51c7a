package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// DeleteEvaluation takes back an evaluation that the actor gave, with its ratings and remarks. The attempt waits for one
// again.
type DeleteEvaluation struct{ ID int64 }

// Grant implements Action.
func (*DeleteEvaluation) Grant() access.Grant { return "evaluation.give" }

// Validate implements Action.
func (*DeleteEvaluation) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteEvaluation) Perform(_ context.Context, w *Work) error {
	e, j, err := ownEvaluation(w, a.ID)
	if err != nil {
		return err
	}
	if err := removeEvaluation(w, e); err != nil {
		return err
	}
	if e.PanelID != nil {
		err := w.Own().Model(&models.PanelCandidate{}).Where("panel_id = ? AND assessment_section_candidate_id = ?", *e.PanelID, j.attempt.ID).
			Update("is_evaluated", false).Error
		if err != nil {
			return fmt.Errorf("open the assignment again: %w", err)
		}
		if err := enterDue(w, []int64{*e.PanelID}); err != nil {
			return err
		}
	}
	if err := j.stepBack(w); err != nil {
		return err
	}
	w.Changed(TopicAssessment, j.attempt.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "delete-evaluation", SubjectType: "assessment_candidate", SubjectID: e.AssessmentCandidateID,
		Before: e, Detail: map[string]any{"evaluation": e.ID, "recommendation": e.Recommendation}})
}

func removeEvaluation(w *Work, e models.Evaluation) error {
	forms := w.Own().Model(&models.FormInstance{}).Select("id").Where("evaluation_id = ?", e.ID)
	if err := w.Own().Where("form_instance_id IN (?)", forms).Delete(&models.FormInstanceFile{}).Error; err != nil {
		return fmt.Errorf("remove the form's files: %w", err)
	}
	for _, part := range []any{&models.EvaluationRating{}, &models.EvaluationComment{}, &models.FormInstance{}} {
		if err := w.Own().Where("evaluation_id = ?", e.ID).Delete(part).Error; err != nil {
			return fmt.Errorf("remove what belongs to the evaluation: %w", err)
		}
	}
	if err := w.Tx.Delete(&e).Error; err != nil {
		return fmt.Errorf("remove the evaluation: %w", err)
	}
	return nil
}

// stepBack takes attempt and participation from evaluated back to completed, where an evaluation is missing now.
func (j *judging) stepBack(w *Work) error {
	missing, err := lacksEvaluation(w, "assessment_section_candidate_id", j.attempt.ID)
	if err != nil || !missing {
		return err
	}
	if models.StatusOf(j.attempt.StatusID) == models.Evaluated {
		j.attempt.StatusID, j.attempt.EvaluatedAt = models.Completed.ID(), nil
		if err := w.Tx.Save(&j.attempt).Error; err != nil {
			return fmt.Errorf("take the attempt back: %w", err)
		}
	}
	p, err := lockParticipation(w, j.attempt.AssessmentCandidateID)
	if err != nil {
		return err
	}
	missing, err = lacksEvaluation(w, "assessment_candidate_id", p.ID)
	if err != nil || !missing || models.StatusOf(p.SystemStatusID) != models.Evaluated {
		return err
	}
	p.SystemStatusID, p.EvaluatedAt = models.Completed.ID(), nil
	if p.Status() == models.Evaluated {
		if err := p.MoveTo(models.Completed, w.Now); err != nil {
			return err
		}
	}
	if err := w.Tx.Save(&p).Error; err != nil {
		return fmt.Errorf("take the participation back: %w", err)
	}
	return nil
}

// lacksEvaluation tells whether a panel has something left to evaluate, or nobody evaluated at all.
func lacksEvaluation(w *Work, column string, id int64) (bool, error) {
	open, err := openAssignments(w, column, id)
	if err != nil || open > 0 {
		return true, err
	}
	var given int64
	err = w.Own().Model(&models.Evaluation{}).Where(column+" = ? AND evaluated_at IS NOT NULL", id).Count(&given).Error
	if err != nil {
		return false, fmt.Errorf("count evaluations: %w", err)
	}
	return given == 0, nil
}
