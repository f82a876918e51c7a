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
	values, err := s.formValues(c, p)
	if err != nil {
		return err
	}
	return s.showForm(c, p, form, values, nil)
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

// formValues returns what was filled into a section's form, by field; nil when it was not sent yet.
func (s Screens) formValues(c echo.Context, p part) (map[string][]string, error) {
	var instances []models.FormInstance
	err := s.DB.Read.WithContext(web.Context(c)).Where("assessment_section_candidate_id = ? AND evaluation_id IS NULL", p.attempt.ID).
		Limit(1).Find(&instances).Error
	if err != nil {
		return nil, fmt.Errorf("load the form: %w", err)
	}
	if len(instances) == 0 {
		return nil, nil
	}
	values := map[string][]string{}
	for _, v := range instances[0].Data {
		values[v.Key] = []string{v.Value}
	}
	return values, nil
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
