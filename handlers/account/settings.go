package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/views/settings"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Settings shows what one chose of the catalogue of settings.
func (s Screens) Settings(c echo.Context) error { return s.settingsPage(c, nil, nil) }

func (s Screens) settingsPage(c echo.Context, typed map[int64]string, refused fault.Fields) error {
	page, err := web.Chrome(c, "Your settings")
	if err != nil {
		return err
	}
	me := web.Actor(c)
	all, err := actions.LoadSettings(s.DB.Read.WithContext(web.Context(c)), me.OrganizationID, me.ID)
	if err != nil {
		return err
	}
	isMine := func(d models.SettingsDatum) bool { return d.UserID != nil }
	sheet := settings.Sheet{Action: "/account/settings", Own: true, Refused: refused,
		Lines: settings.Lines(all.InForce(me.ID), all.InForce(0), all.Allowed, isMine, "your organization")}
	for i, line := range sheet.Lines {
		if text, again := typed[line.Setting.ID]; again {
			sheet.Lines[i].Chosen = text
		}
	}
	p := views.Settings{Page: page, Sheet: sheet}
	if refused != nil {
		return web.Form(c, views.SettingsPage(p))
	}
	return web.Page(c, views.SettingsPage(p))
}

// SaveSettings keeps one's own choices.
func (s Screens) SaveSettings(c echo.Context) error {
	values, err := web.Settings(c)
	if err != nil {
		return err
	}
	err = web.Run(c, &actions.SaveSettings{Own: true, Values: values})
	if refused, again := web.Refused(err); again {
		return s.settingsPage(c, values, refused)
	}
	if err != nil {
		return err
	}
	if values[models.SettingTheme] != "" {
		web.ForgetTheme(c) // what is chosen here counts on this device too
	}
	return s.saved(c, "Saved your settings.", "/account/settings")
}
