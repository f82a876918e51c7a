package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// inlineUnits is how many units a request waits for; more go on in the background.
const inlineUnits = 25

// Queued is an action whose work goes by units, in batches of a transaction each. Perform makes the checks that belong
// into the request; Batch then does units from a cursor on and returns where to go on. A unit that fails is told by
// Work.Refused and does not stop the others. A crash repeats at most the batch it interrupted, never a committed one.
type Queued interface {
	Action
	// Size is how many units there are.
	Size() int
	// Batch does the units from cursor on and returns the next cursor; Size() when it is done.
	Batch(ctx context.Context, w *Work, cursor int) (next int, err error)
}

func (r *Runner) enqueue(ctx context.Context, w *Work, row *models.ActionRecord, q Queued) error {
	// Perform may have completed the input, so it is kept as it is now.
	input, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("keep the input of %s: %w", row.Name, err)
	}
	total, zero := q.Size(), 0
	row.Input = input
	row.Status, row.StartedAt = models.ActionRequested, nil
	row.TotalCount, row.ErrorCount, row.SuccessCount = &total, &zero, &zero
	if err := w.Tx.Save(row).Error; err != nil {
		return fmt.Errorf("queue the action's row: %w", err)
	}
	if total <= inlineUnits {
		return nil
	}
	return w.Later(ctx, TaskPerform, row.ID, time.Time{})
}

// PerformQueued goes on with a queued action until it is done. Calling it for one that is done does nothing.
func (r *Runner) PerformQueued(ctx context.Context, id int64) error {
	var row models.ActionRecord
	if err := r.DB.Write.WithContext(ctx).First(&row, id).Error; err != nil {
		return fmt.Errorf("load queued action %d: %w", id, err)
	}
	if row.Status != models.ActionRequested && row.Status != models.ActionProcessing {
		return nil
	}
	q, actor, err := restore(row)
	if err != nil {
		return r.fail(ctx, &row, err)
	}
	for {
		done, err := r.batch(ctx, actor, &row, q)
		if err != nil {
			return r.fail(ctx, &row, err)
		}
		if done {
			return nil
		}
	}
}

func (r *Runner) batch(ctx context.Context, actor access.Actor, row *models.ActionRecord, q Queued) (done bool, err error) {
	w := r.work(actor)
	w.recordID = row.ID
	err = r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.Tx = tx.WithContext(ctx)
		if row.StartedAt == nil {
			row.StartedAt = &w.Now
		}
		row.Status, row.LastAttemptAt = models.ActionProcessing, &w.Now
		next, err := q.Batch(ctx, w, row.Cursor)
		if err != nil {
			return err
		}
		row.Cursor, done = next, next >= q.Size()
		if err := w.keepCounts(row); err != nil {
			return err
		}
		size := q.Size()
		row.TotalCount = &size
		if done {
			row.Status, row.CompletedAt = models.ActionCompleted, &w.Now
		}
		return tx.Save(row).Error
	})
	if err == nil {
		w.followUp(ctx)
	}
	return done, err
}

// fail notes why a queued action stopped. The error also goes to the caller, so that it is tried again or logged.
func (r *Runner) fail(ctx context.Context, row *models.ActionRecord, cause error) error {
	reason := refusal(cause)
	now := r.DB.Clock.Now()
	err := r.DB.Write.WithContext(ctx).Model(&models.ActionRecord{}).Where("id = ?", row.ID).
		Updates(map[string]any{"status": models.ActionFailed, "message": reason, "completed_at": now}).Error
	if err != nil {
		return fmt.Errorf("note that action %d failed: %w (it failed with: %w)", row.ID, err, cause)
	}
	return fmt.Errorf("queued action %d: %w", row.ID, cause)
}

func restore(row models.ActionRecord) (Queued, access.Actor, error) {
	var actor access.Actor
	if err := json.Unmarshal(row.Actor, &actor); err != nil {
		return nil, actor, fmt.Errorf("read the actor: %w", err)
	}
	for _, p := range List {
		if p.Name != row.Name {
			continue
		}
		q, ok := p.New().(Queued)
		if !ok {
			return nil, actor, fmt.Errorf("%s is not a queued action", row.Name)
		}
		if err := json.Unmarshal(row.Input, q); err != nil {
			return nil, actor, fmt.Errorf("read the input of %s: %w", row.Name, err)
		}
		return q, actor, nil
	}
	return nil, actor, fmt.Errorf("there is no recorded action %q", row.Name)
}
