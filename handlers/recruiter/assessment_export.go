package recruiter

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ExportAssessments writes the list, as the filter leaves it, into a table.
func (s Screens) ExportAssessments(c echo.Context) error {
	p := views.AssessmentList{Zone: web.Zone(c)}
	if err := web.Bind(c, &p.Filter); err != nil {
		return err
	}
	p.Filter.After = ""
	var found []models.Assessment
	if err := s.filtered(c, p.Filter).Order("assessments.id").Limit(countBound).Find(&found).Error; err != nil {
		return fmt.Errorf("load assessments to export: %w", err)
	}
	if err := s.listChoices(c, &p); err != nil {
		return err
	}
	if err := s.fillRows(c, &p, found); err != nil {
		return err
	}
	format := spreadsheet.Format(c.QueryParam("format"))
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, format.MediaType())
	header.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="assessments.%s"`, format))
	columns := []string{"ID", "Number in another system", "Title", "Status", "Owner", "Opens", "Closes", "Created"}
	for _, status := range models.Statuses {
		columns = append(columns, status.Label)
	}
	table, err := spreadsheet.NewWriter(c.Response(), format, columns...)
	if err != nil {
		header.Del(echo.HeaderContentDisposition)
		return err
	}
	if err := web.Run(c, &actions.NoteExport{Table: actions.ExportedAssessments, Format: string(format)}); err != nil {
		return err
	}
	for _, row := range p.Rows {
		if err := table.Write(exported(row, p.Zone)...); err != nil {
			return fmt.Errorf("write assessments: %w", err)
		}
	}
	return table.Close()
}

func exported(row views.AssessmentRow, zone *time.Location) []any {
	moment := func(t *time.Time) any {
		if t == nil {
			return nil
		}
		return t.In(zone)
	}
	var external any
	if row.ExternalID != nil {
		external = *row.ExternalID
	}
	cells := []any{row.ID, external, row.Title, row.StatusID.Label(), row.Owner, moment(row.StartDate), moment(row.EndDate), row.CreatedAt.In(zone)}
	for _, status := range models.Statuses {
		cells = append(cells, row.Counts[status.SortKey])
	}
	return cells
}
