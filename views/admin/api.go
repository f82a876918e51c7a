package admin

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Programs are the API clients and service accounts of an organization, with a form for one more of each.
type Programs struct {
	layout.Page
	Clients  []models.APIClient
	Accounts []models.ServiceAccount
	Zone     *time.Location

	// What a form held that was refused; Account tells which of the two it was.
	Account bool
	Typed   TypedProgram
	Refused fault.Fields
}

// TypedProgram is what either form holds.
type TypedProgram struct {
	Name      string
	Role      models.Role
	Scopes    []string
	PublicKey string
}

// NewProgram is shown once, after a client or a key was made.
type NewProgram struct {
	layout.Page
	Name  string
	Facts []ui.Entry
	// One of the two is shown this once only.
	Secret     string
	PrivateKey string
}

func (p Programs) typed(account bool) TypedProgram {
	if p.Account == account {
		return p.Typed
	}
	return TypedProgram{}
}

func (p Programs) refused(account bool) fault.Fields {
	if p.Account == account {
		return p.Refused
	}
	return nil
}

// renamed keeps the id of a control apart from one of the same name in the other form.
func renamed(f ui.Field, id string) ui.Field {
	f.ID = id + "-" + f.Name
	return f
}

func (t TypedProgram) scopeChecks(form string) []ui.CheckProps {
	var checks []ui.CheckProps
	for _, word := range access.TokenWords() {
		checks = append(checks, ui.CheckProps{Name: "scopes", ID: form + "-" + word, Value: word, Label: scopeLabel(word), Checked: slices.Contains(t.Scopes, word)})
	}
	return checks
}

func scopeLabel(word string) string {
	if subject, reading := strings.CutSuffix(word, ":read"); reading {
		return subject + ", reading only"
	}
	return word
}

func reach(scopes, everything string) string {
	if scopes == "" {
		return everything
	}
	words := strings.Fields(scopes)
	for i, w := range words {
		words[i] = scopeLabel(w)
	}
	return strings.Join(words, "; ")
}

func (p Programs) facts(made time.Time, used *time.Time) string {
	last := "never used"
	if used != nil {
		last = "last used " + used.In(p.Zone).Format("2 January 2006, 15:04 MST")
	}
	return fmt.Sprintf("Made %s, %s.", made.In(p.Zone).Format("2 January 2006"), last)
}

func serviceRoles() []ui.Option {
	var options []ui.Option
	for _, r := range models.Roles {
		if r != models.SuperAdmin && r != models.CandidateRole {
			options = append(options, ui.Option{Value: string(r), Label: string(r)})
		}
	}
	return options
}

func (t TypedProgram) role() string {
	if t.Role == "" {
		return string(models.APIUser)
	}
	return string(t.Role)
}

// pemAddress holds a key so that it can be kept as a file without asking the server again, which has it no more.
func (p NewProgram) pemAddress() templ.SafeURL {
	return templ.SafeURL("data:application/x-pem-file;base64," + base64.StdEncoding.EncodeToString([]byte(p.PrivateKey)))
}

func (p NewProgram) fileName() string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(p.Name), func(r rune) bool { return r < 'a' || r > 'z' }), "-") + ".private-key.pem"
}
