package candidate

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/scoring"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/labstack/echo/v4"
)

// itemOf is one question as this candidate sees it.
func itemOf(p part, a models.Answer, q models.QuestionVersion, now time.Time) views.QuestionItem {
	body, rules := q.Body.Data(), scoring.RulesFor(p.placed, q)
	item := views.QuestionItem{
		Position: a.Position, AnswerID: a.ID, Type: q.Type, Content: q.Content, Choices: a.InOrder(body.Choices),
		Left: body.Left, Right: a.InOrder(body.Right), Gaps: body.Gaps, Value: a.Value.Data(), Revision: a.Revision,
		Marked: a.IsMarked, Positive: rules.Positive, Negative: rules.Negative,
		IsPartial: rules.Multiple == models.PartialScoring && (q.Type == models.MultipleAnswer || q.Type == models.MatchFollowing),
	}
	if q.Hint != nil {
		item.Hint = *q.Hint
	}
	if until := actions.QuestionDeadline(p.placed, a); until != nil && !now.Before(*until) {
		item.Over, item.Final = true, true
	}
	if !p.placed.IsRetake && a.Status == models.AnswerCompleted && a.Position < p.attempt.Position {
		item.Final = true
	}
	return item
}

// answerForm reads the fields of a question's form, whatever its type: the action keeps what belongs to it.
func answerForm(c echo.Context) (models.AnswerValue, error) {
	sent, err := c.FormParams()
	if err != nil {
		return models.AnswerValue{}, fault.New(fault.Invalid, "The answer could not be read. Send it again.")
	}
	v := models.AnswerValue{Choices: sent["choice"], Text: sent.Get("text")}
	if truth, err := strconv.ParseBool(sent.Get("truth")); err == nil {
		v.Truth = &truth
	}
	for i := 0; sent.Has(fmt.Sprintf("gap%d", i)); i++ {
		v.Gaps = append(v.Gaps, sent.Get(fmt.Sprintf("gap%d", i)))
	}
	for name, value := range sent {
		if left, isPair := strings.CutPrefix(name, "pair-"); isPair {
			if v.Pairs == nil {
				v.Pairs = map[string]string{}
			}
			v.Pairs[left] = value[0]
		}
	}
	return v, nil
}
