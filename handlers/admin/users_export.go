package admin

import (
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

func writeUsers(c echo.Context, users []models.User, zone *time.Location) error {
	format := spreadsheet.CSV
	if c.QueryParam("format") == string(spreadsheet.XLSX) {
		format = spreadsheet.XLSX
	}
	if err := web.Run(c, &actions.NoteExport{Table: actions.ExportedUsers, Format: string(format)}); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", format.MediaType())
	h.Set("Content-Disposition", "attachment; filename=people."+string(format))
	table, err := spreadsheet.NewWriter(c.Response(), format, "Name", "E-mail", "Roles", "Current role", "Status", "Second factor",
		"Last signed in ("+zone.String()+")")
	if err != nil {
		return err
	}
	for _, u := range users {
		roles := make([]string, len(u.Roles))
		for i, r := range u.Roles {
			roles[i] = string(r)
		}
		err := table.Write(u.Name, u.Email, strings.Join(roles, ", "), string(u.CurrentRole), views.StatusWord(u.Status),
			u.HasSecondFactor(), seen(u.LoggedInAt, zone))
		if err != nil {
			return err
		}
	}
	return table.Close()
}
