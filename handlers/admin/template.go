package admin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// scope is whose wording a screen is about: the organization's, or that of the assessment that the address names.
type scope struct {
	assessment *models.Assessment
}

func (s Screens) scopeOf(c echo.Context) (scope, error) {
	if c.Param("id") == "" {
		return scope{}, nil
	}
	id, err := web.ID(c, "id")
	if err != nil {
		return scope{}, err
	}
	var found models.Assessment
	if err := s.own(c).Where("NOT is_deleted").First(&found, id).Error; err != nil {
		return scope{}, database.Fault(err, "assessment")
	}
	return scope{&found}, nil
}

func (sc scope) id() *int64 {
	if sc.assessment == nil {
		return nil
	}
	return &sc.assessment.ID
}

// page is what the screens show of the scope.
func (sc scope) page() views.Scope {
	if sc.assessment == nil {
		return views.Scope{Base: "/admin/templates"}
	}
	return views.Scope{Base: fmt.Sprintf("/assessments/%d/messages", sc.assessment.ID), AssessmentID: sc.assessment.ID, Assessment: sc.assessment.Title}
}

// kind returns the type of message that the address names.
func (sc scope) kind(c echo.Context) (notify.Type, error) {
	kind, known := notify.TypeNamed(c.Param("name"))
	if !known || (sc.assessment != nil && kind.IsPersonal()) {
		return kind, fault.Missing("template")
	}
	return kind, nil
}

// Templates lists every type of message and whether the organization, or the assessment, has its own words for it.
func (s Screens) Templates(c echo.Context) error {
	sc, err := s.scopeOf(c)
	if err != nil {
		return err
	}
	chrome, err := web.Chrome(c, "Wording of messages")
	if err != nil {
		return err
	}
	query := s.own(c).Model(&models.NotificationTemplate{}).Where("NOT is_deleted")
	if sc.assessment == nil {
		query = query.Where("assessment_id IS NULL")
	} else {
		query = query.Where("assessment_id = ?", sc.assessment.ID)
	}
	var own []int64
	if err := query.Pluck("type_id", &own).Error; err != nil {
		return fmt.Errorf("list templates: %w", err)
	}
	p := views.Templates{Page: chrome, Scope: sc.page()}
	for _, t := range notify.Types {
		if sc.assessment == nil || !t.IsPersonal() {
			p.Types = append(p.Types, views.TemplateType{Name: t.Name, Label: t.Label, Description: t.Description, Group: notify.GroupOf(t), IsOwn: slices.Contains(own, t.ID), IsText: t.IsText()})
		}
	}
	slices.SortStableFunc(p.Types, func(x, y views.TemplateType) int {
		return cmp.Compare(slices.Index(notify.Groups, x.Group), slices.Index(notify.Groups, y.Group))
	})
	return web.Page(c, views.TemplatesPage(p))
}

// Template shows the wording of one type of message.
func (s Screens) Template(c echo.Context) error {
	sc, err := s.scopeOf(c)
	if err != nil {
		return err
	}
	kind, err := sc.kind(c)
	if err != nil {
		return err
	}
	template, found, err := notify.Template(s.own(c), kind.ID, web.Actor(c).OrganizationID, sc.id())
	if err != nil {
		return fmt.Errorf("find template: %w", err)
	}
	form := actions.SaveTemplate{Type: kind.Name, Subject: kind.Subject, Content: kind.Content}
	if found {
		form.Subject, form.Content = template.Subject, strings.ReplaceAll(template.Content, "</p><p>", "</p>\n<p>")
		if template.FromAddress != nil {
			form.From = *template.FromAddress
		}
	}
	if kind.IsText() {
		form.Content = richtext.PlainWithLinks(form.Content)
	}
	p, err := templatePage(c, sc, kind, form)
	p.IsOwn = found && (sc.assessment == nil) == (template.AssessmentID == nil)
	if err != nil {
		return err
	}
	return web.Page(c, views.TemplatePage(p))
}

// PreviewTemplate answers the message while its wording is being typed.
func (s Screens) PreviewTemplate(c echo.Context) error {
	sc, kind, form, err := s.bindTemplate(c)
	if err != nil {
		return err
	}
	p, err := templatePage(c, sc, kind, form)
	if err != nil {
		return err
	}
	return web.Part(c, views.TemplatePreview(p))
}

// SaveTemplate keeps the wording.
func (s Screens) SaveTemplate(c echo.Context) error {
	sc, kind, form, err := s.bindTemplate(c)
	if err != nil {
		return err
	}
	typed := form
	err = web.Run(c, &form)
	if refused, ok := web.Refused(err); ok {
		p, err := templatePage(c, sc, kind, typed)
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
	return web.Redirect(c, sc.page().Base+"/"+kind.Name)
}

// ResetTemplate returns to the wording that applies without it.
func (s Screens) ResetTemplate(c echo.Context) error {
	sc, err := s.scopeOf(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.ResetTemplate{AssessmentID: sc.id(), Type: c.Param("name")}); err != nil {
		return err
	}
	said := "Back to the default wording."
	if sc.assessment != nil {
		said = "Back to your organization's wording."
	}
	if err := web.SetFlash(c, said); err != nil {
		return err
	}
	return web.Redirect(c, sc.page().Base+"/"+c.Param("name"))
}

func (s Screens) bindTemplate(c echo.Context) (scope, notify.Type, actions.SaveTemplate, error) {
	var form actions.SaveTemplate
	sc, err := s.scopeOf(c)
	if err != nil {
		return sc, notify.Type{}, form, err
	}
	kind, err := sc.kind(c)
	if err != nil {
		return sc, kind, form, err
	}
	err = web.Bind(c, &form)
	form.Type, form.AssessmentID = kind.Name, sc.id()
	return sc, kind, form, err
}

func templatePage(c echo.Context, sc scope, kind notify.Type, form actions.SaveTemplate) (views.Template, error) {
	chrome, err := web.Chrome(c, kind.Label)
	if err != nil {
		return views.Template{}, err
	}
	shown := sc.page()
	tags := notify.SampleTags(web.Actor(c).Organization, shown.Assessment)
	p := views.Template{Page: chrome, Scope: shown, Type: views.TemplateType{Name: kind.Name, Label: kind.Label, Description: kind.Description, IsText: kind.IsText()},
		Subject: form.Subject, Content: form.Content, From: form.From, PreviewSubject: notify.Subject(form.Subject, tags),
		PreviewHTML: richtext.Sanitize(notify.Content(notify.Paragraphs(form.Content), tags))}
	for _, tag := range kind.Tags {
		p.Tags = append(p.Tags, views.Tag{Name: "{%" + tag + "}", Meaning: notify.TagMeaning(tag)})
	}
	return p, nil
}
