package actions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// CommitImport has an upload written: in the background, or by the caller, who then calls PerformImport.
type CommitImport struct {
	ID     int64
	Inline bool // nobody else is to do it

	Import models.Import
}

// Grant implements Action.
func (*CommitImport) Grant() access.Grant { return "candidate.import" }

// Validate implements Action.
func (*CommitImport) Validate() error { return nil }

// Perform implements Action.
func (a *CommitImport) Perform(ctx context.Context, w *Work) error {
	row, err := waitingCandidateImport(w, a.ID)
	if err != nil {
		return err
	}
	if !candidatesheet.Restored(row.Mapping).Has(candidatesheet.Email) {
		return fault.Field("mapping", "Say which column holds the e-mail address: people are recognised by it.")
	}
	row.Status, row.UpdatedBy = models.ImportRunning, w.Actor.UserID()
	if err := w.Tx.Save(&row).Error; err != nil {
		return fmt.Errorf("begin import: %w", err)
	}
	a.Import = row
	if err := w.Audit(ledger.Entry{Verb: "import-candidates", SubjectType: "import", SubjectID: row.ID,
		Detail: map[string]any{"rows": row.Total, "duplicates": DuplicatesOf(row)}}); err != nil || a.Inline {
		return err
	}
	return w.Later(ctx, TaskImport, row.ID, time.Time{})
}

// errElsewhere says that another server went on with the import.
var errElsewhere = errors.New("the import goes on elsewhere")

// PerformImport writes a committed import, chunk by chunk, and goes on where an earlier run stopped. Calling it for one
// that is not running does nothing.
func (r *Runner) PerformImport(ctx context.Context, id int64) error {
	var row models.Import
	if err := r.DB.Write.WithContext(ctx).First(&row, id).Error; err != nil {
		return fmt.Errorf("load import %d: %w", id, err)
	}
	if row.Status != models.ImportRunning {
		return nil
	}
	actor := access.Program(row.OrganizationID)
	own := func() *gorm.DB { return r.DB.Read.WithContext(ctx).Scopes(access.Own(actor)) }
	err := scan(ctx, r.Files, own, row, row.Done, func(c chunk) error { return r.importChunk(ctx, actor, &row, c) })
	if errors.Is(err, errElsewhere) {
		return nil
	}
	if f, known := fault.As(err); known {
		return r.closeImport(ctx, actor, &row, models.ImportFailed, &f.Message)
	}
	if err != nil {
		return fmt.Errorf("import %d: %w", id, err)
	}
	return r.closeImport(ctx, actor, &row, models.ImportCommitted, nil)
}

func (r *Runner) importChunk(ctx context.Context, actor access.Actor, row *models.Import, c chunk) error {
	w := r.work(actor)
	after := *row
	err := r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.begin(ctx, tx, actor)
		if err := mustGoOn(w, *row); err != nil {
			return err
		}
		// Looked up and held here: who changes a candidate meanwhile waits, or is waited for.
		if err := c.lookUp(func() *gorm.DB { return locked(w.Own()) }); err != nil {
			return err
		}
		written, err := writeChunk(w, *row, c)
		if err != nil {
			return err
		}
		after = written
		if err := w.tellPrograms(ctx); err != nil {
			return err
		}
		return w.Tx.Model(&models.Import{}).Where("id = ?", row.ID).
			Updates(map[string]any{"done": after.Done, "created": after.Created, "updated": after.Updated,
				"skipped": after.Skipped, "problems": after.Problems}).Error
	})
	if err != nil {
		return err
	}
	*row = after
	w.Changed("import", row.ID)
	w.followUp(ctx)
	return nil
}

// mustGoOn holds an import's row and refuses with errElsewhere when somebody else wrote rows of it, or closed it, since.
func mustGoOn(w *Work, row models.Import) error {
	var now models.Import
	if err := locked(w.Own()).Select("id", "done", "status").First(&now, row.ID).Error; err != nil {
		return fmt.Errorf("hold the import: %w", err)
	}
	if now.Done != row.Done || now.Status != models.ImportRunning {
		return errElsewhere
	}
	return nil
}

func (r *Runner) closeImport(ctx context.Context, actor access.Actor, row *models.Import, status models.ImportStatus, message *string) error {
	w := r.work(actor)
	err := r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.begin(ctx, tx, actor)
		if err := mustGoOn(w, *row); err != nil {
			return err
		}
		err := w.Tx.Model(&models.Import{}).Where("id = ?", row.ID).Updates(map[string]any{"status": status, "message": message}).Error
		if err != nil {
			return fmt.Errorf("close import: %w", err)
		}
		return w.Audit(ledger.Entry{Verb: "import-candidates-" + string(status), SubjectType: "import", SubjectID: row.ID,
			Detail: map[string]any{"created": row.Created, "updated": row.Updated, "skipped": row.Skipped}})
	})
	if errors.Is(err, errElsewhere) {
		return nil
	}
	if err == nil {
		w.Changed("import", row.ID)
		w.followUp(ctx)
	}
	return err
}

// ImportProblems returns the problems that a written import has noted.
func ImportProblems(row models.Import) ([]candidatesheet.Problem, error) {
	var problems []candidatesheet.Problem
	if len(row.Problems) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(row.Problems, &problems); err != nil {
		return nil, fmt.Errorf("read the import's problems: %w", err)
	}
	return problems, nil
}
