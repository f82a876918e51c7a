package admin

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/views/forms"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewForm is the builder with an empty form; ?type= says of which type.
func (s Screens) NewForm(c echo.Context) error {
	kind := models.FormType(number(c.QueryParam("type")))
	if !kind.Valid() {
		kind = models.FormTypes[0]
	}
	draft := views.FormDraft{Type: kind, IsEditable: true}
	draft.AddPart()
	return s.formPage(c, draft, nil)
}

// Form is the builder with a form as it is stored.
func (s Screens) Form(c echo.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	return s.formPage(c, views.DraftOf(form, web.Zone(c)), nil)
}

// CreateForm keeps a new form.
func (s Screens) CreateForm(c echo.Context) error {
	return s.saveForm(c, views.FormDraft{IsEditable: true})
}

// UpdateForm keeps the changes to a form.
func (s Screens) UpdateForm(c echo.Context) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	return s.saveForm(c, views.FormDraft{ID: form.ID, IsEditable: form.IsEditable})
}

// saveForm stores what was typed, or, for a button that adds, moves or removes something, shows it changed so.
func (s Screens) saveForm(c echo.Context, draft views.FormDraft) error {
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read. Send it again.")
	}
	typeForm(&draft, values)
	if do := values.Get("do"); do != "" {
		draft.Do(do)
		return s.formPage(c, draft, nil)
	}
	save := actions.SaveForm{ID: draft.ID, Name: draft.Name, Type: draft.Type, Parts: draft.Structure()}
	bad := fault.Fields{}
	save.StartDate, save.EndDate = typedDay(c, draft.From, "start_date", 0, bad), typedDay(c, draft.Until, "end_date", 1, bad)
	err = fault.Refuse(bad)
	if err == nil {
		err = web.Run(c, &save)
	}
	if refused, again := web.Refused(err); again {
		return s.formPage(c, draft, refused)
	}
	if err != nil {
		return err
	}
	return done(c, "Saved “"+save.Form.Name+"”.", fmt.Sprintf("/admin/forms/%d", save.Form.ID))
}

// typedDay reads a day as the moment it begins in the viewer's zone, or days later.
func typedDay(c echo.Context, text, field string, later int, bad fault.Fields) *time.Time {
	if text == "" {
		return nil
	}
	day, err := models.ReadDay(text, web.Zone(c))
	if err != nil {
		bad[field] = messageOf(err)
		return nil
	}
	day = day.AddDate(0, 0, later).UTC()
	return &day
}

// PreviewForm answers the form as it is being made, as those see it who fill it in.
func (s Screens) PreviewForm(c echo.Context) error {
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	draft := views.FormDraft{}
	typeForm(&draft, values)
	sheet, err := s.formSheet(c, draft)
	if err != nil {
		return err
	}
	return web.Part(c, views.FormPreview(draft, sheet))
}

func (s Screens) formPage(c echo.Context, draft views.FormDraft, refused fault.Fields) error {
	title := draft.Name
	if draft.ID == 0 {
		title = "Make a form"
	}
	page, err := web.Chrome(c, title)
	if err != nil {
		return err
	}
	page.Wide = true
	p := views.FormBuilder{Page: page, Draft: draft, Refused: refused, Zone: web.Zone(c).String()}
	if p.Sheet, err = s.formSheet(c, draft); err != nil {
		return err
	}
	err = s.own(c).Where("NOT is_deleted").Order("name, id").Limit(mostFields).Find(&p.Lists).Error
	if err != nil {
		return fmt.Errorf("list drop-down lists: %w", err)
	}
	switch {
	case refused != nil && web.IsPart(c):
		return web.Form(c, views.FormEditor(p))
	case refused != nil:
		return web.Form(c, views.FormBuilderPage(p))
	}
	return web.PageOr(c, views.FormBuilderPage(p), views.FormEditor(p))
}

// formSheet is the preview of a form: its fields with what its lists offer.
func (s Screens) formSheet(c echo.Context, draft views.FormDraft) (forms.Sheet, error) {
	form := models.Form{Structure: draft.Structure()}
	form.OrganizationID = web.Actor(c).OrganizationID
	fields, err := actions.FieldsOf(s.DB.Read.WithContext(web.Context(c)), form)
	return forms.Sheet{Fields: fields, Prefix: "preview-", Files: "preview-"}, err
}

// typeForm reads the builder: "row" lists parts and fields in their order, and the values of each are named after it.
func typeForm(d *views.FormDraft, v url.Values) {
	d.Name, d.Type, d.From, d.Until = v.Get("name"), models.FormType(number(v.Get("type"))), v.Get("start_date"), v.Get("end_date")
	for _, row := range v["row"] {
		kind, key, _ := strings.Cut(row, ":")
		switch kind {
		case "part":
			d.Parts = append(d.Parts, views.PartDraft{Key: key, ID: int(number(v.Get("part-id-" + key))), Name: v.Get("part-" + key)})
		case "field":
			if len(d.Parts) == 0 {
				d.AddPart()
			}
			f := views.FieldDraft{Key: key, ID: v.Get("id-" + key), Name: strings.TrimSpace(v.Get("name-" + key)), Type: v.Get("type-" + key),
				Label: v.Get("label-" + key), Hint: v.Get("hint-" + key), Required: v.Get("required-"+key) != "",
				Options: v.Get("options-" + key), List: v.Get("list-" + key), DependsOn: v.Get("depends-" + key),
				Autocomplete: v.Get("autocomplete-" + key)}
			last := &d.Parts[len(d.Parts)-1]
			last.Fields = append(last.Fields, f)
		}
	}
}
