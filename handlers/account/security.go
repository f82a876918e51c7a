package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Security shows password and second factor.
func (s Screens) Security(c echo.Context) error { return s.securityPage(c, nil) }

func (s Screens) securityPage(c echo.Context, refused fault.Fields) error {
	user, err := s.me(c)
	if err != nil {
		return err
	}
	var left int64
	err = s.DB.Read.WithContext(web.Context(c)).Model(&models.RecoveryCode{}).
		Where("user_id = ? AND used_at IS NULL", user.ID).Count(&left).Error
	if err != nil {
		return err
	}
	page, err := web.Chrome(c, "Password and second factor")
	if err != nil {
		return err
	}
	p := views.Security{Page: page, User: user, Zone: web.Zone(c), CodesLeft: int(left), Refused: refused}
	if refused != nil {
		return web.Form(c, views.SecurityPage(p))
	}
	return web.Page(c, views.SecurityPage(p))
}

// securityForm runs one of the forms of the page and shows it again when it was refused.
func (s Screens) securityForm(c echo.Context, a actions.Action, done func() error) error {
	if err := web.Bind(c, a); err != nil {
		return err
	}
	if err := web.Run(c, a); err != nil {
		if refused, again := web.Refused(err); again {
			return s.securityPage(c, refused)
		}
		return err
	}
	return done()
}

// ChangePassword sets a new password.
func (s Screens) ChangePassword(c echo.Context) error {
	return s.securityForm(c, &actions.ChangePassword{Address: c.RealIP()}, func() error {
		return s.saved(c, "Your password is changed. You are signed out everywhere else.", "/account/security")
	})
}

// StartSecondFactor makes a secret and shows it.
func (s Screens) StartSecondFactor(c echo.Context) error {
	return s.securityForm(c, &actions.StartSecondFactor{Address: c.RealIP()}, func() error {
		return web.Redirect(c, "/account/second-factor")
	})
}

// SecondFactor shows the QR code to scan and asks for a first code.
func (s Screens) SecondFactor(c echo.Context) error { return s.secondFactorPage(c, nil) }

func (s Screens) secondFactorPage(c echo.Context, refused fault.Fields) error {
	user, err := s.me(c)
	if err != nil {
		return err
	}
	if user.TOTPSecret == nil || user.HasSecondFactor() {
		return web.Redirect(c, "/account/security")
	}
	secret, err := s.Actions.TOTPSecret(user)
	if err != nil {
		return err
	}
	qr, err := secrets.NewQR(secrets.TOTPAddress("Assay", user.Email, secret))
	if err != nil {
		return err
	}
	page, err := web.Chrome(c, "Set up a second factor")
	if err != nil {
		return err
	}
	p := views.SecondFactor{Page: page, Secret: secret, QRSize: qr.Size(), QRPath: qr.Path(), Refused: refused}
	if refused != nil {
		return web.Form(c, views.SecondFactorPage(p))
	}
	return web.Page(c, views.SecondFactorPage(p))
}

// ConfirmSecondFactor switches it on and shows the recovery codes, once.
func (s Screens) ConfirmSecondFactor(c echo.Context) error {
	form := actions.ConfirmSecondFactor{Address: c.RealIP()}
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.secondFactorPage(c, refused)
		}
		return err
	}
	return s.codesPage(c, form.RecoveryCodes)
}

// RenewRecoveryCodes replaces the codes and shows the new ones, once.
func (s Screens) RenewRecoveryCodes(c echo.Context) error {
	form := &actions.RenewRecoveryCodes{Address: c.RealIP()}
	return s.securityForm(c, form, func() error { return s.codesPage(c, form.RecoveryCodes) })
}

func (s Screens) codesPage(c echo.Context, codes []string) error {
	page, err := web.Chrome(c, "Your recovery codes")
	if err != nil {
		return err
	}
	return web.Page(c, views.RecoveryCodesPage(views.RecoveryCodes{Page: page, Codes: codes}))
}

// DropSecondFactor switches the second factor off.
func (s Screens) DropSecondFactor(c echo.Context) error {
	return s.securityForm(c, &actions.DropSecondFactor{Address: c.RealIP()}, func() error {
		return s.saved(c, "Your second factor is off. Your password alone signs you in.", "/account/security")
	})
}
