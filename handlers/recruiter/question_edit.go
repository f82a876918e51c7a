package recruiter

import (
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewQuestion asks for a type, and then for the question.
func (s Screens) NewQuestion(c echo.Context) error {
	kind := models.QuestionType(c.QueryParam("type"))
	if !kind.Valid() {
		chrome, err := web.Chrome(c, "Write a question")
		if err != nil {
			return err
		}
		return web.Page(c, views.QuestionTypesPage(views.QuestionTypes{Page: chrome}))
	}
	page, err := s.questionEditor(c, views.QuestionForm{Type: kind}, nil)
	if err != nil {
		return err
	}
	return web.Page(c, views.QuestionEditorPage(page))
}

// Question shows a question, to be read and changed.
func (s Screens) Question(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	question, err := s.ownQuestion(c, id)
	if err != nil {
		return err
	}
	tags, err := actions.QuestionTagsOf(s.DB.Read.WithContext(web.Context(c)), question.OrganizationID, []int64{id})
	if err != nil {
		return err
	}
	page, err := s.questionEditor(c, questionForm(question, tags[id]), &question)
	if err != nil {
		return err
	}
	return web.Page(c, views.QuestionEditorPage(page))
}

// questionEditor completes a form to the page around it. Question is what the bank holds, nil for a new one.
func (s Screens) questionEditor(c echo.Context, form views.QuestionForm, question *models.Question) (views.QuestionEditor, error) {
	title := "Write a question"
	page := views.QuestionEditor{}
	form.MayChange = access.Can(web.Actor(c), "question.create")
	if question != nil {
		title, form.ID, form.MayChange = question.Title, question.ID, access.Can(web.Actor(c), "question.update")
		page.Tabs = questionTabs(c, *question, "")
		var err error
		if page.Facts, err = s.questionFacts(c, *question); err != nil {
			return page, err
		}
	}
	chrome, err := web.Chrome(c, title)
	if err != nil {
		return page, err
	}
	chrome.Wide, chrome.Read = true, true
	if err := s.completeForm(c, &form); err != nil {
		return page, err
	}
	page.Page = chrome
	if page.Preview, err = s.previewForm(c, form); err != nil {
		return page, err
	}
	page.Form, err = s.signForm(c, form)
	return page, err
}

// completeForm adds empty rows and the names that can be chosen.
func (s Screens) completeForm(c echo.Context, form *views.QuestionForm) error {
	grow(form, c.FormValue("do"))
	skills, categories, _, err := s.questionNames(c)
	if err != nil {
		return err
	}
	for _, skill := range skills {
		form.KnownSkills = append(form.KnownSkills, skill.Name)
	}
	for _, category := range categories {
		form.KnownCategories = append(form.KnownCategories, category.Name)
	}
	return nil
}

// signForm signs the pictures of the texts that are edited, so that the editing areas show them.
func (s Screens) signForm(c echo.Context, form views.QuestionForm) (views.QuestionForm, error) {
	texts := []*string{&form.Content, &form.Hint, &form.Guidance, &form.Feedback}
	for i := range form.Choices {
		texts = append(texts, &form.Choices[i].HTML)
	}
	for i := range form.Pairs {
		texts = append(texts, &form.Pairs[i].Left, &form.Pairs[i].Right)
	}
	markups := make([]string, len(texts))
	for i, text := range texts {
		markups[i] = *text
	}
	sign, err := s.signTyped(c, markups...)
	if err != nil {
		return form, err
	}
	for _, text := range texts {
		*text = sign(*text)
	}
	return form, nil
}

func (s Screens) previewForm(c echo.Context, form views.QuestionForm) (views.QuestionPreview, error) {
	in, _ := questionInput(form) // what is typed wrongly is said on saving
	in = actions.Shown(in)
	markups := []string{in.Content, in.Hint, in.Guidance}
	for _, option := range slices.Concat(in.Body.Choices, in.Body.Left, in.Body.Right) {
		markups = append(markups, option.HTML)
	}
	sign, err := s.signTyped(c, markups...)
	if err != nil {
		return views.QuestionPreview{}, err
	}
	return shownQuestion(in, sign), nil
}

// PreviewQuestion answers with what is being written, as candidates will see it.
func (s Screens) PreviewQuestion(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	shown, err := s.previewForm(c, typedQuestion(values))
	if err != nil {
		return err
	}
	return web.Part(c, views.QuestionShown(shown))
}

// GrowQuestion answers with the form and one more row.
func (s Screens) GrowQuestion(c echo.Context) error {
	form, err := s.typed(c)
	if err != nil {
		return err
	}
	form.MayChange = true
	if err := s.completeForm(c, &form); err != nil {
		return err
	}
	if form, err = s.signForm(c, form); err != nil {
		return err
	}
	return web.Part(c, views.QuestionFormPart(form))
}

func (s Screens) typed(c echo.Context) (views.QuestionForm, error) {
	values, err := c.FormParams()
	if err != nil {
		return views.QuestionForm{}, fault.New(fault.Invalid, "The form could not be read.")
	}
	form := typedQuestion(values)
	if !form.Type.Valid() {
		return form, fault.Field("type", "Choose one of the question types.")
	}
	_, err = fmt.Sscan(values.Get("id"), &form.ID)
	if err != nil {
		form.ID = 0
	}
	return form, nil
}

// CreateQuestion adds a question to the bank.
func (s Screens) CreateQuestion(c echo.Context) error {
	form, err := s.typed(c)
	if err != nil {
		return err
	}
	if c.FormValue("do") != "" {
		return s.questionAgain(c, form, nil, nil)
	}
	create := actions.CreateQuestion{}
	if err := s.fillInput(c, form, &create.QuestionInput); err != nil {
		return s.questionAgain(c, form, nil, err)
	}
	if err := web.Run(c, &create); err != nil {
		return s.questionAgain(c, form, nil, err)
	}
	if err := web.SetFlash(c, "Added to the bank."); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/questions/%d", create.Question.ID))
}

// UpdateQuestion changes a question.
func (s Screens) UpdateQuestion(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	question, err := s.ownQuestion(c, id)
	if err != nil {
		return err
	}
	form, err := s.typed(c)
	if err != nil {
		return err
	}
	if c.FormValue("do") != "" {
		return s.questionAgain(c, form, &question, nil)
	}
	update := actions.UpdateQuestion{ID: id, Version: form.Version}
	if err := s.fillInput(c, form, &update.QuestionInput); err != nil {
		return s.questionAgain(c, form, &question, err)
	}
	if err := web.Run(c, &update); err != nil {
		return s.questionAgain(c, form, &question, err)
	}
	said := "Saved."
	if update.Question.Version != question.Version {
		said = fmt.Sprintf("Saved as version %d. Candidates keep the one on their paper.", update.Question.Version)
	}
	if err := web.SetFlash(c, said); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/questions/%d", id))
}

// fillInput turns the form into an action's input, with the picture that was sent along.
func (s Screens) fillInput(c echo.Context, form views.QuestionForm, in *actions.QuestionInput) error {
	read, bad := questionInput(form)
	if len(bad) > 0 {
		return fault.Refuse(bad)
	}
	*in = read
	file, err := c.FormFile("image")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || (err == nil && file.Size == 0) {
		return nil
	}
	if err != nil {
		return fault.Field("image", "The picture could not be read. Choose it again.")
	}
	picture, err := s.attach(c, file)
	if err != nil {
		return err
	}
	in.Content += `<p><img src="` + picture.Address + `" alt=""></p>`
	return nil
}

// questionAgain shows the form with what was typed: after a button that only changes the form, or when it was refused.
func (s Screens) questionAgain(c echo.Context, form views.QuestionForm, question *models.Question, cause error) error {
	fields, refused := web.Refused(cause)
	switch {
	case refused:
		form.Refused = fields
	case question != nil && fault.KindOf(cause) == fault.Conflict:
		form.Conflict = cause.Error()
	case cause != nil:
		return cause
	}
	page, err := s.questionEditor(c, form, question)
	if err != nil {
		return err
	}
	if cause == nil {
		return web.Page(c, views.QuestionEditorPage(page))
	}
	return web.Form(c, views.QuestionEditorPage(page))
}

// UploadQuestionImage stores a picture and answers with what to put into the text.
func (s Screens) UploadQuestionImage(c echo.Context) error {
	file, err := c.FormFile("image")
	if err != nil {
		return c.String(http.StatusUnprocessableEntity, "Choose a picture.")
	}
	picture, err := s.attach(c, file)
	if fields, refused := web.Refused(err); refused {
		for _, message := range fields {
			return c.String(http.StatusUnprocessableEntity, message)
		}
	}
	if err != nil {
		return err
	}
	return c.HTML(http.StatusOK, s.signPictures(`<img src="`+picture.Address+`" alt="`+html.EscapeString(picture.Name)+`"/>`))
}

func (s Screens) attach(c echo.Context, file *multipart.FileHeader) (*actions.AttachImage, error) {
	data, err := readPart(file)
	if err != nil {
		return nil, err
	}
	picture := &actions.AttachImage{UploadedFile: actions.UploadedFile{Name: file.Filename, Data: data}}
	return picture, web.Run(c, picture)
}

func readPart(file *multipart.FileHeader) ([]byte, error) {
	opened, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("open the upload: %w", err)
	}
	data, err := io.ReadAll(opened)
	if err := errors.Join(err, opened.Close()); err != nil {
		return nil, fmt.Errorf("read the upload: %w", err)
	}
	return data, nil
}

// questionTabs are the pages about one question; current is the last part of an address.
func questionTabs(c echo.Context, q models.Question, current string) []ui.Tab {
	tabs := []ui.Tab{
		{Label: "Question", Href: fmt.Sprintf("/questions/%d", q.ID), Current: current == ""},
		{Label: "Versions and uses", Href: fmt.Sprintf("/questions/%d/versions", q.ID), Count: fmt.Sprint(q.Version), Current: current == "versions"},
	}
	if q.Type.IsObjective() && access.Can(web.Actor(c), "attempt.rescore") {
		tabs = append(tabs, ui.Tab{Label: "Correct the key", Href: fmt.Sprintf("/questions/%d/key", q.ID), Current: current == "key"})
	}
	return tabs
}
