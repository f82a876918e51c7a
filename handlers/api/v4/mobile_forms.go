package v4

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mobileForm is a form that a section asks for before it starts.
type mobileForm struct {
	ID             int64             `json:"id"`
	Name           string            `json:"name"`
	Structure      []models.FormPart `json:"structure"`
	URL            *string           `json:"url"`
	Type           models.FormType   `json:"type"`
	Status         int               `json:"status"`
	StartDate      *time.Time        `json:"start_date"`
	EndDate        *time.Time        `json:"end_date"`
	IsPublic       bool              `json:"is_public"`
	ArticleID      *int64            `json:"article_id"`
	CustomURL      *string           `json:"custom_url"`
	PositionID     *int64            `json:"position_id"`
	OrganizationID int64             `json:"organization_id"`
	IsEditable     bool              `json:"is_editable"`
}

// formSubmission is what a candidate filled into a form.
type formSubmission struct {
	ID              int64                     `json:"id"`
	Status          models.FormInstanceStatus `json:"status"`
	FormID          int64                     `json:"form_id"`
	Data            []models.FormValue        `json:"data"`
	SectionID       *int64                    `json:"assessment_section_id"`
	ParticipationID *int64                    `json:"assessment_candidate_id"`
	AttemptID       *int64                    `json:"assessment_section_candidate_id"`
}

// submissionBody fills a form in. An entry belongs to the field with its key as id, or else with its name; a field with
// several answers has an entry for each. The value of a field that asks for a file is the id of a file that the candidate
// handed in by /mobile/file-upload; any other value keeps the file that is there.
type submissionBody struct {
	FormID int64              `json:"form_id" needs:"yes"`
	Data   []models.FormValue `json:"data" needs:"yes"`
}

func (a API) candidateFormOperations() []operation {
	list, one := append([]parameter{idParameter, fieldsParameter}, pageParameters...), []parameter{fieldsParameter}
	const submissions = "/mobile/form-submission"
	return []operation{
		{method: http.MethodGet, path: "/mobile/form", grant: attends, do: a.mobileForms, status: http.StatusOK, query: list, gives: []mobileForm{},
			about: "The forms that the signed-in candidate's sections ask for."},
		{method: http.MethodGet, path: "/mobile/form/{id}", grant: attends, do: a.mobileForm, status: http.StatusOK, query: one, gives: mobileForm{},
			about: "One form that a section of the signed-in candidate asks for."},
		{method: http.MethodGet, path: submissions, grant: attends, do: a.submissions, status: http.StatusOK, query: list, gives: []formSubmission{},
			about: "What the signed-in candidate filled into forms."},
		{method: http.MethodGet, path: submissions + "/{id}", grant: attends, do: a.submission, status: http.StatusOK, query: one, gives: formSubmission{},
			about: "One form that the signed-in candidate filled in."},
		{method: http.MethodPost, path: submissions, grant: attends, do: a.submitForm, status: http.StatusCreated, query: one, takes: submissionBody{},
			gives: formSubmission{}, about: "Fills a form in before its section starts. 200 when that replaces what was sent before. The value for a file is " +
				"the id that /mobile/file-upload answered."},
		{method: http.MethodDelete, path: submissions + "/{id}", grant: attends, do: a.withdrawForm, status: http.StatusNoContent,
			about: "Takes back what was filled in, before the section starts."},
	}
}

// formsOf returns the forms of the candidate's sections, in the order of the sections.
func (a API) formsOf(c echo.Context) (attendance, []models.Form, error) {
	at, err := a.attendance(c)
	if err != nil {
		return at, nil, err
	}
	var ids []int64
	for _, s := range at.sittings {
		if s.section.FormID != nil && !slices.Contains(ids, *s.section.FormID) {
			ids = append(ids, *s.section.FormID)
		}
	}
	var forms []models.Form
	err = a.DB.Read.WithContext(web.Context(c)).Where("id IN ? AND organization_id = ? AND NOT is_deleted", ids, at.organization.ID).Find(&forms).Error
	if err != nil {
		return at, nil, fmt.Errorf("load forms: %w", err)
	}
	slices.SortFunc(forms, func(x, y models.Form) int { return slices.Index(ids, x.ID) - slices.Index(ids, y.ID) })
	return at, forms, nil
}

func shownForm(f models.Form) mobileForm {
	return mobileForm{ID: f.ID, Name: f.Name, Structure: f.Structure, URL: f.URL, Type: f.Type, Status: f.Status, StartDate: f.StartDate,
		EndDate: f.EndDate, IsPublic: f.IsPublic, ArticleID: f.ArticleID, CustomURL: f.CustomURL, PositionID: f.PositionID,
		OrganizationID: f.OrganizationID, IsEditable: f.IsEditable}
}

func (a API) mobileForms(c echo.Context) error {
	_, forms, err := a.formsOf(c)
	if err != nil {
		return err
	}
	return showList(c, mapped(forms, shownForm), func(f mobileForm) int64 { return f.ID })
}

func (a API) mobileForm(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	_, forms, err := a.formsOf(c)
	if err != nil {
		return err
	}
	for _, f := range forms {
		if f.ID == id {
			return showOne(c, http.StatusOK, shownForm(f))
		}
	}
	return fault.Missing("form")
}

// ownSubmissions returns what the candidate filled in, not what others filled in about the candidate.
func (a API) ownSubmissions(c echo.Context) ([]formSubmission, error) {
	var rows []models.FormInstance
	err := a.DB.Read.WithContext(web.Context(c)).Where("assessment_candidate_id = ? AND evaluation_id IS NULL AND assessment_section_candidate_id IS NOT NULL",
		web.Actor(c).AssessmentCandidateID).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load forms that were filled in: %w", err)
	}
	return mapped(rows, shownSubmission), nil
}

func shownSubmission(f models.FormInstance) formSubmission {
	return formSubmission{f.ID, f.Status, f.FormID, f.Data, f.AssessmentSectionID, f.AssessmentCandidateID, f.AssessmentSectionCandidateID}
}

func (a API) submissions(c echo.Context) error {
	all, err := a.ownSubmissions(c)
	if err != nil {
		return err
	}
	return showList(c, all, func(s formSubmission) int64 { return s.ID })
}

func (a API) submission(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	all, err := a.ownSubmissions(c)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == id {
			return showOne(c, http.StatusOK, s)
		}
	}
	return fault.Missing("form submission")
}

// submitForm keeps what was filled in by the action of the pages.
func (a API) submitForm(c echo.Context) error {
	var in submissionBody
	b, err := takeBody(c, &in)
	if err != nil {
		return err
	}
	bad := fault.Fields{}
	for _, name := range []string{"form_id", "data"} {
		if raw := b.fields[name]; len(raw) == 0 || string(raw) == "null" {
			bad[name] = "This is needed."
		}
	}
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	at, forms, err := a.formsOf(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(forms, func(f models.Form) bool { return f.ID == in.FormID })
	if i < 0 {
		return fault.Field("form_id", "No section of yours asks for this form.")
	}
	submit := submissionOf(forms[i], in.Data)
	submit.AttemptID = at.asksFor(in.FormID)
	if err := web.Run(c, &submit); err != nil {
		return err
	}
	status := http.StatusCreated
	if submit.Replaced {
		status = http.StatusOK
	} else {
		c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/%d", c.Request().URL.Path, submit.Instance.ID))
	}
	return showOne(c, status, shownSubmission(submit.Instance))
}

// asksFor returns the attempt whose section asks for a form: the first that was not started, for it can still take it.
func (at attendance) asksFor(formID int64) int64 {
	var found int64
	for _, s := range at.sittings {
		if s.section.FormID == nil || *s.section.FormID != formID {
			continue
		}
		if !s.attempt.IsStarted() {
			return s.attempt.ID
		}
		found = s.attempt.ID
	}
	return found
}

// submissionOf sorts entries by the fields of the form they belong to. Those of no field are left out.
func submissionOf(f models.Form, data []models.FormValue) actions.SubmitPreForm {
	submit := actions.SubmitPreForm{Values: map[string][]string{}, Keys: map[string]string{}, Files: map[string]int64{}}
	fields := f.Ask(nil)
	for _, entry := range data {
		i := slices.IndexFunc(fields, func(field models.AskedField) bool { return field.ID == entry.Key })
		if i < 0 {
			i = slices.IndexFunc(fields, func(field models.AskedField) bool { return field.Name == entry.Name })
		}
		if i < 0 {
			continue
		}
		id := fields[i].ID
		submit.Keys[id] = entry.Key
		if file, err := strconv.ParseInt(entry.Value, 10, 64); err == nil && fields[i].Type == "file" {
			submit.Files[id] = file
			continue
		}
		if entry.Value != "" {
			submit.Values[id] = append(submit.Values[id], entry.Value)
		}
	}
	return submit
}

func (a API) withdrawForm(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.WithdrawPreForm{InstanceID: id}); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
