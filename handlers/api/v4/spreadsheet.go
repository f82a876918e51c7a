package v4

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

func (a API) spreadsheetOperations() []operation {
	return []operation{
		{method: http.MethodPost, path: "/spreadsheet", grant: "candidate.update", takes: sheetBody{}, files: []string{"file"}, gives: []map[string]string{},
			status: http.StatusOK, do: a.readSpreadsheet, about: "Reads a table, CSV or XLSX, and keeps it: an object for each row, by the names in the first."},
	}
}

// sheetBody is what comes beside a table.
type sheetBody struct {
	FileTypeID int64 `json:"file_type_id"`
}

func (a API) readSpreadsheet(c echo.Context) error {
	var in sheetBody
	name, content, err := takeFile(c, &in)
	if err != nil {
		return err
	}
	defer content.Close() // reading only
	act := actions.ReadSpreadsheet{Upload: actions.Upload{Type: in.FileTypeID, Name: name, Content: content}}
	if err := web.Run(c, &act); err != nil {
		return err
	}
	rows := make([]resource.Object, len(act.Rows))
	for i, cells := range act.Rows {
		for j, column := range act.Header {
			rows[i].Set(column, cells[j])
		}
	}
	c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/models/file/%d", Prefix, act.File.ID))
	return reply(c, http.StatusOK, rows)
}
