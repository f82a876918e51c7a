package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// SetUpForm is the first page of a new installation; there is nothing at its address once there is an organization.
func (s Screens) SetUpForm(c echo.Context) error {
	return s.setUpPage(c, actions.SetUp{TimeZone: "UTC"}, nil)
}

// SetUp founds the first organization and leads its administrator to sign in.
func (s Screens) SetUp(c echo.Context) error {
	form := actions.SetUp{Address: c.RealIP()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := refusedSignIn(err); again {
			return s.setUpPage(c, form, refused)
		}
		return err
	}
	return s.saved(c, "Assay is set up. Sign in with the address and password you chose.", "/sign-in")
}

func (s Screens) setUpPage(c echo.Context, typed actions.SetUp, refused fault.Fields) error {
	founded, err := s.Actions.Founded(web.Context(c))
	if err != nil {
		return err
	}
	if founded {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	page, err := web.Chrome(c, "Set up Assay")
	if err != nil {
		return err
	}
	p := views.SetUp{Page: page, Name: typed.Name, TimeZone: typed.TimeZone, AdminName: typed.AdminName,
		AdminEmail: typed.AdminEmail, Code: typed.Code, Refused: refused}
	if refused != nil {
		return web.Form(c, views.SetUpPage(p))
	}
	return web.Page(c, views.SetUpPage(p))
}
