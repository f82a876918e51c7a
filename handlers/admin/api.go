package admin

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const (
	apiPath      = "/admin/api"
	mostPrograms = 200
)

// Programs lists the organization's API clients and service accounts.
func (s Screens) Programs(c echo.Context) error { return s.programsPage(c, views.Programs{}) }

func (s Screens) programsPage(c echo.Context, p views.Programs) (err error) {
	for _, list := range []any{&p.Clients, &p.Accounts} {
		err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("revoked_at IS NULL").
			Order("name, id").Limit(mostPrograms).Find(list).Error
		if err != nil {
			return err
		}
	}
	p.Zone = web.Zone(c)
	if p.Page, err = web.Chrome(c, "API access"); err != nil {
		return err
	}
	if p.Refused != nil {
		return web.Form(c, views.ProgramsPage(p))
	}
	return web.Page(c, views.ProgramsPage(p))
}

// CreateClient makes an application known and shows its secret, once.
func (s Screens) CreateClient(c echo.Context) error {
	var form actions.CreateAPIClient
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.programsPage(c, views.Programs{Refused: refused, Typed: views.TypedProgram{Name: form.Name, Scopes: form.Scopes}})
		}
		return err
	}
	return s.newProgram(c, views.NewProgram{Name: form.Name, Secret: form.Secret, Facts: []ui.Entry{
		{Term: "Client id", Text: form.Client.ClientID}, {Term: "Token endpoint", Text: s.tokenEndpoint()}}})
}

// CreateAccount makes a service account and shows the private key of its pair, once.
func (s Screens) CreateAccount(c echo.Context) error {
	var form actions.CreateServiceAccount
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			typed := views.TypedProgram{Name: form.Name, Role: form.Role, Scopes: form.Scopes, PublicKey: c.FormValue("public_key")}
			return s.programsPage(c, views.Programs{Refused: refused, Account: true, Typed: typed})
		}
		return err
	}
	return s.newKey(c, form.Account, form.PrivateKey)
}

// AddKey adds a key to a service account.
func (s Screens) AddKey(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.AddServiceKey{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		return refuse(c, err, apiPath)
	}
	if form.PrivateKey == "" {
		return done(c, "Added a key to “"+form.Account.Name+"”.", apiPath)
	}
	return s.newKey(c, form.Account, form.PrivateKey)
}

func (s Screens) newKey(c echo.Context, account models.ServiceAccount, private string) error {
	key := account.Keys[len(account.Keys)-1]
	return s.newProgram(c, views.NewProgram{Name: account.Name, PrivateKey: private, Facts: []ui.Entry{
		{Term: "Signs as (iss)", Text: account.Email}, {Term: "Audience (aud)", Text: s.tokenEndpoint()}, {Term: "Key id (kid)", Text: key.ID}}})
}

func (s Screens) newProgram(c echo.Context, p views.NewProgram) (err error) {
	if p.Page, err = web.Chrome(c, p.Name); err != nil {
		return err
	}
	return web.Page(c, views.NewProgramPage(p))
}

func (s Screens) tokenEndpoint() string { return s.Actions.BaseURL + "/api/v4/oauth2/token" }

// RemoveKey takes a key from a service account.
func (s Screens) RemoveKey(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	form := actions.RemoveServiceKey{ID: id}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		return err
	}
	return done(c, "Removed the key. Nothing it signs is taken any more.", apiPath)
}

// RevokeClient ends an application.
func (s Screens) RevokeClient(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.RevokeAPIClient{ID: id}
	return revoked(c, &a, func() string { return a.Client.Name })
}

// RevokeAccount ends a service account.
func (s Screens) RevokeAccount(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.RevokeServiceAccount{ID: id}
	return revoked(c, &a, func() string { return a.Account.Name })
}

func revoked(c echo.Context, a actions.Action, name func() string) error {
	if err := web.Run(c, a); err != nil {
		return err
	}
	return done(c, "Revoked “"+name()+"”.", apiPath)
}
