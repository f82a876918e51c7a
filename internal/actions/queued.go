package actions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// inlineUnits is how many units a request waits for; more go on in the background.
const (
	inlineUnits  = 25
	inlineRescue = time.Minute
)

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
	var at time.Time
	if total <= inlineUnits {
		// The request does it. Should its server stop before, somebody comes back to it.
		at = w.Now.Add(inlineRescue)
	}
	return w.Later(ctx, TaskPerform, row.ID, at)
}

// PerformQueued goes on with a queued action until it is done. Calling it for one that is done does nothing, and those
// who call it at once share its batches. A refusal is final, and so is any error at the task's last try; an error before
// that leaves the action to be gone on with.
func (r *Runner) PerformQueued(ctx context.Context, id int64) error {
	return r.performQueued(ctx, id, jobs.IsLastTry(ctx))
}

func (r *Runner) performQueued(ctx context.Context, id int64, last bool) error {
	var held restored
	for {
		done, err := r.batch(ctx, id, &held)
		if done {
			return nil
		}
		if err == nil {
			continue
		}
		err = fmt.Errorf("queued action %d: %w", id, err)
		if fault.KindOf(err) == fault.Internal && !last {
			return err
		}
		if noted := r.noteFailure(ctx, id, err); noted != nil || last {
			return errors.Join(err, noted)
		}
		return nil
	}
}

// restored is a queued action as its row tells of it. Ten thousand references are read once, not in every batch.
type restored struct {
	does  Queued
	actor access.Actor
}

// keptInput are the columns of an action that do not change while it is worked on.
var keptInput = []string{"input", "sent", "links", "actor"}

// batch does the next batch of a queued action. The action's row is held meanwhile, so that no batch is done twice.
func (r *Runner) batch(ctx context.Context, id int64, held *restored) (done bool, err error) {
	w, tried := r.work(access.Actor{}), false
	err = r.DB.InTx(ctx, func(tx *gorm.DB) error {
		if tried { // begun anew: a try that failed may have left something in it
			*held = restored{}
		}
		tried = true
		var row models.ActionRecord
		query := database.Locked(tx)
		if held.does != nil {
			query = query.Omit(keptInput...)
		}
		if err := query.First(&row, id).Error; err != nil {
			return fmt.Errorf("load the action: %w", err)
		}
		if done = row.Status != models.ActionRequested && row.Status != models.ActionProcessing; done {
			return nil
		}
		if held.does == nil {
			if held.does, held.actor, err = restore(row); err != nil {
				return err
			}
		}
		w.begin(ctx, tx, held.actor)
		w.recordID = row.ID
		if done, err = w.doBatch(ctx, &row, held.does); err != nil {
			return err
		}
		return w.tellPrograms(ctx)
	})
	if err != nil {
		*held = restored{}
		return false, err
	}
	w.followUp(ctx)
	return done, nil
}

func (w *Work) doBatch(ctx context.Context, row *models.ActionRecord, q Queued) (done bool, err error) {
	if row.StartedAt == nil {
		row.StartedAt = &w.Now
	}
	row.Status, row.LastAttemptAt = models.ActionProcessing, &w.Now
	next, err := q.Batch(ctx, w, row.Cursor)
	if err != nil {
		return false, err
	}
	row.Cursor = next
	if err := w.keepCounts(row); err != nil {
		return false, err
	}
	size := q.Size()
	row.TotalCount = &size
	if done = next >= size; done {
		row.Status, row.CompletedAt = models.ActionCompleted, &w.Now
	}
	if err := w.Tx.Omit(keptInput...).Save(row).Error; err != nil {
		return false, fmt.Errorf("keep how far the action is: %w", err)
	}
	if !done {
		return false, nil
	}
	if err := w.Tx.First(row, row.ID).Error; err != nil { // with its input, for those who are told
		return false, fmt.Errorf("load the action that ended: %w", err)
	}
	w.ended = append(w.ended, *row)
	return true, nil
}

// noteFailure writes why a queued action stopped for good.
func (r *Runner) noteFailure(ctx context.Context, id int64, cause error) error {
	why := refusal(cause)
	text, err := json.Marshal(why)
	if err != nil {
		return fmt.Errorf("word why action %d failed: %w", id, err)
	}
	response := string(text)
	w := r.work(access.Actor{})
	err = r.DB.InTx(ctx, func(tx *gorm.DB) error {
		var row models.ActionRecord
		open := []models.ActionStatus{models.ActionRequested, models.ActionProcessing}
		err := database.Locked(tx).Where("status IN ?", open).First(&row, id).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil // it ended meanwhile
		}
		if err != nil {
			return err
		}
		w.begin(ctx, tx, access.Program(row.OrganizationID))
		row.Status, row.Message, row.CompletedAt = models.ActionFailed, &why, &w.Now
		if row.Response == nil {
			row.Response = &response
		}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		w.ended = append(w.ended, row)
		return w.tellPrograms(ctx)
	})
	if err != nil {
		return fmt.Errorf("note that action %d failed: %w", id, err)
	}
	return nil
}

func restore(row models.ActionRecord) (Queued, access.Actor, error) {
	var actor access.Actor
	if err := json.Unmarshal(row.Actor, &actor); err != nil {
		return nil, actor, fmt.Errorf("read the actor: %w", err)
	}
	a, err := Restored(row)
	if err != nil {
		return nil, actor, err
	}
	q, ok := a.(Queued)
	if !ok {
		return nil, actor, fmt.Errorf("%s is not a queued action", row.Name)
	}
	return q, actor, nil
}

// Restored returns the action that a row tells of, with its input.
func Restored(row models.ActionRecord) (Action, error) {
	for _, p := range List {
		if p.Name != row.Name {
			continue
		}
		a := p.New()
		if err := json.Unmarshal(row.Input, a); err != nil {
			return nil, fmt.Errorf("read the input of %s: %w", row.Name, err)
		}
		return a, nil
	}
	return nil, fmt.Errorf("there is no recorded action %q", row.Name)
}
