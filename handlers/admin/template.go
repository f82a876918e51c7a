package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Templates lists every type of message and whether the organization has its own words for it.
func (s Screens) Templates(c echo.Context) error {
	chrome, err := web.Chrome(c, "Wording of messages")
	if err != nil {
		return err
	}
	var own []int64
	err = s.own(c).Model(&models.NotificationTemplate{}).Where("assessment_id IS NULL AND NOT is_deleted").Pluck("type_id", &own).Error
	if err != nil {
		return fmt.Errorf("list templates: %w", err)
	}
	worded := map[int64]bool{}
	for _, id := range own {
		worded[id] = true
	}
	p := views.Templates{Page: chrome}
	for _, t := range notify.Types {
		p.Types = append(p.Types, views.TemplateType{Name: t.Name, Label: t.Label, Description: t.Description, IsOwn: worded[t.ID]})
	}
	return web.Page(c, views.TemplatesPage(p))
}

// Template shows the wording of one type of message.
func (s Screens) Template(c echo.Context) error {
	kind, known := notify.TypeNamed(c.Param("name"))
	if !known {
		return fault.Missing("template")
	}
	template, found, err := notify.Template(s.own(c), kind.ID, web.Actor(c).OrganizationID, nil)
	if err != nil {
		return fmt.Errorf("find template: %w", err)
	}
	form := actions.SaveTemplate{Type: kind.Name, Subject: kind.Subject, Content: kind.Content}
	if found {
		form.Subject, form.Content = template.Subject, template.Content
		if template.FromAddress != nil {
			form.From = *template.FromAddress
		}
	}
	p, err := templatePage(c, kind, form)
	p.IsOwn = found
	if err != nil {
		return err
	}
	return web.Page(c, views.TemplatePage(p))
}

// PreviewTemplate answers the message while its wording is being typed.
func (s Screens) PreviewTemplate(c echo.Context) error {
	kind, form, err := bindTemplate(c)
	if err != nil {
		return err
	}
	p, err := templatePage(c, kind, form)
	if err != nil {
		return err
	}
	return web.Part(c, views.TemplatePreview(p))
}

// SaveTemplate keeps the organization's wording.
func (s Screens) SaveTemplate(c echo.Context) error {
	kind, form, err := bindTemplate(c)
	if err != nil {
		return err
	}
	typed := form
	err = web.Run(c, &form)
	if refused, ok := web.Refused(err); ok {
		p, err := templatePage(c, kind, typed)
		if err != nil {
			return err
		}
		p.Refused = refused
		return web.Form(c, views.TemplatePage(p))
	}
	if err != nil {
		return err
	}
	if err := web.SetFlash(c, "Saved. New messages of this kind use your words."); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/templates/"+kind.Name)
}

// ResetTemplate returns to the default wording.
func (s Screens) ResetTemplate(c echo.Context) error {
	if err := web.Run(c, &actions.ResetTemplate{Type: c.Param("name")}); err != nil {
		return err
	}
	if err := web.SetFlash(c, "Back to the default wording."); err != nil {
		return err
	}
	return web.Redirect(c, "/admin/templates/"+c.Param("name"))
}

func bindTemplate(c echo.Context) (notify.Type, actions.SaveTemplate, error) {
	kind, known := notify.TypeNamed(c.Param("name"))
	if !known {
		return kind, actions.SaveTemplate{}, fault.Missing("template")
	}
	var form actions.SaveTemplate
	err := web.Bind(c, &form)
	form.Type = kind.Name
	return kind, form, err
}

func templatePage(c echo.Context, kind notify.Type, form actions.SaveTemplate) (views.Template, error) {
	chrome, err := web.Chrome(c, kind.Label)
	if err != nil {
		return views.Template{}, err
	}
	tags := notify.SampleTags(web.Actor(c).Organization, "")
	p := views.Template{Page: chrome, Type: views.TemplateType{Name: kind.Name, Label: kind.Label, Description: kind.Description},
		Subject: form.Subject, Content: form.Content, From: form.From, PreviewSubject: notify.Subject(form.Subject, tags),
		PreviewHTML: richtext.Sanitize(notify.Content(notify.Paragraphs(form.Content), tags))}
	for _, tag := range kind.Tags {
		p.Tags = append(p.Tags, views.Tag{Name: "{%" + tag + "}", Meaning: notify.TagMeaning(tag)})
	}
	return p, nil
}
