package actions

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// answerFor returns the part of a value that answers the question, in one form: choices once each and in the order of
// the question, as many gaps as it has. It returns Invalid for options that the question does not offer.
func answerFor(q models.QuestionVersion, v models.AnswerValue) (models.AnswerValue, error) {
	body := q.Body.Data()
	switch q.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		return choicesFor(q.Type, body, v)
	case models.TrueOrFalse:
		return models.AnswerValue{Truth: v.Truth}, nil
	case models.FillBlanks:
		return gapsFor(body, v), nil
	case models.MatchFollowing:
		return pairsFor(body, v)
	default:
		return models.AnswerValue{Text: storable(strings.ReplaceAll(v.Text, "\r\n", "\n"))}, nil
	}
}

// storable replaces what PostgreSQL cannot keep in a text: a save that failed for it would fail again each time.
func storable(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", string(utf8.RuneError)), string(utf8.RuneError))
}

var errNotOffered = fault.New(fault.Invalid, "This is not one of the answers offered.")

func choicesFor(t models.QuestionType, body models.QuestionBody, v models.AnswerValue) (models.AnswerValue, error) {
	var taken []string
	for _, o := range body.Choices {
		if slices.Contains(v.Choices, o.ID) {
			taken = append(taken, o.ID)
		}
	}
	for _, c := range v.Choices {
		if !slices.Contains(taken, c) {
			return models.AnswerValue{}, errNotOffered
		}
	}
	if t == models.MultipleChoice && len(taken) > 1 {
		return models.AnswerValue{}, fault.New(fault.Invalid, "Choose one answer.")
	}
	return models.AnswerValue{Choices: taken}, nil
}

func gapsFor(body models.QuestionBody, v models.AnswerValue) models.AnswerValue {
	texts := make([]string, max(1, len(body.Gaps)))
	empty := true
	for i := range texts {
		if i < len(v.Gaps) {
			texts[i] = storable(v.Gaps[i])
		}
		empty = empty && texts[i] == ""
	}
	if empty {
		return models.AnswerValue{}
	}
	return models.AnswerValue{Gaps: texts}
}

func pairsFor(body models.QuestionBody, v models.AnswerValue) (models.AnswerValue, error) {
	offered := func(options []models.Option, id string) bool {
		return slices.ContainsFunc(options, func(o models.Option) bool { return o.ID == id })
	}
	pairs := map[string]string{}
	for left, right := range v.Pairs {
		if right == "" {
			continue
		}
		if !offered(body.Left, left) || !offered(body.Right, right) {
			return models.AnswerValue{}, errNotOffered
		}
		pairs[left] = right
	}
	if len(pairs) == 0 {
		return models.AnswerValue{}, nil
	}
	return models.AnswerValue{Pairs: pairs}, nil
}
