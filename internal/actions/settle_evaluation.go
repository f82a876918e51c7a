package actions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
)

// SettleRating checks a rating by the rules of Evaluate: within the parameter's scale, of a parameter of the section, in
// an evaluation that the actor gave. A mandatory one is not taken away.
func SettleRating(_ context.Context, change *resource.Change) error {
	w, row, was := stepOf(change), change.Row.(*models.EvaluationRating), change.Was.(*models.EvaluationRating)
	_, j, err := ownEvaluation(w, was.EvaluationID)
	if err != nil {
		return err
	}
	place := func(id int64) int {
		return slices.IndexFunc(j.criteria, func(c review.Criterion) bool { return c.ID == id })
	}
	if at := place(was.ParameterID); at >= 0 && j.criteria[at].IsMandatory() && (change.Verb == resource.Delete || row.ParameterID != was.ParameterID) {
		return fault.New(fault.Conflict, "%s has to be rated.", was.Name)
	}
	if change.Verb == resource.Delete {
		return nil
	}
	if row.EvaluationID != was.EvaluationID {
		if _, j, err = ownEvaluation(w, row.EvaluationID); err != nil {
			return renamed(err, "evaluation_id", nil)
		}
	}
	in := EvaluationInput{Rating: []RatingInput{{ParameterID: row.ParameterID, Rating: row.Rating, Text: textOf(row.Text)}}}
	if err := in.checkRatings(j.criteria, false); err != nil {
		return renamed(err, "", map[string]string{fmt.Sprintf("rating.%d", row.ParameterID): "rating"})
	}
	row.Name = j.criteria[place(row.ParameterID)].Name
	return nil
}

// SettleComment checks a remark: in an evaluation that the actor gave, on an answer of its attempt.
func SettleComment(_ context.Context, change *resource.Change) error {
	w, row := stepOf(change), change.Row.(*models.EvaluationComment)
	if was, ok := change.Was.(*models.EvaluationComment); ok {
		if _, _, err := ownEvaluation(w, was.EvaluationID); err != nil || change.Verb == resource.Delete {
			return err
		}
	}
	_, j, err := ownEvaluation(w, row.EvaluationID)
	if err != nil {
		return renamed(err, "evaluation_id", nil)
	}
	if row.Content = strings.TrimSpace(row.Content); row.Content == "" || len(row.Content) > longestComment {
		return fault.Field("content", "Write 1 to %d characters.", longestComment)
	}
	if row.AnswerID == nil {
		return nil
	}
	err = j.checkAnswers(w, []AnswerComment{{AnswerID: *row.AnswerID}})
	return renamed(err, "", map[string]string{"comments": "answer_id"})
}
