package candidate

import (
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/views/forms"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// preForm is the form that a section asks for before it starts, and what the candidate sent of it.
type preForm struct {
	form   models.Form
	fields []models.AskedField
	filled *models.FormInstance
}

// PreForm asks what a section wants to know before it starts.
func (s Screens) PreForm(c echo.Context) error {
	p, pre, err := s.askedForm(c)
	if err != nil {
		return err
	}
	return s.showForm(c, p, pre, pre.values(), nil)
}

// SubmitPreForm keeps what was filled in.
func (s Screens) SubmitPreForm(c echo.Context) error {
	p, pre, err := s.askedForm(c)
	if err != nil {
		return err
	}
	uploads, done, err := web.Uploads(c, "file-")
	if err != nil {
		return err
	}
	defer done()
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
	err = web.Run(c, &actions.SubmitPreForm{AttemptID: p.attempt.ID, Values: values, Uploads: uploads})
	if fields, refused := web.Refused(err); refused {
		return s.showForm(c, p, pre, values, fields)
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, at(p, ""))
}

// askedForm loads the form of the section in the path; NotFound where nothing is asked.
func (s Screens) askedForm(c echo.Context) (part, preForm, error) {
	v, err := s.visit(c)
	if err != nil {
		return part{}, preForm{}, err
	}
	p, err := v.part(c)
	if err != nil {
		return p, preForm{}, err
	}
	pre, asked, err := s.preForm(c, p)
	if err != nil {
		return p, pre, err
	}
	if !asked {
		return p, pre, fault.Missing("form")
	}
	pre.fields, err = actions.FieldsOf(s.DB.Read.WithContext(web.Context(c)), pre.form)
	return p, pre, err
}

// preForm loads the form that is asked for before a section, without its fields.
func (s Screens) preForm(c echo.Context, p part) (pre preForm, asked bool, err error) {
	db := s.DB.Read.WithContext(web.Context(c))
	if pre.form, asked, err = actions.PreFormOf(db, p.section); err != nil || !asked || !pre.form.IsActive(s.DB.Clock.Now()) {
		return pre, false, err
	}
	var found []models.FormInstance
	err = db.Where("assessment_section_candidate_id = ? AND form_id = ? AND evaluation_id IS NULL", p.attempt.ID, pre.form.ID).
		Limit(1).Find(&found).Error
	if err != nil {
		return pre, false, fmt.Errorf("load the form: %w", err)
	}
	if len(found) == 1 {
		pre.filled = &found[0]
	}
	return pre, true, nil
}

// values are what was filled in, by field. Entries that came in over the API may have keys of their own.
func (pre preForm) values() map[string][]string {
	values := map[string][]string{}
	if pre.filled == nil {
		return values
	}
	for _, f := range pre.fields {
		for _, v := range pre.filled.Data {
			if (v.Key == f.ID || v.Name == f.Name) && v.Value != "" {
				values[f.ID] = f.Chosen(v.Value)
			}
		}
	}
	return values
}

const fileLinkLife = time.Hour

// keptFiles are the files that were sent with the form before, by field.
func (s Screens) keptFiles(c echo.Context, pre preForm, note string) (map[string]ui.Entry, error) {
	kept := map[string]ui.Entry{}
	if pre.filled == nil {
		return kept, nil
	}
	files, err := actions.FormFiles(s.DB.Read.WithContext(web.Context(c)), pre.filled.OrganizationID, []int64{pre.filled.ID})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		link, err := s.Actions.Files.SignedURL(f.Key, f.Name, s.DB.Clock.Now().Add(fileLinkLife))
		if err != nil {
			return nil, fmt.Errorf("sign a file's link: %w", err)
		}
		kept[f.FieldKey] = ui.Entry{Text: f.Name, Href: link, Term: note}
	}
	return kept, nil
}

func (s Screens) showForm(c echo.Context, p part, pre preForm, values map[string][]string, refused fault.Fields) error {
	chrome, err := page(c, titled(pre.form.Name))
	if err != nil {
		return err
	}
	kept, err := s.keptFiles(c, pre, chrome.Words.Form.Replace)
	if err != nil {
		return err
	}
	shown := views.FormPage(views.Form{Page: chrome, AttemptID: p.attempt.ID, Name: pre.form.Name, Sheet: forms.Sheet{
		Fields: pre.fields, Prefix: "field-", Files: "file-", Values: values, Kept: kept, Refused: refused, Large: true,
		Choose: chrome.Words.Form.Choose}})
	if refused != nil {
		return web.Form(c, shown)
	}
	return web.Page(c, shown)
}
