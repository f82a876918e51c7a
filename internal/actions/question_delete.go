package actions

import (
	"context"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// DeleteQuestions hides questions from the bank. Papers that hold them and assessments that are open keep them; a draft
// that uses one cannot be opened before it is replaced.
type DeleteQuestions struct {
	IDs []int64 `json:"ids" form:"id"`
}

// RestoreQuestions takes back a DeleteQuestions.
type RestoreQuestions struct {
	IDs []int64 `json:"ids" form:"id"`
}

// Grant implements Action.
func (*DeleteQuestions) Grant() access.Grant { return "question.delete" }

// Validate implements Action.
func (a *DeleteQuestions) Validate() error { return someQuestions(a.IDs) }

// Perform implements Action.
func (a *DeleteQuestions) Perform(_ context.Context, w *Work) error {
	return hideQuestions(w, a.IDs, true)
}

// Grant implements Action.
func (*RestoreQuestions) Grant() access.Grant { return "question.delete" }

// Validate implements Action.
func (a *RestoreQuestions) Validate() error { return someQuestions(a.IDs) }

// Perform implements Action.
func (a *RestoreQuestions) Perform(_ context.Context, w *Work) error {
	return hideQuestions(w, a.IDs, false)
}

func someQuestions(ids []int64) error {
	if len(ids) == 0 {
		return fault.Field("id", "Choose at least one question.")
	}
	if len(ids) > mostAtOnce {
		return fault.Field("id", "Choose at most %d questions at once.", mostAtOnce)
	}
	return nil
}

func hideQuestions(w *Work, ids []int64, hidden bool) error {
	ids = distinct(ids)
	done := w.Own().Model(&models.Question{}).Where("id IN ? AND is_deleted = ?", ids, !hidden).
		Updates(map[string]any{"is_deleted": hidden, "updated_by": w.Actor.UserID()})
	if done.Error != nil {
		return fmt.Errorf("hide questions: %w", done.Error)
	}
	if int(done.RowsAffected) != len(ids) {
		return fault.Missing("question")
	}
	verb := "delete-questions"
	if !hidden {
		verb = "restore-questions"
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "question", SubjectID: ids[0], Detail: map[string]any{"ids": ids}})
}

func distinct(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
