package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SignInForm shows the sign-in page.
func (s Screens) SignInForm(c echo.Context) error {
	if web.Actor(c).IsSignedIn() {
		return web.Redirect(c, next(c))
	}
	page, err := web.Chrome(c, "Sign in")
	if err != nil {
		return err
	}
	return web.Page(c, views.SignInPage(views.SignIn{Page: page, Next: c.QueryParam("next")}))
}

// SignIn checks the password and opens a session, or leads on to the second factor.
func (s Screens) SignIn(c echo.Context) error {
	var form actions.SignIn
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	form.Address, form.Agent = c.RealIP(), c.Request().UserAgent()
	if err := web.Run(c, &form); err != nil {
		return s.signInAgain(c, form, err)
	}
	if form.Pending != "" {
		if err := web.SetPending(c, form.Pending); err != nil {
			return err
		}
		return web.Redirect(c, codePath(c, form.Stay))
	}
	if err := web.SetTokenFor(c, form.Token, form.Stay); err != nil {
		return err
	}
	return web.Redirect(c, next(c))
}

func (s Screens) signInAgain(c echo.Context, form actions.SignIn, cause error) error {
	p := views.SignIn{Email: form.Email, Stay: form.Stay, Next: c.FormValue("next")}
	var again bool
	if p.Refused, again = refusedSignIn(cause); !again {
		return cause
	}
	var err error
	if p.Page, err = web.Chrome(c, "Sign in"); err != nil {
		return err
	}
	return web.Form(c, views.SignInPage(p))
}

// refusedSignIn returns what to say in the form itself, so that what was typed is not lost.
func refusedSignIn(cause error) (fault.Fields, bool) {
	if fields, refused := web.Refused(cause); refused {
		return fields, true
	}
	switch fault.KindOf(cause) {
	case fault.Unauthorized, fault.TooMany:
		return fault.Fields{"": cause.Error()}, true
	}
	return nil, false
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

// next is where somebody wanted to go before signing in.
func next(c echo.Context) string { return web.LocalPath(c.FormValue("next"), "/") }
