package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// DeleteCandidates hides candidates. Their participations and answers stay; RestoreCandidates brings them back.
type DeleteCandidates struct {
	IDs []int64 `json:"ids" form:"ids"`

	Deleted []models.Candidate `json:"-" form:"-"` // those that were there
}

// mostAtOnce bounds what one request may delete or restore.
const mostAtOnce = 1000

// Grant implements Action.
func (*DeleteCandidates) Grant() access.Grant { return "candidate.delete" }

// Validate implements Action.
func (a *DeleteCandidates) Validate() error { return checkSome(a.IDs) }

func checkSome(ids []int64) error {
	if len(ids) == 0 {
		return fault.Field("ids", "Choose at least one candidate.")
	}
	if len(ids) > mostAtOnce {
		return fault.Field("ids", "Choose at most %d candidates at once.", mostAtOnce)
	}
	return nil
}

// Perform implements Action.
func (a *DeleteCandidates) Perform(_ context.Context, w *Work) error {
	if err := w.Own().Where("id IN ? AND NOT is_deleted", a.IDs).Find(&a.Deleted).Error; err != nil {
		return fmt.Errorf("load candidates: %w", err)
	}
	if len(a.Deleted) == 0 {
		return fault.Missing("candidate")
	}
	return hideCandidates(w, a.Deleted, true, "delete-candidate")
}

// RestoreCandidates brings deleted candidates back. One whose address a newer candidate has by now is refused.
type RestoreCandidates struct {
	IDs []int64 `json:"ids" form:"ids"`
}

// Grant implements Action.
func (*RestoreCandidates) Grant() access.Grant { return "candidate.delete" }

// Validate implements Action.
func (a *RestoreCandidates) Validate() error { return checkSome(a.IDs) }

// Perform implements Action.
func (a *RestoreCandidates) Perform(_ context.Context, w *Work) error {
	var deleted []models.Candidate
	if err := w.Own().Where("id IN ? AND is_deleted", a.IDs).Find(&deleted).Error; err != nil {
		return fmt.Errorf("load candidates: %w", err)
	}
	if len(deleted) == 0 {
		return fault.Missing("candidate")
	}
	return hideCandidates(w, deleted, false, "restore-candidate")
}

func hideCandidates(w *Work, candidates []models.Candidate, deleted bool, verb string) error {
	ids := make([]int64, len(candidates))
	for i, c := range candidates {
		ids[i] = c.ID
	}
	err := w.Own().Model(&models.Candidate{}).Where("id IN ?", ids).
		Updates(map[string]any{"is_deleted": deleted, "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return database.Fault(fmt.Errorf("%s: %w", verb, err), "candidate")
	}
	for _, id := range ids {
		if err := w.Audit(ledger.Entry{Verb: verb, SubjectType: "candidate", SubjectID: id}); err != nil {
			return err
		}
	}
	return nil
}
