package actions

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// StartQuestionImport has an upload brought in, in the background.
type StartQuestionImport struct {
	ImportID   int64      `json:"import_id"`
	Duplicates Duplicates `json:"duplicates" form:"duplicates"`
}

// Grant implements Action.
func (*StartQuestionImport) Grant() access.Grant { return "question.import" }

// Validate implements Action.
func (a *StartQuestionImport) Validate() error { return a.Duplicates.check() }

func (d Duplicates) check() error {
	if !slices.Contains([]Duplicates{SkipDuplicates, UpdateDuplicates, NewDuplicates}, d) {
		return fault.Field("duplicates", "Say what to do with questions that the bank has already.")
	}
	return nil
}

// Perform implements Action.
func (a *StartQuestionImport) Perform(ctx context.Context, w *Work) error {
	row, upload, err := waitingQuestionImport(w, a.ImportID)
	if err != nil {
		return err
	}
	if row.Status == models.ImportRunning {
		return fault.New(fault.Conflict, "This import is running already.")
	}
	upload.Duplicates = a.Duplicates
	row.Status, row.Message, row.UpdatedBy = models.ImportRunning, nil, w.Actor.UserID()
	if err := setUpload(&row, upload); err != nil {
		return err
	}
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("start the import: %w", err)
	}
	if err := w.Later(ctx, TaskImportQuestions, row.ID, time.Time{}); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "start-import", SubjectType: "import", SubjectID: row.ID,
		Detail: map[string]any{"kind": row.Kind, "duplicates": a.Duplicates}})
}

// waitingQuestionImport loads an upload that has not come in yet.
func waitingQuestionImport(w *Work, id int64) (models.Import, questionUpload, error) {
	var row models.Import
	err := locked(w.Own()).Where("kind = ?", models.ImportQuestions).First(&row, id).Error
	if err != nil {
		return row, questionUpload{}, database.Fault(err, "import")
	}
	if row.Status == models.ImportCommitted {
		return row, questionUpload{}, fault.New(fault.Conflict, "This upload came in already. Upload the files again to import them once more.")
	}
	upload, err := uploadOf(row)
	return row, upload, err
}

// PerformQuestionImport does what StartQuestionImport queued. An import that fails leaves nothing behind but its message;
// one that a stopping server interrupts is begun anew.
func (r *Runner) PerformQuestionImport(ctx context.Context, id int64) error {
	var row models.Import
	if err := r.DB.Read.WithContext(ctx).First(&row, id).Error; err != nil {
		return fmt.Errorf("load import %d: %w", id, err)
	}
	if row.Status != models.ImportRunning {
		return nil
	}
	actor := access.Program(row.OrganizationID)
	if row.UpdatedBy != nil {
		var user models.User
		if err := r.DB.Read.WithContext(ctx).First(&user, *row.UpdatedBy).Error; err != nil {
			return fmt.Errorf("load who imports: %w", err)
		}
		var err error
		if actor, err = r.ActorOf(ctx, user); err != nil {
			return err
		}
	}
	upload, err := uploadOf(row)
	if err != nil {
		return err
	}
	err = r.Run(ctx, actor, &ImportQuestions{ImportID: id, Duplicates: upload.Duplicates})
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if fault.KindOf(err) == fault.Internal {
		slog.Error("import failed", "import", id, "error", err)
	}
	return r.Run(ctx, access.Program(row.OrganizationID), &failImport{id: id, message: refusal(err)})
}

// failImport notes why nothing came in.
type failImport struct {
	id      int64
	message string
}

func (*failImport) Grant() access.Grant { return "question.import" }
func (*failImport) Validate() error     { return nil }

func (a *failImport) Perform(_ context.Context, w *Work) error {
	row, _, err := waitingQuestionImport(w, a.id)
	if err != nil {
		return err
	}
	row.Status, row.Message = models.ImportFailed, &a.message
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("note the failed import: %w", err)
	}
	w.Changed("import", row.ID)
	return w.Audit(ledger.Entry{Verb: "fail-import", SubjectType: "import", SubjectID: row.ID, Detail: map[string]any{"message": a.message}})
}
