package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// MoveEventOn makes an open event live when it begins, and has its panel review when it is over. That everything is done
// is for people to say: what is complete cannot be taken up again.
type MoveEventOn struct{ EventID int64 }

// Grant implements Action.
func (*MoveEventOn) Grant() access.Grant { return "attempt.close" }

// Validate implements Action.
func (*MoveEventOn) Validate() error { return nil }

// Perform implements Action.
func (a *MoveEventOn) Perform(_ context.Context, w *Work) error {
	var e models.Event
	if err := locked(w.Own()).Where("NOT is_deleted").First(&e, a.EventID).Error; err != nil {
		return database.Fault(err, "event")
	}
	before, has := e.Status, func(at *time.Time) bool { return at != nil && !at.After(w.Now) }
	if e.Status == models.EventOpen && has(e.StartDate) {
		e.Status = models.EventLive
	}
	if e.Status == models.EventLive && has(e.EndDate) {
		e.Status = models.EventPanelReview
	}
	if e.Status == before {
		return nil
	}
	if err := w.Tx.Model(&e).Update("status", e.Status).Error; err != nil {
		return fmt.Errorf("move an event on: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "update-event", SubjectType: "event", SubjectID: e.ID,
		Detail: map[string]any{"before": before.Label(), "status": e.Status.Label()}})
}
