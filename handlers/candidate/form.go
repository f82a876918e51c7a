package candidate

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// PreForm asks what a section wants to know before it starts.
func (s Screens) PreForm(c echo.Context) error {
	p, form, err := s.preForm(c)
	if err != nil {
		return err
	}
	filled, err := s.formValues(c, p)
	if err != nil {
		return err
	}
	return s.showForm(c, p, form, byField(form, filled), nil)
}

// SubmitPreForm keeps what was filled in.
func (s Screens) SubmitPreForm(c echo.Context) error {
	p, form, err := s.preForm(c)
	if err != nil {
		return err
	}
	sent, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read. Send it again.")
	}
	values := map[string][]string{}
	for name, v := range sent {
		if id, isField := strings.CutPrefix(name, "field-"); isField {
			values[id] = v
		}
	}
	if err := web.Run(c, &actions.SubmitPreForm{AttemptID: p.attempt.ID, Values: values}); err != nil {
		if fields, refused := web.Refused(err); refused {
			return s.showForm(c, p, form, values, fields)
		}
		return err
	}
	return web.Redirect(c, at(p, ""))
}

func (s Screens) preForm(c echo.Context) (part, models.Form, error) {
	var form models.Form
	v, err := s.visit(c)
	if err != nil {
		return part{}, form, err
	}
	p, err := v.part(c)
	if err != nil {
		return p, form, err
	}
	if p.section.FormID == nil {
		return p, form, fault.Missing("form")
	}
	err = s.DB.Read.WithContext(web.Context(c)).Where("organization_id = ? AND NOT is_deleted", p.attempt.OrganizationID).
		First(&form, *p.section.FormID).Error
	return p, form, database.Fault(err, "form")
}

// formValues returns what was filled into a section's form; nil when it was not sent yet.
func (s Screens) formValues(c echo.Context, p part) ([]models.FormValue, error) {
	var instances []models.FormInstance
	err := s.DB.Read.WithContext(web.Context(c)).Where("assessment_section_candidate_id = ? AND evaluation_id IS NULL", p.attempt.ID).
		Limit(1).Find(&instances).Error
	if err != nil {
		return nil, fmt.Errorf("load the form: %w", err)
	}
	if len(instances) == 0 {
		return nil, nil
	}
	return append([]models.FormValue{}, instances[0].Data...), nil
}

// byField sorts what was filled in by the ids of the fields. Entries that came in over the API may have keys of their own.
func byField(form models.Form, filled []models.FormValue) map[string][]string {
	values := map[string][]string{}
	for _, field := range actions.FieldsOf(form) {
		for _, v := range filled {
			if v.Key == field.ID || v.Name == field.Name {
				values[field.ID] = []string{v.Value}
			}
		}
	}
	return values
}

func (s Screens) showForm(c echo.Context, p part, form models.Form, values map[string][]string, refused fault.Fields) error {
	chrome, err := page(c, titled(form.Name))
	if err != nil {
		return err
	}
	shown := views.FormPage(views.Form{Page: chrome, AttemptID: p.attempt.ID, Name: form.Name, Fields: actions.FieldsOf(form),
		Values: values, Refused: refused})
	if refused != nil {
		return web.Form(c, shown)
	}
	return web.Page(c, shown)
}
