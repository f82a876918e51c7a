package web

import (
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
	"github.com/labstack/echo/v4"
)

// place is one entry of the navigation.
type place struct {
	Label string
	Href  string
	Icon  ui.IconName
	Grant access.Grant
}

var work = []place{
	{"Home", "/", ui.IconHome, "account.use"},
	{"Assessments", "/assessments", ui.IconBoard, "assessment.view"},
	{"Candidates", "/candidates", ui.IconPeople, "candidate.view"},
	{"Question bank", "/questions", ui.IconBank, "question.view"},
	{"To evaluate", "/evaluations", ui.IconPen, "evaluation.give"},
}

var administration = []place{
	{"Organization", "/admin/organization", ui.IconBuilding, "organization.view"},
	{"People and roles", "/admin/users", ui.IconPerson, "user.manage"},
	{"Custom fields", "/admin/fields", ui.IconList, "field.manage"},
	{"Categories", "/admin/categories", ui.IconNote, "category.manage"},
	{"Messages", "/admin/outbox", ui.IconMail, "outbox.view"},
	{"Audit log", "/admin/audit", ui.IconShield, "audit.view"},
}

// Chrome returns what the shell of a page shows to whoever asks: title, navigation, messages that wait.
func Chrome(c echo.Context, title string) (layout.Page, error) {
	news, err := flashes(c)
	if err != nil {
		return layout.Page{}, err
	}
	page := layout.Page{Title: title, Home: "/", Nonce: Nonce(c), Theme: theme(c), Flash: news}
	a := Actor(c)
	if a.Kind != access.User {
		return page, nil
	}
	page.User = layout.User{Name: a.Name, Email: a.Email, Role: string(a.Role)}
	if a.HasPicture {
		page.User.AvatarURL = "/account/picture"
	}
	page.Organization, page.PaletteURL, page.SignOutURL, page.ProfileURL = a.Organization, "/palette", "/sign-out", "/account"
	if a.HasChoiceOfRoles {
		page.SwitchURL = "/account#roles"
	}
	current := c.Request().URL.Path
	page.Nav = []layout.NavGroup{{Items: reachable(a, work, current)}}
	if items := reachable(a, administration, current); len(items) > 0 {
		page.Nav = append(page.Nav, layout.NavGroup{Label: "Administration", Items: items})
	}
	page.Tabs = page.Nav[0].Items[:min(4, len(page.Nav[0].Items))]
	return page, nil
}

func reachable(a access.Actor, places []place, current string) []layout.NavItem {
	var items []layout.NavItem
	for _, p := range places {
		if access.Can(a, p.Grant) {
			here := current == p.Href || (p.Href != "/" && strings.HasPrefix(current, p.Href+"/"))
			items = append(items, layout.NavItem{Label: p.Label, Href: p.Href, Icon: p.Icon, Current: here})
		}
	}
	return items
}

// theme returns the chosen theme; "" follows the system.
func theme(c echo.Context) string {
	if cookie, err := c.Cookie("theme"); err == nil && (cookie.Value == "light" || cookie.Value == "dark") {
		return cookie.Value
	}
	return ""
}

// Zone returns the viewer's time zone, UTC where it is unknown.
func Zone(c echo.Context) *time.Location {
	if zone, err := time.LoadLocation(Actor(c).TimeZone); err == nil {
		return zone
	}
	return time.UTC
}
