package account

import (
	"errors"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SignInForm shows the sign-in page.
func (s Screens) SignInForm(c echo.Context) error {
	if web.Actor(c).IsSignedIn() {
		return web.Redirect(c, web.LocalPath(c.QueryParam("next"), "/"))
	}
	page, err := web.Chrome(c, "Sign in")
	if err != nil {
		return err
	}
	return web.Page(c, views.SignInPage(views.SignIn{Page: page, Next: c.QueryParam("next")}))
}

// SignIn opens a session.
func (s Screens) SignIn(c echo.Context) error {
	var form actions.SignIn
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	form.Address, form.Agent = c.RealIP(), c.Request().UserAgent()
	if err := web.Run(c, &form); err != nil {
		return s.signInAgain(c, form, err)
	}
	if err := web.SetToken(c, form.Token); err != nil {
		return err
	}
	return web.Redirect(c, web.LocalPath(c.FormValue("next"), "/"))
}

func (s Screens) signInAgain(c echo.Context, form actions.SignIn, cause error) error {
	page, err := web.Chrome(c, "Sign in")
	if err != nil {
		return err
	}
	p := views.SignIn{Page: page, Email: form.Email, Next: c.FormValue("next"), NeedCode: form.Code != ""}
	switch fields, refused := web.Refused(cause); {
	case errors.Is(cause, actions.ErrSecondFactor):
		p.NeedCode = true
		p.Refused = fault.Fields{"": actions.ErrSecondFactor.Message}
	case refused:
		p.Refused = fields
	case fault.KindOf(cause) == fault.Unauthorized:
		p.Refused = fault.Fields{"": cause.Error()}
	default:
		return cause
	}
	return web.Form(c, views.SignInPage(p))
}

// SignOut ends the session.
func (s Screens) SignOut(c echo.Context) error {
	if err := web.Run(c, &actions.SignOut{}); err != nil {
		return err
	}
	if err := web.SetToken(c, ""); err != nil {
		return err
	}
	return web.Redirect(c, "/sign-in")
}
