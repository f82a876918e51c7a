package actions

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// UploadedFile is a file as a browser or the command line gives it.
type UploadedFile struct {
	Name string
	Data []byte
}

// UploadQuestions keeps question files on their way into the bank. Nothing is imported: the dry run is read with
// Runner.QuestionImportPlan, ImportQuestions brings the questions in.
type UploadQuestions struct {
	Files  []UploadedFile `json:"-"`
	Format string         `json:"format"`

	Import models.Import `json:"-"` // the upload
	stored []files.Stored
}

const maxUploads = 50

// Grant implements Action.
func (*UploadQuestions) Grant() access.Grant { return "question.import" }

// Validate implements Action.
func (a *UploadQuestions) Validate() error {
	switch {
	case len(a.Files) == 0:
		return fault.Field("files", "Choose at least one file.")
	case len(a.Files) > maxUploads:
		return fault.Field("files", "Choose up to %d files at once.", maxUploads)
	}
	for _, file := range a.Files {
		if len(file.Data) == 0 {
			return fault.Field("files", "%s is empty.", file.Name)
		}
	}
	return nil
}

// Prepare implements Prepared: it stores the files.
func (a *UploadQuestions) Prepare(ctx context.Context, w *Work) error {
	a.stored = nil
	for _, file := range a.Files {
		stored, err := w.World.Files.Put(ctx, file.Name, bytes.NewReader(file.Data), bankfile.MaxBytes)
		if err != nil {
			return err
		}
		a.stored = append(a.stored, stored)
	}
	return nil
}

// questionUpload is what the options of an import row hold for questions.
type questionUpload struct {
	Files      []uploadedPart `json:"files"`
	Format     string         `json:"format"`
	Duplicates Duplicates     `json:"duplicates,omitempty"`
}

// uploadedPart is one file of an upload.
type uploadedPart struct {
	Name string `json:"name"`
	Key  string `json:"key"`
}

// Perform implements Action.
func (a *UploadQuestions) Perform(_ context.Context, w *Work) error {
	owner, upload := models.Owned{OrganizationID: w.Actor.OrganizationID}, questionUpload{Format: a.Format}
	name := a.Files[0].Name
	if len(a.Files) > 1 {
		name = fmt.Sprintf("%s and %d more", name, len(a.Files)-1)
	}
	a.Import = models.Import{Owned: owner, Authored: authored(w), Kind: models.ImportQuestions, Status: models.ImportUploaded,
		FileName: name, Format: a.Format}
	for i, stored := range a.stored {
		row := fileRow(w, models.FileTypeImport, a.Files[i].Name, stored)
		if err := w.Tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep %s: %w", row.Name, err)
		}
		if i == 0 {
			a.Import.FileID = row.ID
		}
		upload.Files = append(upload.Files, uploadedPart{Name: row.Name, Key: stored.Key})
	}
	if err := setUpload(&a.Import, upload); err != nil {
		return err
	}
	if err := w.Tx.Create(&a.Import).Error; err != nil {
		return fmt.Errorf("keep the upload: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "upload-questions", SubjectType: "import", SubjectID: a.Import.ID,
		Detail: map[string]any{"files": len(a.Files), "name": name}})
}

func setUpload(row *models.Import, upload questionUpload) error {
	text, err := json.Marshal(upload)
	if err == nil {
		row.Options = datatypes.JSONMap{}
		err = json.Unmarshal(text, &row.Options)
	}
	if err != nil {
		return fmt.Errorf("keep the upload's options: %w", err)
	}
	return nil
}

func uploadOf(row models.Import) (questionUpload, error) {
	var upload questionUpload
	text, err := json.Marshal(row.Options)
	if err == nil {
		err = json.Unmarshal(text, &upload)
	}
	if err != nil {
		return upload, fmt.Errorf("read the upload's options: %w", err)
	}
	return upload, nil
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
