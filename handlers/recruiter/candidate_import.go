package recruiter

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewCandidateImport asks for a file.
func (s Screens) NewCandidateImport(c echo.Context) error {
	chrome, err := web.Chrome(c, "Import candidates")
	if err != nil {
		return err
	}
	return web.Page(c, views.CandidateUploadPage(views.CandidateUpload{Page: chrome}))
}

// UploadCandidates takes a file in and leads to its columns.
func (s Screens) UploadCandidates(c echo.Context) error {
	var a actions.UploadImport
	if header, err := c.FormFile("file"); err == nil {
		content, err := header.Open()
		if err != nil {
			return fmt.Errorf("open upload: %w", err)
		}
		defer content.Close() // read to its end by then
		a.Name, a.Content = header.Filename, content
	} else if !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart) {
		return fmt.Errorf("read upload: %w", err)
	}
	err := web.Run(c, &a)
	if refused, ok := web.Refused(err); ok {
		chrome, err := web.Chrome(c, "Import candidates")
		if err != nil {
			return err
		}
		return web.Form(c, views.CandidateUploadPage(views.CandidateUpload{Page: chrome, Refused: refused}))
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, views.ImportHref(a.Import.ID))
}

// CandidateImport shows how far an import is: its columns, the dry run, its progress, its end.
func (s Screens) CandidateImport(c echo.Context) error {
	row, err := s.ownImport(c)
	if err != nil {
		return err
	}
	if row.Status == models.ImportUploaded && c.QueryParam("step") == "check" {
		return s.checkCandidateImport(c, row)
	}
	page, err := s.importPage(c, row)
	if err != nil {
		return err
	}
	if row.Status == models.ImportUploaded {
		return web.Page(c, views.CandidateColumnsPage(page))
	}
	return web.PageOr(c, views.CandidateImportPage(page), views.ImportProgress(page))
}

func (s Screens) ownImport(c echo.Context) (models.Import, error) {
	var row models.Import
	id, err := web.ID(c, "id")
	if err != nil {
		return row, err
	}
	err = s.own(c).Where("kind = ?", models.ImportCandidates).First(&row, id).Error
	return row, database.Fault(err, "import")
}

func (s Screens) importPage(c echo.Context, row models.Import) (views.CandidateImport, error) {
	chrome, err := web.Chrome(c, "Import candidates")
	if err != nil {
		return views.CandidateImport{}, err
	}
	p := views.CandidateImport{Page: chrome, Import: row, Duplicates: string(actions.DuplicatesOf(row))}
	if row.Status != models.ImportUploaded {
		p.Problems, err = importProblems(row)
		return p, err
	}
	custom, err := s.customFields(c)
	if err != nil {
		return p, err
	}
	for _, f := range candidatesheet.Fields(custom) {
		p.Fields = append(p.Fields, views.ImportField{Key: f.Key, Label: f.Label})
	}
	header, rows, err := s.Actions.ImportColumns(web.Context(c), web.Actor(c), row)
	if err != nil {
		return p, err
	}
	p.Columns = columnsOf(header, rows, candidatesheet.Restored(row.Mapping))
	return p, nil
}

func importProblems(row models.Import) ([]views.ImportProblem, error) {
	problems, err := actions.ImportProblems(row)
	return shownProblems(problems), err
}

func shownProblems(problems []candidatesheet.Problem) []views.ImportProblem {
	var shown []views.ImportProblem
	for _, p := range problems {
		shown = append(shown, views.ImportProblem(p))
	}
	return shown
}

func columnsOf(header []string, rows [][]string, mapping candidatesheet.Mapping) []views.ImportColumn {
	var columns []views.ImportColumn
	for i, heading := range header {
		column := views.ImportColumn{Place: i, Heading: heading, Field: mapping[i]}
		for _, row := range rows {
			if value := strings.TrimSpace(row[i]); value != "" && len(column.Samples) < 3 {
				column.Samples = append(column.Samples, value)
			}
		}
		columns = append(columns, column)
	}
	return columns
}

// MapCandidateImport says what the columns hold and leads to the dry run.
func (s Screens) MapCandidateImport(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	values, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The form could not be read.")
	}
	a := actions.MapImport{ID: id, Mapping: candidatesheet.Mapping{}, Duplicates: actions.Duplicates(values.Get("duplicates"))}
	for name := range values {
		place, is := strings.CutPrefix(name, "column_")
		if column, err := strconv.Atoi(place); is && err == nil && values.Get(name) != "" {
			a.Mapping[column] = values.Get(name)
		}
	}
	err = web.Run(c, &a)
	if refused, ok := web.Refused(err); ok {
		return s.mapAgain(c, a, refused)
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, views.ImportHref(id)+"?step=check")
}

func (s Screens) mapAgain(c echo.Context, a actions.MapImport, refused fault.Fields) error {
	row, err := s.ownImport(c)
	if err != nil {
		return err
	}
	row.Mapping = a.Mapping.Stored()
	page, err := s.importPage(c, row)
	if err != nil {
		return err
	}
	page.Refused = refused
	if a.Duplicates != "" {
		page.Duplicates = string(a.Duplicates)
	}
	return web.Form(c, views.CandidateColumnsPage(page))
}

// checkCandidateImport shows what would happen.
func (s Screens) checkCandidateImport(c echo.Context, row models.Import) error {
	if !candidatesheet.Restored(row.Mapping).Has(candidatesheet.Email) {
		return web.Redirect(c, views.ImportHref(row.ID))
	}
	page, err := s.importPage(c, row)
	if err != nil {
		return err
	}
	check, err := s.Actions.CheckImport(web.Context(c), web.Actor(c), row)
	if err != nil {
		return err
	}
	page.Rows, page.New, page.Existing, page.Left = check.Rows, check.New, check.Existing, check.Refused
	page.Problems = shownProblems(check.Problems)
	for _, d := range check.Drafts {
		first, last := d.Name()
		page.Sample = append(page.Sample, views.ImportSample{Name: strings.TrimSpace(first + " " + last), Email: d.Email(), Phone: d.Values[candidatesheet.Phone]})
	}
	return web.Page(c, views.CandidateCheckPage(page))
}

// CommitCandidateImport has the file written.
func (s Screens) CommitCandidateImport(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.CommitImport{ID: id}); err != nil {
		return err
	}
	return web.Redirect(c, views.ImportHref(id))
}

// CandidateImportProblems answers what is wrong, row by row, as a table.
func (s Screens) CandidateImportProblems(c echo.Context) error {
	row, err := s.ownImport(c)
	if err != nil {
		return err
	}
	problems, err := actions.ImportProblems(row)
	if row.Status == models.ImportUploaded {
		var check actions.ImportCheck
		check, err = s.Actions.CheckImport(web.Context(c), web.Actor(c), row)
		problems = check.Problems
	}
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, spreadsheet.CSV.MediaType())
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="import-%d-problems.csv"`, row.ID))
	table, err := spreadsheet.NewWriter(c.Response(), spreadsheet.CSV, "Line", "Column", "Value", "Problem")
	if err != nil {
		return err
	}
	for _, p := range problems {
		if err := table.Write(p.Line, p.Column, p.Value, p.Text); err != nil {
			return err
		}
	}
	return table.Close()
}
