package panelist

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/panelist"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ShowEvaluation shows the candidate's answers beside the form.
func (s Screens) ShowEvaluation(c echo.Context) error {
	page, err := s.workspace(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.EvaluationPage(page))
}

// SaveDraft keeps what is filled in so far.
func (s Screens) SaveDraft(c echo.Context) error {
	input, form, err := evaluationInput(c)
	if err != nil {
		return err
	}
	revision, _ := strconv.ParseInt(form.Get("revision"), 10, 64)
	draft := actions.SaveEvaluationDraft{EvaluationInput: input, Revision: revision}
	err = web.Run(c, &draft)
	if !web.IsPart(c) {
		if err != nil {
			return err
		}
		return web.Redirect(c, fmt.Sprintf("/evaluations/%d", input.AssessmentSectionCandidateID))
	}
	if fields, refused := web.Refused(err); refused {
		return web.Part(c, views.Saved(ui.Kept, "Not saved: "+first(fields)))
	}
	if fault.KindOf(err) == fault.Conflict {
		return web.Part(c, views.Saved(ui.Kept, err.Error()))
	}
	if err != nil {
		return err
	}
	at := s.DB.Clock.Now().In(web.Zone(c)).Format("15:04")
	return web.Part(c, views.Saved(ui.Saved, "Draft saved "+at), views.Revision(draft.Revision, true))
}

func first(fields fault.Fields) string {
	for _, text := range fields {
		return text
	}
	return ""
}

// SubmitEvaluation gives the evaluation and leads to the next in the queue.
func (s Screens) SubmitEvaluation(c echo.Context) error {
	input, form, err := evaluationInput(c)
	if err != nil {
		return err
	}
	uploads, done, err := web.Uploads(c, "file-")
	if err != nil {
		return err
	}
	defer done()
	_, err = s.Actions.Record(web.Context(c), web.Actor(c), &actions.Evaluate{EvaluationInput: input, Uploads: uploads})
	if fields, refused := web.Refused(err); refused {
		return s.submitAgain(c, form, fields)
	}
	if err != nil {
		return err
	}
	next, name, err := s.nextTask(c, input.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	if err := web.SetFlash(c, "Your evaluation of "+name+" is in."); err != nil {
		return err
	}
	return web.Redirect(c, next)
}

func (s Screens) submitAgain(c echo.Context, form url.Values, fields fault.Fields) error {
	page, err := s.workspace(c)
	if err != nil {
		return err
	}
	page.Fill(form)
	page.Refuse(fields)
	return web.Form(c, views.EvaluationPage(page))
}

// evaluationInput reads the form: "rating-", "text-", "note-" and "form-" fields carry the id they are about.
func evaluationInput(c echo.Context) (actions.EvaluationInput, url.Values, error) {
	attempt, err := web.ID(c, "id")
	if err != nil {
		return actions.EvaluationInput{}, nil, err
	}
	form, err := c.FormParams()
	if err != nil {
		return actions.EvaluationInput{}, nil, fault.New(fault.Invalid, "The form could not be read.")
	}
	in := actions.EvaluationInput{AssessmentSectionCandidateID: attempt, FormData: actions.FormData{},
		Recommendation: models.Recommendation(form.Get("recommendation")), EvaluationComment: form.Get("comment")}
	for name, values := range form {
		kind, rest, ok := strings.Cut(name, "-")
		if !ok || strings.TrimSpace(values[0]) == "" {
			continue
		}
		if kind == "form" {
			in.FormData[rest] = strings.Join(values, models.ChoiceJoint)
			continue
		}
		id, err := strconv.ParseInt(rest, 10, 64)
		if err != nil {
			continue
		}
		switch kind {
		case "rating":
			if n, err := strconv.ParseFloat(values[0], 64); err == nil {
				in.Rating = append(in.Rating, actions.RatingInput{ParameterID: id, Rating: &n})
			}
		case "text":
			in.Rating = append(in.Rating, actions.RatingInput{ParameterID: id, Text: values[0]})
		case "note":
			in.Comments = append(in.Comments, actions.AnswerComment{AnswerID: id, Content: values[0]})
		}
	}
	return in, form, nil
}
