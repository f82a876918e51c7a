package account

import (
	"github.com/assay-hire/assay/internal/actions"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ChangeEmail has a link mailed to a new address of the own account.
func (s Screens) ChangeEmail(c echo.Context) error {
	form := actions.ChangeEmail{Address: c.RealIP()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := refusedSignIn(err); again {
			return s.profilePage(c, profileTyped{email: form.Email}, refused)
		}
		return err
	}
	return s.saved(c, "A link is on its way to "+form.Email+". Follow it to confirm the address.", "/account#email")
}

// KeepEmail withdraws the change.
func (s Screens) KeepEmail(c echo.Context) error {
	if err := web.Run(c, &actions.KeepEmail{}); err != nil {
		return err
	}
	return s.saved(c, "You keep the address you have.", "/account#email")
}

// ConfirmEmailForm asks whoever followed the link: programs that look into mail follow links too.
func (s Screens) ConfirmEmailForm(c echo.Context) error {
	email, err := s.Actions.EmailChangeBy(web.Context(c), c.Param("token"))
	if err != nil {
		return err
	}
	page, err := web.Chrome(c, "Confirm your new address")
	if err != nil {
		return err
	}
	return web.Page(c, views.ConfirmEmailPage(views.ConfirmEmail{Page: page, Email: email, Action: c.Request().URL.Path}))
}

// ConfirmEmail gives the account its new address.
func (s Screens) ConfirmEmail(c echo.Context) error {
	does := actions.ConfirmEmail{Token: c.Param("token"), Address: c.RealIP()}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return s.saved(c, "Your account has the address "+does.User.Email+" now. Sign in with it from now on.", "/account")
}
