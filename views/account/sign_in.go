// Package account holds everyone's own screens: signing in, passwords, profile, sessions, home.
package account

import (
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// SignIn is the sign-in page.
type SignIn struct {
	layout.Page
	Email   string
	Stay    bool
	Next    string // path to go to afterwards
	Refused fault.Fields
}

// SignInCode is the second step of signing in.
type SignInCode struct {
	layout.Page
	Next    string
	Stay    bool
	Refused fault.Fields
}

// Forgotten is the page that mails a link for a new password.
type Forgotten struct {
	layout.Page
	Email   string
	Sent    bool // said the same for every address
	Refused fault.Fields
}

// ChoosePassword is where a mailed link leads: after a forgotten password, or for an invited user.
type ChoosePassword struct {
	layout.Page
	User         models.User
	Organization string
	Action       string // POST
	IsInvitation bool
	Refused      fault.Fields
}

// SetUp is the first page of a new installation.
type SetUp struct {
	layout.Page
	Name, TimeZone, AdminName, AdminEmail, Code string
	Refused                                     fault.Fields
}

// Judged is how hard a password is to guess.
type Judged struct {
	Score  int // 0 to 4
	Advice string
	Empty  bool // nothing typed yet
}

func (j Judged) words() string {
	switch {
	case j.Empty:
		return "Four unrelated words are easy to remember and hard to guess."
	case j.Advice != "":
		return j.Advice
	case j.Score >= 4:
		return "Very hard to guess."
	}
	return "Hard to guess."
}

func field(refused fault.Fields, name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: refused[name]}
}

func hinted(f ui.Field, hint string) ui.Field {
	f.Hint = hint
	return f
}

func optional(f ui.Field) ui.Field {
	f.Optional = true
	return f
}
