package admin

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// UserFilter is what the list of people is narrowed to, as its address says it.
type UserFilter struct {
	Query        string `query:"q"`
	Role         string `query:"role"`
	Status       string `query:"status"`        // new, active or suspended
	SecondFactor string `query:"second_factor"` // "off"
	After        int64  `query:"after"`         // the last user of the page before
}

// Users is the list of people.
type Users struct {
	layout.Page
	Filter       UserFilter
	Users        []models.User
	Total        int // up to 10,000
	NextID       int64
	Now          time.Time
	Zone         *time.Location
	MayMakeSuper bool
}

// Invite is the form for one more user.
type Invite struct {
	layout.Page
	Name, Email  string
	Roles        []models.Role
	MayMakeSuper bool
	Refused      fault.Fields
}

// User is one user's page.
type User struct {
	layout.Page
	User     models.User
	Grants   []models.PermissionGrant
	Sessions []models.Session
	Me       access.Actor
	Zone     *time.Location
	Refused  fault.Fields
}

func (f UserFilter) href(change func(*UserFilter)) string {
	f.After = 0
	change(&f)
	return "/admin/users" + f.query()
}

func (f UserFilter) query() string {
	values := url.Values{}
	for name, value := range map[string]string{"q": f.Query, "role": f.Role, "status": f.Status, "second_factor": f.SecondFactor} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if f.After != 0 {
		values.Set("after", fmt.Sprint(f.After))
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

func (f UserFilter) isEmpty() bool {
	return f.Query == "" && f.Role == "" && f.Status == "" && f.SecondFactor == ""
}

func (f UserFilter) export(format string) string {
	f.After = 0
	if query := f.query(); query != "" {
		return "/admin/users/export" + query + "&format=" + format
	}
	return "/admin/users/export?format=" + format
}

func (p Users) next() string {
	if p.NextID == 0 {
		return ""
	}
	return p.Filter.href(func(f *UserFilter) { f.After = p.NextID })
}

func (p Users) first() string {
	if p.Filter.After == 0 {
		return ""
	}
	return p.Filter.href(func(*UserFilter) {})
}

const boundedRows = 10_000

var statusChips = []ui.Option{{Value: "active", Label: "Active"}, {Value: "new", Label: "Invited"}, {Value: "suspended", Label: "Suspended"}}

func roleOptions() []ui.Option {
	var options []ui.Option
	for _, r := range models.Roles {
		options = append(options, ui.Option{Value: string(r), Label: string(r)})
	}
	return options
}

// StatusWord names the state of an account.
func StatusWord(s models.UserStatus) string {
	switch s {
	case models.UserNew:
		return "Invited"
	case models.UserActive:
		return "Active"
	case models.UserInactive:
		return "Inactive"
	}
	return "Suspended"
}

func statusGlyph(s models.UserStatus) ui.StatusKey {
	switch s {
	case models.UserNew:
		return ui.StatusInvited
	case models.UserActive:
		return ui.StatusSelected
	case models.UserInactive:
		return ui.StatusArchived
	}
	return ui.StatusSuspended
}

// currentFirst are a user's roles, the one they work in first.
func currentFirst(u models.User) []models.Role {
	roles := []models.Role{u.CurrentRole}
	for _, r := range u.Roles {
		if r != u.CurrentRole {
			roles = append(roles, r)
		}
	}
	return roles
}

func seenAt(at *time.Time, now time.Time, zone *time.Location) string {
	if at == nil {
		return "never"
	}
	local, today := at.In(zone), now.In(zone)
	switch {
	case local.Format(time.DateOnly) == today.Format(time.DateOnly):
		return "today, " + local.Format("15:04")
	case local.Format(time.DateOnly) == today.AddDate(0, 0, -1).Format(time.DateOnly):
		return "yesterday"
	case now.Sub(*at) < 300*24*time.Hour:
		return local.Format("Mon 2 Jan")
	}
	return local.Format("2 Jan 2006")
}

func at(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("Mon 2 Jan 2006, 15:04 MST")
}

func (p User) isMe() bool { return p.Me.ID == p.User.ID }

func (p User) path(rest string) string { return fmt.Sprintf("/admin/users/%d%s", p.User.ID, rest) }

// roleChoices are the roles as checkboxes; those that the viewer cannot hand on are blocked.
func roleChoices(held []models.Role, mayMakeSuper bool) []ui.CheckProps {
	var checks []ui.CheckProps
	for _, r := range models.Roles {
		checks = append(checks, ui.CheckProps{Name: "roles", Value: string(r), Label: string(r), Checked: slices.Contains(held, r),
			Disabled: r == models.SuperAdmin && !mayMakeSuper})
	}
	return checks
}

func field(refused fault.Fields, name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: refused[name]}
}

func optional(f ui.Field) ui.Field {
	f.Optional = true
	return f
}

func hinted(f ui.Field, hint string) ui.Field {
	f.Hint = hint
	return f
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
