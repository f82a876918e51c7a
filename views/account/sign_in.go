// Package account holds everyone's own screens: signing in, passwords, profile, sessions.
package account

import (
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// SignIn is the sign-in page.
type SignIn struct {
	layout.Page
	Email    string
	Next     string // path to go to afterwards
	NeedCode bool   // the password was right; a second factor is asked for
	Refused  fault.Fields
}

func (p SignIn) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: p.Refused[name]}
}
