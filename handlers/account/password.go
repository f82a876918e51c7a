package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ForgottenForm asks where to mail a link for a new password.
func (s Screens) ForgottenForm(c echo.Context) error {
	page, err := web.Chrome(c, "Reset your password")
	if err != nil {
		return err
	}
	return web.Page(c, views.ForgottenPage(views.Forgotten{Page: page}))
}

// Forgotten has the link mailed, and says the same whether or not there is an account.
func (s Screens) Forgotten(c echo.Context) error {
	form := actions.RequestPasswordReset{Address: c.RealIP()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	page, err := web.Chrome(c, "Reset your password")
	if err != nil {
		return err
	}
	p := views.Forgotten{Page: page, Email: form.Email}
	if err := web.Run(c, &form); err != nil {
		refused, again := refusedSignIn(err)
		if !again {
			return err
		}
		p.Refused = refused
		return web.Form(c, views.ForgottenPage(p))
	}
	p.Sent = true
	return web.Page(c, views.ForgottenPage(p))
}

// ResetForm asks for the new password, behind the link that was mailed.
func (s Screens) ResetForm(c echo.Context) error {
	return s.choosePage(c, models.TicketPasswordReset, nil)
}

// Reset sets the new password.
func (s Screens) Reset(c echo.Context) error { return s.choose(c, models.TicketPasswordReset) }

// InvitationForm welcomes an invited user and asks for a password.
func (s Screens) InvitationForm(c echo.Context) error {
	return s.choosePage(c, models.TicketInvitation, nil)
}

// Invitation accepts: the account becomes active.
func (s Screens) Invitation(c echo.Context) error { return s.choose(c, models.TicketInvitation) }

func (s Screens) choose(c echo.Context, purpose models.TicketPurpose) error {
	form := actions.ChoosePassword{Purpose: purpose, Token: c.Param("token"), Address: c.RealIP()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := refusedSignIn(err); again {
			return s.choosePage(c, purpose, refused)
		}
		return err
	}
	if err := web.SetFlash(c, "Your password is set. Sign in with it."); err != nil {
		return err
	}
	return web.Redirect(c, "/sign-in")
}

func (s Screens) choosePage(c echo.Context, purpose models.TicketPurpose, refused fault.Fields) error {
	user, err := s.Actions.TicketOwner(web.Context(c), purpose, c.Param("token"))
	if err != nil {
		return err
	}
	var organization models.Organization
	if err := s.DB.Read.WithContext(web.Context(c)).First(&organization, user.OrganizationID).Error; err != nil {
		return err
	}
	page, err := web.Chrome(c, "Choose a password")
	if err != nil {
		return err
	}
	p := views.ChoosePassword{Page: page, User: user, Organization: organization.Name, Refused: refused,
		Action: c.Request().URL.Path, IsInvitation: purpose == models.TicketInvitation}
	if refused != nil {
		return web.Form(c, views.ChoosePasswordPage(p))
	}
	return web.Page(c, views.ChoosePasswordPage(p))
}

// Strength judges a password while it is typed.
func (s Screens) Strength(c echo.Context) error {
	password := c.FormValue("password")
	if password == "" {
		password = c.FormValue("admin_password")
	}
	a := web.Actor(c)
	score, advice := actions.PasswordStrength(password, a.Name, a.Email, a.Organization)
	return web.Part(c, views.Strength(views.Judged{Score: score, Advice: advice, Empty: password == ""}))
}
