package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// GiveEvaluation submits an evaluation from the documented members, by the rules of Evaluate.
type GiveEvaluation struct {
	Values resource.Values
	ID     int64 // of what was made
}

// Grant implements Action.
func (*GiveEvaluation) Grant() access.Grant { return "evaluation.give" }

// Validate implements Action.
func (*GiveEvaluation) Validate() error { return nil } // Evaluate is validated as a step

// Perform implements Action.
func (a *GiveEvaluation) Perform(ctx context.Context, w *Work) error {
	var attempt models.AssessmentSectionCandidate
	err := w.Own().Where("assessment_candidate_id = ? AND assessment_section_id = ?", a.Values["assessment_candidate_id"],
		a.Values["assessment_section_id"]).First(&attempt).Error
	if err != nil {
		return renamed(database.Fault(err, "attempt of this candidate at this section"), "assessment_section_id", nil)
	}
	if id, set := a.Values["assessment_section_candidate_id"].(int64); set && id != attempt.ID {
		return fault.Field("assessment_section_candidate_id", "This is not the candidate's attempt at the section.")
	}
	text, _ := a.Values["recommendation"].(string)
	step := &Evaluate{EvaluationInput: EvaluationInput{AssessmentSectionCandidateID: attempt.ID, Recommendation: models.Recommendation(text)}}
	if err := w.Also(ctx, step); err != nil {
		return renamed(err, "assessment_section_id", nil)
	}
	if panel, set := a.Values["panel_id"].(int64); set && (step.Evaluation.PanelID == nil || *step.Evaluation.PanelID != panel) {
		return fault.Field("panel_id", "You evaluate on the panel that you were assigned on.")
	}
	a.ID = step.Evaluation.ID
	return nil
}

// ownEvaluation returns a submitted evaluation that the actor gave, with its attempt held. Others' are not changed, not
// even by who may see them.
func ownEvaluation(w *Work, id int64) (models.Evaluation, judging, error) {
	var e models.Evaluation
	if err := w.Own().Where("evaluated_at IS NOT NULL").First(&e, id).Error; err != nil {
		return e, judging{}, database.Fault(err, "evaluation")
	}
	if me := w.Actor.UserID(); me == nil || *me != e.EvaluatedBy {
		if !access.Can(w.Actor, "evaluation.view") {
			return e, judging{}, fault.Missing("evaluation")
		}
		return e, judging{}, fault.New(fault.Forbidden, "Only who gave an evaluation changes it.")
	}
	j, err := loadAttempt(w, e.AssessmentSectionCandidateID)
	if err != nil {
		return e, j, err
	}
	return e, j, j.checkOpen(w)
}

// ReviseEvaluation changes the verdict of an evaluation that the actor gave, while its section is evaluated. What it is
// about stays.
type ReviseEvaluation struct {
	ID     int64
	Values resource.Values
}

// Grant implements Action.
func (*ReviseEvaluation) Grant() access.Grant { return "evaluation.give" }

// Validate implements Action.
func (*ReviseEvaluation) Validate() error { return nil }

// Perform implements Action.
func (a *ReviseEvaluation) Perform(_ context.Context, w *Work) error {
	e, _, err := ownEvaluation(w, a.ID)
	if err != nil {
		return err
	}
	if err := a.refuseElsewhere(e); err != nil {
		return err
	}
	before := e.Recommendation
	if value, set := a.Values["recommendation"]; set {
		text, _ := value.(string)
		if e.Recommendation = models.Recommendation(strings.ToLower(strings.TrimSpace(text))); !e.Recommendation.Valid() {
			return fault.Field("recommendation", "Choose select, hold or reject.")
		}
	}
	e.UpdatedBy = w.Actor.UserID()
	e.Revision++
	if err := w.Tx.Save(&e).Error; err != nil {
		return fmt.Errorf("revise the evaluation: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "revise-evaluation", SubjectType: "assessment_candidate", SubjectID: e.AssessmentCandidateID,
		Before: before, After: e.Recommendation, Detail: map[string]any{"evaluation": e.ID}})
}

func (a *ReviseEvaluation) refuseElsewhere(e models.Evaluation) error {
	var panel int64
	if e.PanelID != nil {
		panel = *e.PanelID
	}
	bad := fault.Fields{}
	for name, is := range map[string]int64{"panel_id": panel, "assessment_candidate_id": e.AssessmentCandidateID,
		"assessment_section_id": e.AssessmentSectionID, "assessment_section_candidate_id": e.AssessmentSectionCandidateID} {
		if to, set := a.Values[name].(int64); set && to != is {
			bad[name] = "What an evaluation is about stays. Delete it and give another."
		}
	}
	return fault.Refuse(bad)
}
