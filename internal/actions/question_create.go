package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// QuestionInput is what a person or an importer says of a question.
type QuestionInput struct {
	Type            models.QuestionType `json:"type"`
	Title           string              `json:"title"`
	Content         string              `json:"content"` // HTML, sanitized
	Hint            string              `json:"hint"`    // HTML
	Guidance        string              `json:"guidance"`
	Feedback        string              `json:"feedback"`
	Body            models.QuestionBody `json:"body"`
	Key             models.AnswerKey    `json:"key"`
	RandomizeChoice bool                `json:"randomizeChoice"`
	Difficulty      models.Difficulty   `json:"difficulty"`
	PositiveMark    *float64            `json:"positive_mark"`
	NegativeMark    *float64            `json:"negative_mark"`
	ExternalID      string              `json:"external_id"`
	Source          string              `json:"source"`
	Skills          []string            `json:"skills"`     // names; made when they do not exist
	Categories      []string            `json:"categories"` // names; made when they do not exist
}

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
	a.Question = models.Question{
		Owned:    models.Owned{OrganizationID: w.Actor.OrganizationID},
		Authored: models.Authored{CreatedBy: w.Actor.UserID(), UpdatedBy: w.Actor.UserID()}, Version: 1,
	}
	a.QuestionInput.fill(&a.Question)
	if err := w.Tx.Create(&a.Question).Error; err != nil {
		return fmt.Errorf("create question: %w", err)
	}
	version := a.Question.Freeze()
	if err := w.Tx.Create(&version).Error; err != nil {
		return fmt.Errorf("keep the question's first version: %w", err)
	}
	if err := tagQuestion(w, a.Question.ID, a.Skills); err != nil {
		return err
	}
	if err := categorizeQuestion(w, a.Question.ID, a.Categories); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "create-question", SubjectType: "question", SubjectID: a.Question.ID,
		After: a.QuestionInput, Detail: map[string]any{"type": a.Type, "title": a.Question.Title}})
}

// fill puts the input into a question, sanitized.
func (in QuestionInput) fill(q *models.Question) {
	q.Type, q.Title = in.Type, in.titleOr()
	q.Content, q.PlainContent = questionbank.Sanitize(in.Content), questionbank.PlainText(in.Content)
	q.Hint, q.Guidance, q.Feedback = optional(questionbank.Sanitize(in.Hint)), optional(questionbank.Sanitize(in.Guidance)), optional(questionbank.Sanitize(in.Feedback))
	body := in.Body
	for _, list := range [][]models.Option{body.Choices, body.Left, body.Right} {
		for i := range list {
			list[i].HTML = questionbank.Sanitize(list[i].HTML)
		}
	}
	q.Body, q.Key = datatypes.NewJSONType(body), datatypes.NewJSONType(in.Key)
	q.RandomizeChoice, q.Difficulty = in.RandomizeChoice, in.Difficulty
	q.PositiveMark, q.NegativeMark = in.PositiveMark, in.NegativeMark
	q.ExternalID, q.Source = optional(in.ExternalID), in.Source
	q.SearchText = textfold.Fold(q.Title + " " + q.PlainContent + " " + in.ExternalID)
}
