package recruiter

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// CopyQuestion makes a copy to be changed into another question.
func (s Screens) CopyQuestion(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	duplicate := actions.DuplicateQuestion{ID: id}
	if err := web.Run(c, &duplicate); err != nil {
		return err
	}
	if err := web.SetFlash(c, "This is the copy. Change what is different."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/questions/%d", duplicate.Question.ID))
}

// TagForm asks for the tags of the chosen questions, where no script opens the dialog.
func (s Screens) TagForm(c echo.Context) error {
	chosen := chosenQuestions(c.QueryParams())
	if len(chosen) == 0 {
		return s.backWith(c, fault.Field("id", "Choose at least one question."))
	}
	skills, categories, _, err := s.questionNames(c)
	if err != nil {
		return err
	}
	p := views.QuestionTagging{Chosen: chosen, Said: questionsWords(len(chosen))}
	for _, skill := range skills {
		p.Skills = append(p.Skills, skill.Name)
	}
	for _, category := range categories {
		p.Categories = append(p.Categories, category.Name)
	}
	if p.Page, err = web.Chrome(c, "Tag questions"); err != nil {
		return err
	}
	return web.Page(c, views.TagQuestionsPage(p))
}

// TagQuestions adds and takes away skills and categories of the chosen questions.
func (s Screens) TagQuestions(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	tag := actions.TagQuestions{IDs: chosenQuestions(values), AddSkills: names(values.Get("add_skills")), RemoveSkills: names(values.Get("remove_skills")),
		AddCategories: names(values.Get("add_categories")), RemoveCategories: names(values.Get("remove_categories"))}
	if err := web.Run(c, &tag); err != nil {
		return s.backWith(c, err)
	}
	if err := web.SetFlash(c, "Changed the tags of "+questionsWords(len(tag.IDs))+"."); err != nil {
		return err
	}
	if values.Has("alone") {
		return web.Redirect(c, "/questions")
	}
	return web.Back(c, "/questions")
}

// backWith shows a refused bulk act as a message over the list, which still stands.
func (s Screens) backWith(c echo.Context, cause error) error {
	fields, refused := web.Refused(cause)
	if !refused {
		return cause
	}
	for _, message := range fields {
		if err := web.SetFlash(c, message); err != nil {
			return err
		}
	}
	return web.Back(c, "/questions")
}

// DeleteQuestions hides the chosen questions, with a way back.
func (s Screens) DeleteQuestions(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	remove := actions.DeleteQuestions{IDs: chosenQuestions(values)}
	if err := web.Run(c, &remove); err != nil {
		return s.backWith(c, err)
	}
	undo := url.Values{}
	for _, id := range remove.IDs {
		undo.Add("id", strconv.FormatInt(id, 10))
	}
	said := "Deleted " + questionsWords(len(remove.IDs)) + ". Papers and open assessments keep them."
	if err := web.SetFlashUndo(c, said, "/questions/restorations?"+undo.Encode()); err != nil {
		return err
	}
	return web.Back(c, "/questions")
}

// RestoreQuestions takes a deletion back.
func (s Screens) RestoreQuestions(c echo.Context) error {
	restore := actions.RestoreQuestions{IDs: chosenQuestions(c.QueryParams())}
	if err := web.Run(c, &restore); err != nil {
		return err
	}
	if err := web.SetFlash(c, "Brought back "+questionsWords(len(restore.IDs))+"."); err != nil {
		return err
	}
	return web.Back(c, "/questions")
}

func questionsWords(n int) string {
	if n == 1 {
		return "1 question"
	}
	return ui.Number(n) + " questions"
}

// chosenQuestions returns the ids that boxes of a list sent; what is no number is left out.
func chosenQuestions(values url.Values) []int64 {
	var ids []int64
	for _, text := range values["id"] {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// ExportQuestions sends the chosen questions, or all that the filters leave, as a file.
func (s Screens) ExportQuestions(c echo.Context) error {
	var query questionQuery
	if err := web.Bind(c, &query); err != nil {
		return err
	}
	export := actions.ExportQuestions{Format: c.QueryParam("format"), Filter: query.QuestionFilter}
	if err := web.Run(c, &export); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="questions`+export.As.Extension+`"`)
	return c.Blob(200, export.As.MediaType, export.File)
}
