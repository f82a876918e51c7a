package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

const (
	paletteRows  = 5
	paletteBytes = 100
)

// Palette answers what was typed: people, assessments and questions by name, then pages and commands.
func (s Screens) Palette(c echo.Context) error {
	typed := strings.TrimSpace(c.QueryParam("q"))
	typed = strings.ToValidUTF8(typed[:min(len(typed), paletteBytes)], "")
	page, err := web.Chrome(c, "")
	if err != nil {
		return err
	}
	f := finder{ctx: web.Context(c), db: s.DB.Read, actor: web.Actor(c), term: textfold.Fold(typed)}
	groups, err := f.rows()
	if err != nil {
		return err
	}
	groups = append(groups, f.places(page)...)
	if len(groups) == 0 {
		return web.Part(c, ui.PaletteNone(typed))
	}
	return web.Part(c, groups...)
}

// finder looks for one folded term.
type finder struct {
	ctx   context.Context
	db    *gorm.DB
	actor access.Actor
	term  string
}

// match returns a query on what the actor may see whose search text holds the term.
func (f finder) match() *gorm.DB {
	return f.db.WithContext(f.ctx).Scopes(access.Own(f.actor)).Where("NOT is_deleted").
		Where(`search_text LIKE ? ESCAPE '\'`, "%"+textfold.Like(f.term)+"%").Limit(paletteRows)
}

func (f finder) rows() ([]templ.Component, error) {
	if f.term == "" {
		return nil, nil
	}
	var groups []templ.Component
	for _, find := range []struct {
		needs access.Grant
		title string
		rows  func() ([]ui.PaletteItem, error)
	}{
		{"candidate.view", "Candidates", f.candidates},
		{"assessment.view", "Assessments", f.assessments},
		{"question.view", "Questions", f.questions},
		{"user.manage", "People", f.users},
	} {
		if !access.Can(f.actor, find.needs) {
			continue
		}
		items, err := find.rows()
		if err != nil {
			return nil, err
		}
		groups = appendGroup(groups, find.title, items)
	}
	return groups, nil
}

func appendGroup(groups []templ.Component, title string, items []ui.PaletteItem) []templ.Component {
	if len(items) == 0 {
		return groups
	}
	return append(groups, ui.PaletteGroup("find-"+strings.ToLower(title), title, items))
}

func (f finder) candidates() (items []ui.PaletteItem, err error) {
	var found []models.Candidate
	search, err := database.SearchCandidates(f.db.WithContext(f.ctx), f.actor.OrganizationID, f.term)
	if err != nil {
		return nil, err
	}
	err = f.match().Scopes(search.In("candidates")).Order("search_text, id").Find(&found).Error
	for _, r := range found {
		items = append(items, item(r.ID, "/candidates/%d", r.Name(), r.Email, ui.IconPeople))
	}
	return items, err
}

func (f finder) assessments() (items []ui.PaletteItem, err error) {
	var found []models.Assessment
	err = f.match().Order("id DESC").Find(&found).Error
	for _, r := range found {
		path := "/assessments/%d/pipeline"
		if r.StatusID == models.AssessmentDraft {
			path = "/assessments/%d/build"
		}
		items = append(items, item(r.ID, path, r.Title, r.StatusID.Label(), ui.IconBoard))
	}
	return items, err
}

func (f finder) questions() (items []ui.PaletteItem, err error) {
	var found []models.Question
	err = f.match().Order("id DESC").Find(&found).Error
	for _, r := range found {
		items = append(items, item(r.ID, "/questions/%d", r.Title, "Question", ui.IconBank))
	}
	return items, err
}

func (f finder) users() (items []ui.PaletteItem, err error) {
	var found []models.User
	err = f.match().Order("search_text, id").Find(&found).Error
	for _, r := range found {
		items = append(items, item(r.ID, "/admin/users/%d", r.Name, string(r.CurrentRole), ui.IconPerson))
	}
	return items, err
}

func item(id int64, path, label, note string, icon ui.IconName) ui.PaletteItem {
	return ui.PaletteItem{Key: fmt.Sprint(id), Label: label, Note: note, Href: fmt.Sprintf(path, id), Icon: icon}
}

// command is something the palette can begin.
type command struct {
	label, href string
	icon        ui.IconName
	needs       access.Grant
}

var commands = []command{
	{"Create an assessment", "/assessments/new", ui.IconPlus, "assessment.create"},
	{"Write a question", "/questions/new", ui.IconPlus, "question.create"},
	{"Add people", "/admin/users/new", ui.IconPlus, "user.manage"},
	{"Change your password", "/account/security", ui.IconKey, "account.use"},
	{"Sign out other devices", "/account/sessions", ui.IconOut, "account.use"},
}

// places are the pages and commands whose words hold the term; without one, all pages.
func (f finder) places(page layout.Page) []templ.Component {
	var pages, acts []ui.PaletteItem
	for _, d := range append([]layout.NavItem{{Label: "Home", Href: "/", Icon: ui.IconHome}}, doors(page)...) {
		if strings.Contains(textfold.Fold(d.Label), f.term) {
			pages = append(pages, ui.PaletteItem{Key: fmt.Sprint(len(pages)), Label: d.Label, Href: d.Href, Icon: d.Icon})
		}
	}
	for _, do := range commands {
		if access.Can(f.actor, do.needs) && strings.Contains(textfold.Fold(do.label), f.term) {
			acts = append(acts, ui.PaletteItem{Key: fmt.Sprint(len(acts)), Label: do.label, Href: do.href, Icon: do.icon})
		}
	}
	return appendGroup(appendGroup(nil, "Pages", pages), "Do", acts)
}
