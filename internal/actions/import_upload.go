package actions

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// UploadImport takes in a table of people, stores it and guesses what its columns hold. Nobody becomes a candidate yet.
type UploadImport struct {
	Name    string
	Content io.Reader

	Import models.Import // what was made

	stored files.Stored
	rows   int
	guess  candidatesheet.Mapping
}

// Grant implements Action.
func (*UploadImport) Grant() access.Grant { return "candidate.import" }

// Validate implements Action.
func (a *UploadImport) Validate() error {
	if a.Content == nil {
		return fault.Field("file", "Choose a CSV or Excel file.")
	}
	return nil
}

// samples is how many rows are looked at to guess what a column holds.
const samples = 20

// Prepare implements Prepared: the file is read once to see that it can be, then stored.
func (a *UploadImport) Prepare(ctx context.Context, w *Work) error {
	content, err := io.ReadAll(io.LimitReader(a.Content, spreadsheet.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the upload: %w", err)
	}
	if err := a.look(w, content); err != nil {
		return aboutFile(err)
	}
	a.stored, err = w.World.Files.Put(ctx, a.Name, bytes.NewReader(content), spreadsheet.MaxBytes)
	return aboutFile(err)
}

func (a *UploadImport) look(w *Work, content []byte) error {
	table, err := spreadsheet.Open(bytes.NewReader(content))
	if err != nil {
		return err
	}
	defer table.Close() // reading from memory
	var first [][]string
	for row, err := range table.Rows() {
		if err != nil {
			return err
		}
		if a.rows++; a.rows <= samples {
			first = append(first, row.Cells)
		}
	}
	if a.rows == 0 {
		return fault.New(fault.Invalid, "The file has a header and no rows below it.")
	}
	custom, err := customFields(w.Own(), models.CandidateField)
	if err != nil {
		return err
	}
	a.guess = candidatesheet.Guess(table.Header(), first, custom)
	return nil
}

// customFields loads the organization's own fields; own is scoped to it.
func customFields(own *gorm.DB, kind models.CustomFieldType) ([]models.CustomField, error) {
	var fields []models.CustomField
	err := own.Where("type = ? AND NOT is_deleted", kind).Order("sort_order, id").Find(&fields).Error
	if err != nil {
		return nil, fmt.Errorf("load custom fields: %w", err)
	}
	return fields, nil
}

// Perform implements Action.
func (a *UploadImport) Perform(_ context.Context, w *Work) error {
	file := fileRow(w, models.FileTypeImport, a.Name, a.stored)
	if err := w.Tx.Create(&file).Error; err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	a.Import = models.Import{
		Owned: file.Owned, Authored: authored(w), Kind: models.ImportCandidates, Status: models.ImportUploaded, FileID: file.ID,
		FileName: a.Name, Format: file.Extension, Mapping: a.guess.Stored(), Total: a.rows,
		Options: map[string]any{optionDuplicates: string(UpdateDuplicates)},
	}
	if err := w.Tx.Create(&a.Import).Error; err != nil {
		return fmt.Errorf("create import: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "upload-import", SubjectType: "import", SubjectID: a.Import.ID,
		Detail: map[string]any{"rows": a.rows, "sha256": a.stored.SHA256}})
}

// optionDuplicates keeps in an import's options what to do with rows whose address is a candidate's already.
const optionDuplicates = "duplicates"

// DuplicatesOf returns what an import does with people who are candidates already.
func DuplicatesOf(i models.Import) Duplicates {
	if i.Options[optionDuplicates] == string(SkipDuplicates) {
		return SkipDuplicates
	}
	return UpdateDuplicates
}

// MapImport says what the columns of an upload hold and what becomes of people who are candidates already.
type MapImport struct {
	ID         int64
	Mapping    candidatesheet.Mapping
	Duplicates Duplicates
}

// Grant implements Action.
func (*MapImport) Grant() access.Grant { return "candidate.import" }

// Validate implements Action.
func (a *MapImport) Validate() error {
	bad := fault.Fields{}
	seen := map[string]bool{}
	for column, key := range a.Mapping {
		if key != "" && seen[key] {
			bad[fmt.Sprintf("column_%d", column)] = "Another column holds this already."
		}
		seen[key] = true
	}
	if !a.Mapping.Has(candidatesheet.Email) {
		bad["mapping"] = "Say which column holds the e-mail address: people are recognised by it."
	}
	if a.Duplicates != UpdateDuplicates && a.Duplicates != SkipDuplicates {
		bad["duplicates"] = "Choose what happens to people who are candidates already."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *MapImport) Perform(_ context.Context, w *Work) error {
	row, err := waitingCandidateImport(w, a.ID)
	if err != nil {
		return err
	}
	row.Mapping, row.Options = a.Mapping.Stored(), map[string]any{optionDuplicates: string(a.Duplicates)}
	row.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("map import: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "map-import", SubjectType: "import", SubjectID: row.ID})
}

// waitingCandidateImport returns an import of candidates that has not begun to be written.
func waitingCandidateImport(w *Work, id int64) (models.Import, error) {
	var row models.Import
	if err := locked(w.Own()).Where("kind = ?", models.ImportCandidates).First(&row, id).Error; err != nil {
		return row, database.Fault(err, "import")
	}
	if row.Status != models.ImportUploaded {
		return row, fault.New(fault.Conflict, "This file is in already, or on its way in.")
	}
	return row, nil
}
