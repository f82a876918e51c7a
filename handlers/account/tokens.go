package account

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const mostTokens = 100

// Tokens lists the own personal tokens, with a form for one more.
func (s Screens) Tokens(c echo.Context) error {
	return s.tokensPage(c, actions.CreatePersonalToken{Days: actions.PersonalTokenDays[1]}, nil)
}

func (s Screens) tokensPage(c echo.Context, typed actions.CreatePersonalToken, refused fault.Fields) error {
	p := views.Tokens{Zone: web.Zone(c), Now: s.DB.Clock.Now(), Days: actions.PersonalTokenDays, Refused: refused,
		Typed: views.TypedToken{Name: typed.Name, Scopes: typed.Scopes, Days: typed.Days}}
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).
		Where("user_id = ? AND kind = ? AND revoked_at IS NULL", web.Actor(c).ID, models.PersonalToken).
		Order("id DESC").Limit(mostTokens).Find(&p.Tokens).Error
	if err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Personal tokens"); err != nil {
		return err
	}
	if refused != nil {
		return web.Form(c, views.TokensPage(p))
	}
	return web.Page(c, views.TokensPage(p))
}

// CreateToken makes a personal token and shows it, once.
func (s Screens) CreateToken(c echo.Context) error {
	var form actions.CreatePersonalToken
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.tokensPage(c, form, refused)
		}
		return err
	}
	page, err := web.Chrome(c, "Your new token")
	if err != nil {
		return err
	}
	return web.Page(c, views.NewTokenPage(views.NewToken{Page: page, Name: form.Name, Secret: form.Token.Access}))
}

// RevokeToken ends one of the own personal tokens.
func (s Screens) RevokeToken(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.RevokePersonalToken{ID: id}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	return s.saved(c, "Revoked “"+a.Token.Name+"”.", "/account/tokens")
}
