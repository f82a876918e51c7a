package web

import (
	"net/http"
	"slices"
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
	Short string   // for the phone's tab bar
	Also  []string // where addresses of the place begin that are not below its own
}

var work = []place{
	{Label: "Home", Href: "/", Icon: ui.IconHome, Grant: "account.use"},
	{Label: "Assessments", Href: "/assessments", Icon: ui.IconBoard, Grant: "assessment.view", Also: []string{"/participations/"}},
	{Label: "Candidates", Href: "/candidates", Icon: ui.IconPeople, Grant: "candidate.view", Also: []string{"/invitations/", "/actions/"}},
	{Label: "Question bank", Short: "Questions", Href: "/questions", Icon: ui.IconBank, Grant: "question.view"},
	{Label: "To evaluate", Href: "/evaluations", Icon: ui.IconPen, Grant: "evaluation.give"},
}

var administration = []place{
	{Label: "Organization", Href: "/admin/organization", Icon: ui.IconBuilding, Grant: "organization.view", Also: []string{"/admin/organizations"}},
	{Label: "People and roles", Href: "/admin/users", Icon: ui.IconPerson, Grant: "user.manage"},
	{Label: "Permissions", Href: "/admin/permissions", Icon: ui.IconLock, Grant: "permission.grant"},
	{Label: "Custom fields", Href: "/admin/fields", Icon: ui.IconList, Grant: "field.manage"},
	{Label: "Forms", Href: "/admin/forms", Icon: ui.IconTable, Grant: "form.manage"},
	{Label: "Drop-down lists", Href: "/admin/lists", Icon: ui.IconDown, Grant: "field.manage"},
	{Label: "Categories", Href: "/admin/categories", Icon: ui.IconNote, Grant: "category.manage"},
	{Label: "Settings", Href: "/admin/settings", Icon: ui.IconGear, Grant: "organization.view"},
	{Label: "API access", Href: "/admin/api", Icon: ui.IconCode, Grant: "permission.grant"},
	{Label: "Webhooks", Href: "/admin/webhooks", Icon: ui.IconSend, Grant: "webhook.view"},
	{Label: "Messages", Href: "/admin/outbox", Icon: ui.IconMail, Grant: "outbox.view"},
	{Label: "Audit log", Href: "/admin/audit", Icon: ui.IconShield, Grant: "audit.view"},
}

// Chrome returns what the shell of a page shows to whoever asks: title, navigation, messages that wait.
func Chrome(c echo.Context, title string) (layout.Page, error) {
	news, err := flashes(c)
	if err != nil {
		return layout.Page{}, err
	}
	page := layout.Page{Title: title, Home: "/", Nonce: Nonce(c), Theme: theme(c), Flash: news}
	a := Actor(c)
	page.Compact, page.TermsHref = a.PageSettings.IsCompact, a.PageSettings.TermsLink
	if a.Kind == access.Candidate {
		page.Accent = a.PageSettings.Accent
	}
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
			items = append(items, layout.NavItem{Label: p.Label, Short: p.Short, Href: p.Href, Icon: p.Icon, Current: p.holds(current)})
		}
	}
	return items
}

// holds tells whether an address is of the place.
func (p place) holds(path string) bool {
	return path == p.Href || (p.Href != "/" && strings.HasPrefix(path, p.Href+"/")) ||
		slices.ContainsFunc(p.Also, func(begin string) bool { return strings.HasPrefix(path, begin) })
}

// theme returns the theme chosen on this device, else the one of the settings; "" follows the system.
func theme(c echo.Context) string {
	chosen := Actor(c).PageSettings.Theme
	if cookie, err := c.Cookie("theme"); err == nil {
		chosen = cookie.Value
	}
	if chosen == "light" || chosen == "dark" {
		return chosen
	}
	return ""
}

// ForgetTheme takes back the theme that was chosen on this device, so that the settings' theme shows.
func ForgetTheme(c echo.Context) {
	c.SetCookie(&http.Cookie{Name: "theme", Path: "/", MaxAge: -1, SameSite: http.SameSiteLaxMode})
}

const (
	usualRows           = 50 // of a list on a page, unless somebody chose
	usualInvitationDays = 7  // that an invitation stays open, unless the organization chose
)

// InvitationDays returns how many days from now a form for inviting offers as the last.
func InvitationDays(c echo.Context) int {
	if n := Actor(c).PageSettings.InvitationDays; n > 0 {
		return n
	}
	return usualInvitationDays
}

// PageRows returns how many rows of a list the viewer wants on a page.
func PageRows(c echo.Context) int {
	if n := Actor(c).PageSettings.PageRows; n > 0 {
		return n
	}
	return usualRows
}

// Zone returns the viewer's time zone, UTC where it is unknown.
func Zone(c echo.Context) *time.Location {
	if zone, err := time.LoadLocation(Actor(c).TimeZone); err == nil {
		return zone
	}
	return time.UTC
}
