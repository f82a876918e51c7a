package account

import (
	"errors"
	"net/http"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Profile shows what others see of oneself, and the own roles.
func (s Screens) Profile(c echo.Context) error { return s.profilePage(c, profileTyped{}, nil) }

// profileTyped is what a refused form on the page of the profile held.
type profileTyped struct {
	profile *actions.UpdateProfile
	email   string // the new one
}

func (s Screens) profilePage(c echo.Context, again profileTyped, refused fault.Fields) error {
	user, err := s.me(c)
	if err != nil {
		return err
	}
	if typed := again.profile; typed != nil {
		user.Name, user.Location, user.Phone = typed.Name, &typed.Location, &typed.Phone
		user.TimeZone, user.DefaultLocale = typed.TimeZone, typed.Locale
	}
	page, err := web.Chrome(c, "Your profile")
	if err != nil {
		return err
	}
	waiting, err := s.Actions.EmailChangeOf(web.Context(c), user.ID)
	if err != nil {
		return err
	}
	p := views.Profile{Page: page, User: user, NewEmail: again.email, WaitingEmail: waiting, Refused: refused}
	if refused != nil {
		return web.Form(c, views.ProfilePage(p))
	}
	return web.Page(c, views.ProfilePage(p))
}

// me loads the acting user.
func (s Screens) me(c echo.Context) (user models.User, err error) {
	err = s.DB.Read.WithContext(web.Context(c)).First(&user, web.Actor(c).ID).Error
	return user, err
}

// UpdateProfile stores the form of the profile.
func (s Screens) UpdateProfile(c echo.Context) error {
	var form actions.UpdateProfile
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.profilePage(c, profileTyped{profile: &form}, refused)
		}
		return err
	}
	return s.saved(c, "Saved your profile.", "/account")
}

func (s Screens) saved(c echo.Context, text, to string) error {
	if err := web.SetFlash(c, text); err != nil {
		return err
	}
	return web.Redirect(c, to)
}

// SetPicture stores an uploaded picture.
func (s Screens) SetPicture(c echo.Context) error {
	upload, err := c.FormFile("picture")
	if errors.Is(err, http.ErrMissingFile) {
		return s.profilePage(c, profileTyped{}, fault.Fields{"picture": "Choose a picture."})
	}
	if err != nil {
		return err
	}
	file, err := upload.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	if err := web.Run(c, &actions.SetPicture{FileName: upload.Filename, Content: file}); err != nil {
		if refused, again := web.Refused(err); again {
			return s.profilePage(c, profileTyped{}, refused)
		}
		return err
	}
	return s.saved(c, "Your picture is there.", "/account")
}

// RemovePicture takes the picture away.
func (s Screens) RemovePicture(c echo.Context) error {
	if err := web.Run(c, &actions.RemovePicture{}); err != nil {
		return err
	}
	return s.saved(c, "Your picture is gone.", "/account")
}

const pictureLinkLife = 10 * time.Minute

// Picture leads to the own picture.
func (s Screens) Picture(c echo.Context) error {
	user, err := s.me(c)
	if err != nil {
		return err
	}
	if user.PictureKey == nil {
		return fault.Missing("picture")
	}
	link, err := s.Actions.Files.SignedURL(*user.PictureKey, "", s.DB.Clock.Now().Add(pictureLinkLife))
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, link)
}

// SwitchRole changes the role one works in.
func (s Screens) SwitchRole(c echo.Context) error {
	var form actions.SwitchRole
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.profilePage(c, profileTyped{}, refused)
		}
		return err
	}
	return s.saved(c, "You work as "+string(form.Role)+" now.", "/")
}
