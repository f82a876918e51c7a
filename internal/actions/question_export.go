package actions

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/models"
)

// ExportFormat is a way to take questions out.
type ExportFormat struct {
	Name, Label, Extension, MediaType string
	bank                              string // its name in package bankfile
}

// ExportFormats lists the formats in the order people see them.
var ExportFormats = []ExportFormat{
	{"gift", "GIFT", ".gift", "text/plain; charset=utf-8", "gift"},
	{"moodle-xml", "Moodle XML", ".xml", "application/xml", "moodle-xml"},
	{"qti3", "QTI 3 package", ".zip", "application/zip", "qti"},
	{"csv", "CSV table", ".csv", "text/csv; charset=utf-8", "csv"},
	{"xlsx", "Excel workbook", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
}

// ExportQuestions writes the questions of a filter, keys included, in a format. It changes nothing but the ledger.
type ExportQuestions struct {
	Format string         `query:"format" json:"format"`
	Filter QuestionFilter `json:"filter"`

	File     []byte                 `json:"-"`
	As       ExportFormat           `json:"-"`
	Count    int                    `json:"-"` // questions in the file
	Problems []questionbank.Problem `json:"-"` // what the format cannot hold
}

// Grant implements Action.
func (*ExportQuestions) Grant() access.Grant { return "question.export" }

// Validate implements Action.
func (a *ExportQuestions) Validate() error {
	if len(a.Filter.IDs) > mostInvited {
		return fault.Field("id", "Choose at most %d questions at once.", mostInvited)
	}
	for _, format := range ExportFormats {
		if format.Name == a.Format {
			a.As = format
			return nil
		}
	}
	return fault.Field("format", "Choose GIFT, Moodle XML, QTI 3, CSV or Excel.")
}

// Prepare implements Prepared: it loads and writes the questions.
func (a *ExportQuestions) Prepare(ctx context.Context, w *Work) error {
	a.Problems = nil
	questions, err := a.load(ctx, w)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	problems, err := bankfile.Export(a.As.bank, &out, questions)
	if err != nil {
		return err
	}
	a.File, a.Problems, a.Count = out.Bytes(), append(a.Problems, problems...), len(questions)
	for _, problem := range problems {
		if problem.Severity == questionbank.Error {
			a.Count--
		}
	}
	return nil
}

// Perform implements Action.
func (a *ExportQuestions) Perform(_ context.Context, w *Work) error {
	return w.Audit(ledger.Entry{Verb: "export-questions", SubjectType: "organization", SubjectID: w.Actor.OrganizationID,
		Detail: map[string]any{"format": a.Format, "questions": a.Count}})
}

const exportedAtOnce = 500

func (a *ExportQuestions) load(ctx context.Context, w *Work) ([]questionbank.Question, error) {
	var all []questionbank.Question
	for after := int64(0); ; {
		var rows []models.Question
		err := a.Filter.Apply(w.Own("questions")).Where("questions.id > ?", after).Order("questions.id").Limit(exportedAtOnce).Find(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("load questions to export: %w", err)
		}
		if len(rows) == 0 {
			return all, nil
		}
		after = rows[len(rows)-1].ID
		tags, err := QuestionTagsOf(w.Tx, w.Actor.OrganizationID, questionIDs(rows))
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if !slices.Contains(bankTypes, rows[i].Type) {
				a.Problems = append(a.Problems, questionbank.Problem{Question: rows[i].Title, Severity: questionbank.Error,
					Message: "Questions of type " + rows[i].Type.Label() + " have no place in question files, so it was left out."})
				continue
			}
			q, err := a.convert(ctx, w, &rows[i], tags[rows[i].ID])
			if err != nil {
				return nil, err
			}
			all = append(all, q)
		}
	}
}

func (a *ExportQuestions) convert(ctx context.Context, w *Work, row *models.Question, tags QuestionTags) (questionbank.Question, error) {
	images, err := a.images(ctx, w, row)
	if err != nil {
		return questionbank.Question{}, err
	}
	in := InputOf(*row)
	in.Skills, in.Categories = tags.Skills, tags.Categories
	return questionToBank(in, images), nil
}

func (a *ExportQuestions) images(ctx context.Context, w *Work, row *models.Question) (map[string]questionbank.Image, error) {
	keys := PictureKeys(row)
	if len(keys) == 0 {
		return nil, nil
	}
	var known []models.File
	if err := w.Own().Where("storage_key IN ?", keys).Find(&known).Error; err != nil {
		return nil, fmt.Errorf("load pictures of question %d: %w", row.ID, err)
	}
	images := map[string]questionbank.Image{}
	for _, file := range known {
		data, err := readStored(ctx, w.World.Files, file.Key)
		if fault.KindOf(err) == fault.NotFound {
			a.Problems = append(a.Problems, questionbank.Problem{Question: row.Title, Severity: questionbank.Warning,
				Message: "Its picture " + file.Name + " is no longer kept and was left out."})
			continue
		}
		if err != nil {
			return nil, err
		}
		images[file.Key] = questionbank.Image{Name: file.Name, MediaType: file.MediaType, Data: data}
	}
	return images, nil
}

func questionIDs(rows []models.Question) []int64 {
	ids := make([]int64, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	return ids
}
