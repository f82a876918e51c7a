package admin

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/views/settings"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Settings shows what the organization chose of the catalogue of settings.
func (s Screens) Settings(c echo.Context) error { return s.settingsPage(c, nil, nil) }

func (s Screens) settingsPage(c echo.Context, typed map[int64]string, refused fault.Fields) error {
	page, err := web.Chrome(c, "Settings")
	if err != nil {
		return err
	}
	all, err := actions.LoadSettings(s.DB.Read.WithContext(web.Context(c)), web.Actor(c).OrganizationID, 0)
	if err != nil {
		return err
	}
	isOurs := func(d models.SettingsDatum) bool { return d.UserID == nil }
	sheet := settings.Sheet{Action: "/admin/settings", Disabled: !access.Can(web.Actor(c), "organization.update"), Refused: refused,
		Lines: settings.Lines(all.InForce(0), all.Defaults(), all.Allowed, isOurs, "the default")}
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

// SaveSettings keeps the organization's choices.
func (s Screens) SaveSettings(c echo.Context) error {
	values, err := web.Settings(c)
	if err != nil {
		return err
	}
	err = web.Run(c, &actions.SaveSettings{Values: values})
	if refused, again := web.Refused(err); again {
		return s.settingsPage(c, values, refused)
	}
	if err != nil {
		return err
	}
	return done(c, "Saved the settings.", "/admin/settings")
}
