package recruiter

import (
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewCandidate shows the form for adding a candidate.
func (s Screens) NewCandidate(c echo.Context) error {
	page, err := s.candidateForm(c, models.Candidate{}, nil)
	if err != nil {
		return err
	}
	return web.Page(c, views.CandidateFormPage(page))
}

// CreateCandidate adds a candidate.
func (s Screens) CreateCandidate(c echo.Context) error {
	var a actions.CreateCandidate
	if err := bindCandidate(c, &a.CandidateInput); err != nil {
		return err
	}
	if err := web.Run(c, &a); err != nil {
		return s.candidateAgain(c, 0, a.CandidateInput, err)
	}
	if err := web.SetFlash(c, "Added "+a.Candidate.Name()+"."); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(a.Candidate.ID))
}

// EditCandidate shows the form for changing what is known of a candidate.
func (s Screens) EditCandidate(c echo.Context) error {
	candidate, err := s.ownCandidate(c)
	if err != nil {
		return err
	}
	page, err := s.candidateForm(c, candidate, nil)
	if err != nil {
		return err
	}
	return web.Page(c, views.CandidateFormPage(page))
}

// UpdateCandidate changes what is known of a candidate.
func (s Screens) UpdateCandidate(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.UpdateCandidate{ID: id}
	if err := bindCandidate(c, &a.CandidateInput); err != nil {
		return err
	}
	if err := web.Run(c, &a); err != nil {
		return s.candidateAgain(c, id, a.CandidateInput, err)
	}
	if err := web.SetFlash(c, "Saved "+a.Candidate.Name()+"."); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id))
}

func bindCandidate(c echo.Context, in *actions.CandidateInput) error {
	if err := web.Bind(c, in); err != nil {
		return err
	}
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	in.CF = customValues(values)
	return nil
}

// customValues returns the values of custom fields that a form sends as "cf." and the field's key.
func customValues(values url.Values) map[string]any {
	found := map[string]any{}
	for name := range values {
		if key, is := strings.CutPrefix(name, "cf."); is {
			found[key] = values.Get(name)
		}
	}
	return found
}

func (s Screens) candidateForm(c echo.Context, candidate models.Candidate, refused fault.Fields) (views.CandidateForm, error) {
	title := "Add a candidate"
	if candidate.ID != 0 {
		title = "Edit " + candidate.Name()
	}
	chrome, err := web.Chrome(c, title)
	if err != nil {
		return views.CandidateForm{}, err
	}
	fields, err := s.customFields(c)
	return views.CandidateForm{Page: chrome, Candidate: candidate, Fields: fields, Refused: refused}, err
}

// candidateAgain shows the form with what was typed.
func (s Screens) candidateAgain(c echo.Context, id int64, in actions.CandidateInput, cause error) error {
	refused, ok := web.Refused(cause)
	if !ok {
		return cause
	}
	typed := models.Candidate{Row: models.Row{ID: id}, Email: in.Email, FirstName: in.FirstName, MiddleName: &in.MiddleName,
		LastName: &in.LastName, Phone: &in.Phone, ExternalID: &in.ExternalID, Industry: &in.Industry, Bio: &in.Bio,
		TimeZone: in.TimeZone, CF: in.CF}
	page, err := s.candidateForm(c, typed, refused)
	if err != nil {
		return err
	}
	return web.Form(c, views.CandidateFormPage(page))
}
