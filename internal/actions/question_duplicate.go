package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// DuplicateQuestion makes a copy of a question, tags included, to be changed into another one.
type DuplicateQuestion struct {
	ID int64 `json:"id"`

	Question models.Question `json:"-"` // the copy
}

// Grant implements Action.
func (*DuplicateQuestion) Grant() access.Grant { return "question.create" }

// Validate implements Action.
func (*DuplicateQuestion) Validate() error { return nil }

// Perform implements Action.
func (a *DuplicateQuestion) Perform(_ context.Context, w *Work) error {
	original, err := ownQuestion(w, a.ID)
	if err != nil {
		return err
	}
	a.Question = original
	a.Question.Row, a.Question.Authored = models.Row{}, authored(w)
	a.Question.Version, a.Question.ExternalID, a.Question.Title = 1, nil, original.Title+" (copy)"
	if err := w.Tx.Create(&a.Question).Error; err != nil {
		return fmt.Errorf("copy question: %w", err)
	}
	if err := keepVersion(w, a.Question); err != nil {
		return err
	}
	for table, column := range map[string]string{"question_skills": "skill_id", "question_category_links": "category_id", "question_files": "file_id"} {
		if err := copyLinks(w, table, column, original.ID, a.Question.ID); err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "duplicate-question", SubjectType: "question", SubjectID: a.Question.ID,
		Detail: map[string]any{"from": original.ID, "title": a.Question.Title}})
}

// copyLinks gives one question what another is linked to. Table and column come from this file.
func copyLinks(w *Work, table, column string, from, to int64) error {
	err := w.Tx.Exec(`INSERT INTO `+table+` (created_at, updated_at, organization_id, question_id, `+column+`)
		SELECT created_at, updated_at, organization_id, ?, `+column+` FROM `+table+` WHERE organization_id = ? AND question_id = ?`,
		to, w.Actor.OrganizationID, from).Error
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	return nil
}
