package recruiter

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/datatypes"
)

// QuestionKey asks for the right key of a question that candidates answered under a wrong one.
func (s Screens) QuestionKey(c echo.Context) error {
	page, question, err := s.keyPage(c)
	if err != nil {
		return err
	}
	page.fillKey(question.Body.Data(), question.Key.Data())
	return web.Page(c, views.QuestionKeyPage(page.QuestionKey))
}

// CorrectKey replaces the key and leads to the progress of scoring anew.
func (s Screens) CorrectKey(c echo.Context) error {
	page, question, err := s.keyPage(c)
	if err != nil {
		return err
	}
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	page.Reason = strings.TrimSpace(values.Get("reason"))
	key, bad := typedKey(question, values)
	if page.Reason == "" {
		bad["reason"] = "Say what was wrong: it stands in the audit log."
	}
	page.fillKey(question.Body.Data(), key)
	if len(bad) > 0 {
		page.Refused = bad
		return web.Form(c, views.QuestionKeyPage(page.QuestionKey))
	}
	row, err := s.Actions.Record(web.Context(c), web.Actor(c), &actions.CorrectKey{QuestionID: question.ID, Key: key, Reason: page.Reason})
	if fields, refused := web.Refused(err); refused {
		page.Refused = fields
		return web.Form(c, views.QuestionKeyPage(page.QuestionKey))
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, views.ActionHref(row.ID))
}

// keyForm adds to the page how a key is put into it.
type keyForm struct{ views.QuestionKey }

func (s Screens) keyPage(c echo.Context) (keyForm, models.Question, error) {
	page := keyForm{}
	id, err := web.ID(c, "id")
	if err != nil {
		return page, models.Question{}, err
	}
	question, err := s.ownQuestion(c, id)
	if err != nil {
		return page, question, err
	}
	if !question.Type.IsObjective() {
		return page, question, fault.Missing("key")
	}
	var papers int64
	err = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Model(&models.Answer{}).Where("question_id = ?", id).Count(&papers).Error
	if err != nil {
		return page, question, fmt.Errorf("count papers: %w", err)
	}
	page.QuestionKey = views.QuestionKey{ID: id, Type: question.Type, Papers: int(papers), Tabs: questionTabs(c, question, "key"),
		Content: s.signPictures(question.Content)}
	page.Page, err = web.Chrome(c, question.Title)
	page.Page.Read = true
	return page, question, err
}

func (p *keyForm) fillKey(body models.QuestionBody, key models.AnswerKey) {
	form := questionForm(models.Question{Type: p.Type, Body: datatypes.NewJSONType(body), Key: datatypes.NewJSONType(key)}, actions.QuestionTags{})
	p.Truth, p.Gaps = form.Truth, form.Gaps
	for _, choice := range form.Choices {
		p.Choices = append(p.Choices, views.ChoiceField{ID: choice.ID, HTML: questionbank.PlainText(choice.HTML), Correct: choice.Correct})
	}
	for _, left := range body.Left {
		p.Pairs = append(p.Pairs, views.KeyPair{ID: left.ID, Left: questionbank.PlainText(left.HTML), Right: key.Pairs[left.ID]})
	}
	for _, right := range body.Right {
		p.Rights = append(p.Rights, ui.Option{Value: right.ID, Label: questionbank.PlainText(right.HTML)})
	}
}

// typedKey reads the key as it was typed for the question's type.
func typedKey(q models.Question, v url.Values) (models.AnswerKey, fault.Fields) {
	key, bad := models.AnswerKey{}, fault.Fields{}
	switch q.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		key.Correct = v["correct"]
	case models.TrueOrFalse:
		if text := v.Get("truth"); text != "" {
			truth := text == "true"
			key.Truth = &truth
		}
	case models.FillBlanks:
		in := actions.QuestionInput{}
		gapsInput(&in, typedQuestion(v).Gaps, bad)
		key.Gaps = in.Key.Gaps
		if len(key.Gaps) != len(q.Key.Data().Gaps) {
			bad["gaps"] = "Give an accepted answer for every gap."
		}
	case models.MatchFollowing:
		key.Pairs = map[string]string{}
		for _, left := range q.Body.Data().Left {
			if right := v.Get("pair-" + left.ID); right != "" {
				key.Pairs[left.ID] = right
			}
		}
	}
	return key, bad
}
