package account

import (
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Profile is what others see of a user, and the roles.
type Profile struct {
	layout.Page
	User         models.User
	NewEmail     string // typed, and refused
	WaitingEmail string // asked for, not confirmed yet
	Refused      fault.Fields
}

// ConfirmEmail asks whether an address is to be the account's.
type ConfirmEmail struct {
	layout.Page
	Email  string
	Action string
}

// Security is password and second factor.
type Security struct {
	layout.Page
	User      models.User
	Zone      *time.Location
	CodesLeft int
	Refused   fault.Fields
}

// SecondFactor shows the secret for an authenticator app.
type SecondFactor struct {
	layout.Page
	Secret  string
	QRSize  int
	QRPath  string
	Refused fault.Fields
}

// spaced writes the secret in groups of four, to be typed.
func (p SecondFactor) spaced() string {
	var groups []string
	for rest := p.Secret; rest != ""; {
		n := min(4, len(rest))
		groups = append(groups, rest[:n])
		rest = rest[n:]
	}
	return strings.Join(groups, " ")
}

// RecoveryCodes are shown once.
type RecoveryCodes struct {
	layout.Page
	Codes []string
}

// Sessions is where a user is signed in.
type Sessions struct {
	layout.Page
	Sessions  []models.Session
	CurrentID int64
	Zone      *time.Location
}

func tabs(current string) []ui.Tab {
	all := []ui.Tab{
		{Label: "Profile", Href: "/account"},
		{Label: "Password and second factor", Href: "/account/security"},
		{Label: "Settings", Href: "/account/settings"},
		{Label: "Devices", Href: "/account/sessions"},
		{Label: "Tokens", Href: "/account/tokens"},
	}
	for i := range all {
		all[i].Current = all[i].Href == current
	}
	return all
}

func localeOptions() []ui.Option {
	var options []ui.Option
	for _, l := range models.Locales {
		options = append(options, ui.Option{Value: l.Code, Label: l.Name, Lang: l.Code})
	}
	return options
}

func roleOptions(roles []models.Role) []ui.Option {
	var options []ui.Option
	for _, r := range roles {
		options = append(options, ui.Option{Value: string(r), Label: string(r)})
	}
	return options
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func day(at *time.Time, zone *time.Location) string {
	if at == nil {
		return "never"
	}
	return at.In(zone).Format("2 January 2006")
}

func moment(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("Mon 2 Jan, 15:04 MST")
}

// device names browser and system from what the browser says about itself.
func device(agent string) string {
	browser := firstIn(agent, [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}, {"curl/", "curl"}})
	system := firstIn(agent, [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"Mac OS X", "Mac"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}})
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser+system != "":
		return browser + system
	}
	return "Unknown device"
}

func firstIn(agent string, names [][2]string) string {
	for _, n := range names {
		if strings.Contains(agent, n[0]) {
			return n[1]
		}
	}
	return ""
}
