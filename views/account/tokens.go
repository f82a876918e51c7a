package account

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Tokens are a user's personal tokens, and a form for one more.
type Tokens struct {
	layout.Page
	Tokens  []models.AccessToken
	Days    []int
	Zone    *time.Location
	Now     time.Time
	Typed   TypedToken
	Refused fault.Fields
}

// TypedToken is what the form holds.
type TypedToken struct {
	Name   string
	Scopes []string
	Days   int
}

// NewToken is shown once, after it was made.
type NewToken struct {
	layout.Page
	Name   string
	Secret string
}

func (p Tokens) lifetimes() []ui.Option {
	var options []ui.Option
	for _, d := range p.Days {
		label := fmt.Sprintf("%d days", d)
		if d == 0 {
			label = "Until it is revoked"
		}
		options = append(options, ui.Option{Value: fmt.Sprint(d), Label: label})
	}
	return options
}

func (p Tokens) scopeChecks() []ui.CheckProps {
	var checks []ui.CheckProps
	for _, word := range access.TokenWords() {
		checks = append(checks, ui.CheckProps{Name: "scopes", Value: word, Label: scopeLabel(word), Checked: slices.Contains(p.Typed.Scopes, word)})
	}
	return checks
}

func scopeLabel(word string) string {
	if subject, reading := strings.CutSuffix(word, ":read"); reading {
		return subject + ", reading only"
	}
	return word
}

// facts say when a token was made, used and will end.
func (p Tokens) facts(t models.AccessToken) string {
	used := "never used"
	if t.LastUsedAt != nil {
		used = "last used " + moment(*t.LastUsedAt, p.Zone)
	}
	end := "ends when it is revoked"
	if t.ExpiresAt != nil {
		end = "ends " + t.ExpiresAt.In(p.Zone).Format("2 January 2006")
		if !t.IsLive(p.Now) {
			end = "ended " + t.ExpiresAt.In(p.Zone).Format("2 January 2006")
		}
	}
	return fmt.Sprintf("Made %s, %s, %s.", t.CreatedAt.In(p.Zone).Format("2 January 2006"), used, end)
}

func reach(scopes string) string {
	if scopes == "" {
		return "Everything you may do"
	}
	words := strings.Fields(scopes)
	for i, w := range words {
		words[i] = scopeLabel(w)
	}
	return strings.Join(words, "; ")
}
