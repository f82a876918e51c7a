package recruiter

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// NewQuestionImport asks for question files.
func (s Screens) NewQuestionImport(c echo.Context) error {
	page, err := s.uploadPage(c)
	if err != nil {
		return err
	}
	return web.Page(c, views.QuestionUploadPage(page))
}

func (s Screens) uploadPage(c echo.Context) (views.QuestionUpload, error) {
	page := views.QuestionUpload{Format: bankfile.Auto, Formats: []ui.Option{{Value: bankfile.Auto, Label: "Find out by itself"}}}
	for _, format := range bankfile.Formats() {
		page.Formats = append(page.Formats, ui.Option{Value: format.Name, Label: format.Label})
	}
	var rows []models.Import
	err := s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("kind = ?", models.ImportQuestions).
		Order("id DESC").Limit(8).Find(&rows).Error
	if err != nil {
		return page, fmt.Errorf("load earlier uploads: %w", err)
	}
	for _, row := range rows {
		page.Recent = append(page.Recent, views.RecentImport{ID: row.ID, Name: row.FileName, When: row.CreatedAt.In(web.Zone(c)).Format("2 Jan 2006, 15:04"), Result: importResult(row)})
	}
	page.Page, err = web.Chrome(c, "Import questions")
	return page, err
}

func importResult(row models.Import) string {
	switch row.Status {
	case models.ImportCommitted:
		return fmt.Sprintf("%s added", questionsWords(row.Created))
	case models.ImportRunning:
		return "coming in"
	case models.ImportFailed:
		return "nothing came in"
	}
	return "looked at"
}

// UploadQuestions takes files and shows what would come in.
func (s Screens) UploadQuestions(c echo.Context) error {
	upload := actions.UploadQuestions{Format: c.FormValue("format")}
	parts, err := c.MultipartForm()
	if err != nil {
		return fault.New(fault.Invalid, "The files could not be read. Choose them again.")
	}
	for _, part := range parts.File["files"] {
		data, err := readPart(part)
		if err != nil {
			return err
		}
		if part.Filename != "" {
			upload.Files = append(upload.Files, actions.UploadedFile{Name: part.Filename, Data: data})
		}
	}
	err = web.Run(c, &upload)
	if fields, refused := web.Refused(err); refused {
		page, err := s.uploadPage(c)
		if err != nil {
			return err
		}
		page.Refused, page.Format = fields, upload.Format
		if page.Refused[""] != "" {
			page.Refused["files"] = page.Refused[""]
		}
		return web.Form(c, views.QuestionUploadPage(page))
	}
	if err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/questions/imports/%d", upload.Import.ID))
}

// QuestionImport shows an upload: the dry run, its progress, or what came in.
func (s Screens) QuestionImport(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var row models.Import
	err = s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c))).Where("kind = ?", models.ImportQuestions).First(&row, id).Error
	if err != nil {
		return database.Fault(err, "import")
	}
	page := views.QuestionImport{ID: id, Name: row.FileName, State: string(row.Status), Created: row.Created, Updated: row.Updated,
		Skipped: row.Skipped, Duplicates: string(actions.SkipDuplicates), Show: c.QueryParam("show")}
	if row.Message != nil {
		page.Why = *row.Message
	}
	switch {
	case row.Status == models.ImportRunning:
		page.Done, page.Total, page.DoneKnown = s.Actions.ImportProgress(id)
	case web.IsPart(c):
		return web.Redirect(c, fmt.Sprintf("/questions/imports/%d", id))
	case row.Status == models.ImportCommitted:
		if err := keptProblems(row, &page); err != nil {
			return err
		}
	default:
		if err := s.fillPlan(c, &page); err != nil {
			return err
		}
	}
	if page.Page, err = web.Chrome(c, "Import of "+row.FileName); err != nil {
		return err
	}
	page.Page.Wide, page.Page.Read = true, true
	return web.PageOr(c, views.QuestionImportPage(page), views.QuestionImportProgress(page))
}

func keptProblems(row models.Import, page *views.QuestionImport) error {
	var problems []actions.ImportProblem
	if len(row.Problems) > 0 {
		if err := json.Unmarshal(row.Problems, &problems); err != nil {
			return fmt.Errorf("read the problems of import %d: %w", row.ID, err)
		}
	}
	several := slices.ContainsFunc(problems, func(p actions.ImportProblem) bool { return p.File != problems[0].File })
	for _, p := range problems {
		shown := views.QuestionProblem{Line: p.Line, Question: p.Question, Message: p.Message, IsError: p.Severity == questionbank.Error}
		if several {
			shown.File = p.File
		}
		page.Problems = append(page.Problems, shown)
	}
	return nil
}

// CommitQuestionImport brings an upload in.
func (s Screens) CommitQuestionImport(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	start := actions.StartQuestionImport{ImportID: id, Duplicates: actions.Duplicates(c.FormValue("duplicates"))}
	if err := web.Run(c, &start); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/questions/imports/%d", id))
}
