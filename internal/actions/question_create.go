package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// CreateQuestion adds a question to the organization's bank, with its first version.
type CreateQuestion struct {
	QuestionInput

	Question models.Question `json:"-"` // what was made
}

// Grant implements Action.
func (*CreateQuestion) Grant() access.Grant { return "question.create" }

// Validate implements Action.
func (a *CreateQuestion) Validate() error { return fault.Refuse(a.QuestionInput.problems()) }

// Perform implements Action.
func (a *CreateQuestion) Perform(_ context.Context, w *Work) error {
	a.Question = newQuestion(w)
	a.QuestionInput.fill(&a.Question)
	pictures, err := picturesOf(w, &a.Question)
	if err != nil {
		return err
	}
	a.Question.Fingerprint = fingerprint(a.Question, pictures.sum)
	if err := w.Tx.Create(&a.Question).Error; err != nil {
		return fmt.Errorf("create question: %w", err)
	}
	if err := keepVersion(w, a.Question); err != nil {
		return err
	}
	if err := pictures.link(w, a.Question.ID); err != nil {
		return err
	}
	if err := setTags(w, a.Question.ID, a.Skills, a.Categories); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "create-question", SubjectType: "question", SubjectID: a.Question.ID,
		After: a.QuestionInput, Detail: map[string]any{"type": a.Type, "title": a.Question.Title}})
}

func newQuestion(w *Work) models.Question {
	return models.Question{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Version: 1}
}

// keepVersion keeps the question as it stands.
func keepVersion(w *Work, q models.Question) error {
	version := q.Freeze()
	if err := w.Tx.Create(&version).Error; err != nil {
		return fmt.Errorf("keep version %d of question %d: %w", q.Version, q.ID, err)
	}
	return nil
}
