package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// UpdateQuestion changes a question of the bank. When what a candidate sees or the key changes, a new version is kept;
// difficulty, guidance, feedback and tags are changed in place. Version is the one the change was made from: when
// somebody else was faster, it is refused with a Conflict. The type stays what it is.
type UpdateQuestion struct {
	ID      int64 `json:"id"`
	Version int   `json:"version"`
	QuestionInput

	Question models.Question `json:"-"` // as it stands now
}

// Grant implements Action.
func (*UpdateQuestion) Grant() access.Grant { return "question.update" }

// Validate implements Action.
func (a *UpdateQuestion) Validate() error { return fault.Refuse(a.QuestionInput.problems()) }

// Perform implements Action.
func (a *UpdateQuestion) Perform(_ context.Context, w *Work) error {
	question, err := ownQuestion(w, a.ID)
	if err != nil {
		return err
	}
	if question.Type != a.Type {
		return fault.Field("type", "A question keeps its type. Write a new one instead.")
	}
	if question.Version != a.Version {
		return fault.New(fault.Conflict, "Somebody changed this question while you were writing. Compare with the newest version before you save again.")
	}
	before := question
	a.inherit(question)
	if err := revise(w, &question, a.QuestionInput); err != nil {
		return err
	}
	if err := setTags(w, question.ID, a.Skills, a.Categories); err != nil {
		return err
	}
	a.Question = question
	return w.Audit(ledger.Entry{Verb: "update-question", SubjectType: "question", SubjectID: question.ID,
		Before: InputOf(before), After: a.QuestionInput,
		Detail: map[string]any{"title": question.Title, "version": question.Version}})
}

// inherit takes over what a form does not hold: where the question came from, and what its file said of single choices as
// long as these and the key are the same.
func (a *UpdateQuestion) inherit(q models.Question) {
	key, body := q.Key.Data(), q.Body.Data()
	if a.Source == "" {
		a.Source = q.Source
	}
	sameIDs := slices.EqualFunc(a.Body.Choices, body.Choices, func(x, y models.Option) bool { return x.ID == y.ID })
	if !sameIDs || !slices.Equal(a.Key.Correct, key.Correct) {
		return
	}
	if a.Key.Weights == nil {
		a.Key.Weights = key.Weights
	}
	if a.Key.Remarks == nil {
		a.Key.Remarks = key.Remarks
	}
}

// ownQuestion loads a question of the actor's organization that is not deleted.
func ownQuestion(w *Work, id int64) (models.Question, error) {
	var question models.Question
	err := w.Own().Where("NOT is_deleted").First(&question, id).Error
	return question, database.Fault(err, "question")
}

// revise puts the input into the question and keeps a new version when a candidate would notice.
func revise(w *Work, q *models.Question, in QuestionInput) error {
	before := *q
	in.fill(q)
	found, err := picturesOf(w, q)
	if err != nil {
		return err
	}
	q.Fingerprint, q.UpdatedBy = fingerprint(*q, found.sum), w.Actor.UserID()
	noticed, err := noticeable(before, *q)
	if err != nil {
		return err
	}
	if noticed {
		q.Version++
	}
	// The version in the condition refuses a change that was made at the same moment.
	saved := w.Own().Where("version = ?", before.Version).Select("*").Omit("CreatedAt").Updates(q)
	if saved.Error != nil {
		return fmt.Errorf("update question %d: %w", q.ID, saved.Error)
	}
	if saved.RowsAffected == 0 {
		return fault.New(fault.Conflict, "Somebody changed this question at the same moment. Look at it again.")
	}
	if err := found.link(w, q.ID); err != nil {
		return err
	}
	if !noticed {
		return nil
	}
	return keepVersion(w, *q)
}

// noticeable tells whether the question differs in what a version keeps.
func noticeable(before, after models.Question) (bool, error) {
	shown := func(q models.Question) (string, error) {
		type kept struct {
			Title, Content       string
			Hint                 *string
			Body                 models.QuestionBody
			Key                  models.AnswerKey
			Randomize            bool
			Positive, NegativeOf *float64
		}
		text, err := json.Marshal(kept{q.Title, q.Content, q.Hint, q.Body.Data(), q.Key.Data(), q.RandomizeChoice, q.PositiveMark, q.NegativeMark})
		return string(text), err
	}
	one, err := shown(before)
	if err != nil {
		return false, fmt.Errorf("compare versions: %w", err)
	}
	other, err := shown(after)
	if err != nil {
		return false, fmt.Errorf("compare versions: %w", err)
	}
	return one != other, nil
}
