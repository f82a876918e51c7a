package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// ResendNotification tries messages again that failed, bounced or stayed in the outbox because no mail server was set.
// Those to a candidate go to the candidate's address, or telephone, of today.
type ResendNotification struct {
	IDs []int64 `form:"ids"`

	Count int `form:"-"` // how many are on their way again
}

// Grant implements Action.
func (*ResendNotification) Grant() access.Grant { return "outbox.resend" }

// Validate implements Action.
func (a *ResendNotification) Validate() error {
	if len(a.IDs) == 0 || len(a.IDs) > mostAtOnce {
		return fault.Field("ids", "Choose between one and %d messages.", mostAtOnce)
	}
	return nil
}

// Perform implements Action.
func (a *ResendNotification) Perform(ctx context.Context, w *Work) error {
	var rows []models.Notification
	if err := locked(w.Own()).Where("id IN ?", a.IDs).Order("id").Find(&rows).Error; err != nil {
		return fmt.Errorf("load messages: %w", err)
	}
	if len(rows) == 0 {
		return fault.Missing("message")
	}
	for _, n := range rows {
		if !n.IsRetryable() {
			continue
		}
		if err := resend(ctx, w, n); err != nil {
			return err
		}
		a.Count++
	}
	if a.Count == 0 {
		return fault.New(fault.Conflict, "Nothing to send again: only messages that failed, bounced or never left can be tried once more.")
	}
	return nil
}

func resend(ctx context.Context, w *Work, n models.Notification) error {
	to := n.ToAddress
	if n.CandidateID != nil {
		var candidate models.Candidate
		if err := w.Own().First(&candidate, *n.CandidateID).Error; err != nil {
			return fmt.Errorf("load the message's candidate: %w", err)
		}
		to = candidate.Email
		if kind, _ := notify.TypeOf(n.TypeID); kind.IsText() {
			number, ok := notify.Telephone(textOf(candidate.Phone))
			if !ok {
				return fault.New(fault.Conflict, "%s has no telephone number any more.", candidate.Name())
			}
			to = number
		}
	}
	err := w.Tx.Model(&models.Notification{}).Where("id = ?", n.ID).
		Updates(map[string]any{"status": models.NotificationEnqueued, "to_address": to, "last_error": nil}).Error
	if err != nil {
		return fmt.Errorf("put a message back into the outbox: %w", err)
	}
	if err := w.Audit(ledger.Entry{Verb: "resend-notification", SubjectType: "notification", SubjectID: n.ID}); err != nil {
		return err
	}
	return w.Later(ctx, TaskDeliver, n.ID, time.Time{})
}
