package account

import (
	"net/url"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// codePath leads from the password to the code, keeping what was asked for.
func codePath(c echo.Context, stay bool) string {
	query := url.Values{"next": {next(c)}}
	if stay {
		query.Set("stay", "1")
	}
	return "/sign-in/code?" + query.Encode()
}

// CodeForm asks for the second factor.
func (s Screens) CodeForm(c echo.Context) error {
	if web.Pending(c) == "" {
		return web.Redirect(c, "/sign-in")
	}
	page, err := web.Chrome(c, "Your code")
	if err != nil {
		return err
	}
	return web.Page(c, views.SignInCodePage(views.SignInCode{Page: page, Next: next(c), Stay: c.QueryParam("stay") != ""}))
}

// Code opens a session when the second factor is right.
func (s Screens) Code(c echo.Context) error {
	form := actions.SignInCode{Pending: web.Pending(c), Address: c.RealIP(), Agent: c.Request().UserAgent()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		return s.codeAgain(c, form, err)
	}
	if err := web.SetTokenFor(c, form.Token, form.Stay); err != nil {
		return err
	}
	return web.Redirect(c, next(c))
}

func (s Screens) codeAgain(c echo.Context, form actions.SignInCode, cause error) error {
	if fault.KindOf(cause) == fault.Unauthorized {
		if err := web.SetPending(c, ""); err != nil {
			return err
		}
		if err := web.SetFlash(c, cause.Error()); err != nil {
			return err
		}
		return web.Redirect(c, "/sign-in?next="+url.QueryEscape(next(c)))
	}
	refused, again := refusedSignIn(cause)
	if !again {
		return cause
	}
	page, err := web.Chrome(c, "Your code")
	if err != nil {
		return err
	}
	return web.Form(c, views.SignInCodePage(views.SignInCode{Page: page, Next: next(c), Stay: form.Stay, Refused: refused}))
}
