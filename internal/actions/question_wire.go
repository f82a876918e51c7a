package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// mostWireChoices is how many choices the documented members hold.
const mostWireChoices = 5

// WriteQuestion writes a question from the documented members: choice_1 to choice_5, correct_choice with the numbers of
// the right ones in a row (13 for the first and the third), leftList, rightList and matchMap. Choices of a question with
// gaps are the texts accepted in its first gap. What is not named stays as it is, tags included.
type WriteQuestion struct {
	ID     int64 // 0 for a new one; afterwards the question's
	Values resource.Values
}

// Grant implements Action.
func (a *WriteQuestion) Grant() access.Grant {
	if a.ID == 0 {
		return "question.create"
	}
	return "question.update"
}

// Validate implements Action.
func (a *WriteQuestion) Validate() error { return nil } // the input is complete only beside the question as it is

// Perform implements Action.
func (a *WriteQuestion) Perform(ctx context.Context, w *Work) error {
	if a.ID == 0 {
		return a.create(ctx, w)
	}
	question, err := ownQuestion(w, a.ID)
	if err != nil {
		return err
	}
	before := InputOf(question)
	in := before
	if err := a.put(&in); err != nil {
		return err
	}
	if question.Type != in.Type {
		return fault.Field("type", "A question keeps its type. Write a new one instead.")
	}
	a.extras(&question)
	if err := revise(w, &question, in); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "update-question", SubjectType: "question", SubjectID: question.ID, Before: before, After: in,
		Detail: map[string]any{"title": question.Title, "version": question.Version}})
}

func (a *WriteQuestion) create(ctx context.Context, w *Work) error {
	step := &CreateQuestion{}
	if err := a.put(&step.QuestionInput); err != nil {
		return err
	}
	if err := w.Also(ctx, step); err != nil {
		return err
	}
	a.ID = step.Question.ID
	if !a.extras(&step.Question) {
		return nil
	}
	if err := w.Own().Model(&step.Question).Select("test_case", "tag_data").Updates(&step.Question).Error; err != nil {
		return fmt.Errorf("keep what belongs to the question: %w", err)
	}
	return nil
}

// extras takes over what the program keeps for a question as it came. It tells whether there was any.
func (a *WriteQuestion) extras(q *models.Question) (any bool) {
	for name, to := range map[string]*datatypes.JSON{"testCase": &q.TestCase, "tagData": &q.TagData} {
		if raw, set := a.Values[name]; set {
			any, *to = true, nil
			if raw != nil {
				*to = datatypes.JSON(raw.(json.RawMessage))
			}
		}
	}
	return any
}

// put lays the members over what the question was made from.
func (a *WriteQuestion) put(in *QuestionInput) error {
	bad := fault.Fields{}
	if value, set := a.Values["content"]; set {
		wording, ok := wordingIn(value)
		if in.Content = wording; !ok {
			bad["content"] = "This must be a text."
		}
	}
	texts := map[string]*string{"title": &in.Title, "hint": &in.Hint, "external_id": &in.ExternalID}
	for name, to := range texts {
		if value, set := a.Values[name]; set {
			*to, _ = value.(string)
		}
	}
	if value, set := a.Values["type"]; set {
		text, _ := value.(string)
		in.Type = models.QuestionType(text)
	}
	if value, set := a.Values["randomizeChoice"]; set {
		in.RandomizeChoice, _ = value.(bool)
	}
	switch in.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		a.putChoices(in, bad)
	case models.TrueOrFalse:
		if number, set := a.Values["correct_choice"].(int64); set {
			if truth := number == 1; truth || number == 2 {
				in.Key.Truth = &truth
			} else {
				bad["correct_choice"] = "Write 1 for true, or 2 for false."
			}
		}
	case models.FillBlanks:
		a.putGap(in)
	case models.MatchFollowing:
		a.putLists(in, bad)
	}
	for name, problem := range in.problems() {
		bad[wireName(name)] = problem
	}
	return fault.Refuse(bad)
}

// wordingIn reads what a question asks: a text, or both renderings as reading the question gives them.
func wordingIn(value any) (wording string, ok bool) {
	raw, _ := value.(json.RawMessage)
	if raw == nil || json.Unmarshal(raw, &wording) == nil {
		return wording, true
	}
	var renderings map[string]string
	err := json.Unmarshal(raw, &renderings)
	wording, ok = renderings["text/html"]
	return wording, ok && err == nil
}

// wireName is what a body calls a part of the input.
func wireName(name string) string {
	switch name {
	case "choices", "gaps":
		return "choice_1"
	case "pairs":
		return "matchMap"
	}
	return name
}

func (a *WriteQuestion) choice(n int) (text string, set bool) {
	value, set := a.Values["choice_"+strconv.Itoa(n)]
	text, _ = value.(string)
	return text, set
}

// putChoices keeps the option of a place when its text changes, so that what was answered stays answered.
func (a *WriteQuestion) putChoices(in *QuestionInput, bad fault.Fields) {
	choices := slices.Clone(in.Body.Choices)
	for n := 1; n <= mostWireChoices; n++ {
		text, set := a.choice(n)
		switch {
		case !set:
		case n <= len(choices):
			choices[n-1].HTML = text
		case text != "":
			choices = append(choices, models.Option{ID: freeOption(choices), HTML: text})
		}
	}
	choices = slices.DeleteFunc(choices, func(o models.Option) bool { return strings.TrimSpace(o.HTML) == "" })
	in.Body.Choices = choices
	number, set := a.Values["correct_choice"].(int64)
	if !set {
		return
	}
	in.Key.Correct = nil
	for _, digit := range strconv.FormatInt(number, 10) {
		n := int(digit - '0')
		if n < 1 || n > len(choices) {
			bad["correct_choice"] = "Write the numbers of the right choices in a row, such as 2, or 13 for the first and the third."
			return
		}
		in.Key.Correct = append(in.Key.Correct, choices[n-1].ID)
	}
}

func freeOption(taken []models.Option) string {
	for id := 'a'; ; id++ {
		if !slices.ContainsFunc(taken, func(o models.Option) bool { return o.ID == string(id) }) {
			return string(id)
		}
	}
}

func (a *WriteQuestion) putGap(in *QuestionInput) {
	var accepted []string
	any := false
	for n := 1; n <= mostWireChoices; n++ {
		text, set := a.choice(n)
		any = any || set
		if strings.TrimSpace(text) != "" {
			accepted = append(accepted, text)
		}
	}
	if !any {
		return
	}
	if len(in.Key.Gaps) == 0 {
		in.Key.Gaps, in.Body.Gaps = make([]models.GapKey, 1), make([]models.BlankSpec, 1)
	}
	in.Key.Gaps[0].Accepted = accepted
}

// putLists reads lists of texts, or of {id, text}, and a map from left to right by number or by id.
func (a *WriteQuestion) putLists(in *QuestionInput, bad fault.Fields) {
	for name, to := range map[string]*[]models.Option{"leftList": &in.Body.Left, "rightList": &in.Body.Right} {
		raw, set := a.Values[name].(json.RawMessage)
		if !set {
			continue
		}
		options, err := optionsIn(raw, name[:1])
		if err != nil {
			bad[name] = err.Error()
			continue
		}
		*to = options
	}
	raw, set := a.Values["matchMap"].(json.RawMessage)
	if !set {
		return
	}
	var pairs map[string]string
	if err := json.Unmarshal(raw, &pairs); err != nil {
		bad["matchMap"] = "Write an object that leads from ids of the left list to ids of the right list."
		return
	}
	for left, right := range pairs {
		if !hasOption(in.Body.Left, left) || !hasOption(in.Body.Right, right) {
			bad["matchMap"] = "A pair names an entry that is in neither list."
		}
	}
	in.Key.Pairs = pairs
}

func hasOption(options []models.Option, id string) bool {
	return slices.ContainsFunc(options, func(o models.Option) bool { return o.ID == id })
}

func optionsIn(raw json.RawMessage, prefix string) ([]models.Option, error) {
	var texts []string
	if err := json.Unmarshal(raw, &texts); err == nil {
		options := make([]models.Option, len(texts))
		for i, text := range texts {
			options[i] = models.Option{ID: prefix + strconv.Itoa(i+1), HTML: text}
		}
		return options, nil
	}
	var options []models.Option
	if err := json.Unmarshal(raw, &options); err != nil {
		return nil, fault.New(fault.Invalid, "Write a list of texts, or of objects with id and html.")
	}
	return options, nil
}
