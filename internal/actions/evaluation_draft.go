package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SaveEvaluationDraft keeps what a panelist has filled in so far. Only its author sees it. A draft of an older revision
// never overwrites a newer one.
type SaveEvaluationDraft struct {
	EvaluationInput
	Revision int64 // the one the form was filled in on; afterwards the one that was stored
}

// Grant implements Action.
func (*SaveEvaluationDraft) Grant() access.Grant { return "evaluation.give" }

// Validate implements Action.
func (a *SaveEvaluationDraft) Validate() error {
	bad := fault.Fields{}
	a.check(bad)
	if a.Recommendation != "" && !a.Recommendation.Valid() {
		bad["recommendation"] = "Choose select, hold or reject."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveEvaluationDraft) Perform(_ context.Context, w *Work) error {
	j, err := loadAttempt(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	if err := j.checkOnPanel(w); err != nil {
		return err
	}
	if err := a.checkRatings(j.criteria, false); err != nil {
		return err
	}
	e, err := a.refuseOlderRevision(w, j)
	if err != nil {
		return err
	}
	if err := w.Tx.Save(&e).Error; err != nil {
		return fmt.Errorf("save draft: %w", err)
	}
	a.Revision = e.Revision
	if err := j.saveForm(w, a.FormData, &formFiles{}, &e, false); err != nil {
		return err
	}
	if err := j.saveRatings(w, a.EvaluationInput, e); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "save-evaluation-draft", SubjectType: "evaluation", SubjectID: e.ID,
		After: a.EvaluationInput, Detail: map[string]any{"revision": e.Revision}})
}

func (a *SaveEvaluationDraft) refuseOlderRevision(w *Work, j judging) (models.Evaluation, error) {
	e, err := j.own(w)
	switch {
	case err != nil:
		return e, err
	case e.IsSubmitted():
		return e, fault.New(fault.Conflict, "Your evaluation of this section is in already.")
	case a.Revision < e.Revision:
		return e, fault.New(fault.Conflict, "A newer draft was saved in another window. Reload to go on with it.")
	}
	e.Recommendation, e.UpdatedBy = a.Recommendation, w.Actor.UserID()
	e.Revision++
	return e, nil
}
