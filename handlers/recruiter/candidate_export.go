package recruiter

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// ExportCandidates answers the list as a table, with the list's filters, or the selected ones.
func (s Screens) ExportCandidates(c echo.Context) error {
	format := spreadsheet.Format(c.QueryParam("format"))
	if format != spreadsheet.XLSX {
		format = spreadsheet.CSV
	}
	fields, err := s.customFields(c)
	if err != nil {
		return err
	}
	header := []string{"Id", "E-mail", "First name", "Middle name", "Last name", "Phone", "Your own id", "Industry", "Added"}
	for _, f := range fields {
		header = append(header, f.Label)
	}
	if err := web.Run(c, &actions.NoteExport{Table: actions.ExportedCandidates, Format: string(format)}); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, format.MediaType())
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="candidates-%s.%s"`, s.DB.Clock.Now().Format("2006-01-02"), format))
	c.Response().WriteHeader(http.StatusOK)
	table, err := spreadsheet.NewWriter(c.Response(), format, header...)
	if err != nil {
		return err
	}
	err = s.eachCandidate(c, func(r models.Candidate) error {
		cells := []any{r.ID, r.Email, r.FirstName, textOf(r.MiddleName), textOf(r.LastName), textOf(r.Phone), textOf(r.ExternalID),
			textOf(r.Industry), r.CreatedAt.In(web.Zone(c))}
		for _, f := range fields {
			cells = append(cells, f.Words(r.CF[f.Key]))
		}
		return table.Write(cells...)
	})
	if err != nil {
		return err
	}
	return table.Close()
}

const exportedAtOnce = 1000

// eachCandidate walks through the list by pages, oldest last, so that no table is too large for memory.
func (s Screens) eachCandidate(c echo.Context, visit func(models.Candidate) error) error {
	db, a := s.DB.Read.WithContext(web.Context(c)), web.Actor(c)
	f := readCandidateFilter(c.QueryParams())
	ids, err := selectedIDs(c)
	if err != nil {
		return err
	}
	f.After, f.Before = 0, 0
	for {
		query := f.where(db, a, s.DB.Clock.Now())
		if len(ids) > 0 {
			query = query.Where("candidates.id IN ?", ids)
		}
		var rows []models.Candidate
		if err := f.ordered(query, a, exportedAtOnce).Find(&rows).Error; err != nil {
			return fmt.Errorf("export candidates: %w", err)
		}
		for _, r := range rows {
			if err := visit(r); err != nil {
				return err
			}
		}
		if len(rows) < exportedAtOnce {
			return nil
		}
		f.After = rows[len(rows)-1].ID
	}
}

// textOf returns what a nullable column holds.
func textOf(p *string) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(*p)
}
