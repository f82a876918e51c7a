package actions

import (
	"context"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// resendWindow is how long after a message's time an application may have it sent again.
const resendWindow = 4 * time.Hour

// ResendMessage sends one message again that failed or still waits, soon after its time.
type ResendMessage struct{ ID int64 }

// Grant implements Action.
func (*ResendMessage) Grant() access.Grant { return "outbox.resend" }

// Validate implements Action.
func (*ResendMessage) Validate() error { return nil }

// Perform implements Action.
func (a *ResendMessage) Perform(ctx context.Context, w *Work) error {
	var n models.Notification
	err := locked(w.Own()).Where("id = ?", a.ID).First(&n).Error
	if err := database.Fault(err, "message"); err != nil {
		return err
	}
	if n.Status != models.NotificationFailed && n.Status != models.NotificationEnqueued {
		return fault.New(fault.Conflict, "Only a message that failed or waits can be sent again; this one is %s.", n.Status)
	}
	at := n.CreatedAt
	for _, t := range []*time.Time{n.ScheduledAt, n.SentAt} {
		if t != nil {
			at = *t
		}
	}
	if w.Now.Sub(at) > resendWindow {
		return fault.New(fault.Conflict, "This message is older than 4 hours.")
	}
	return resend(ctx, w, n)
}
