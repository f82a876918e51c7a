package actions

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// retries are how long after a failed try the next one comes: ten tries in about three days.
var retries = []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}

const (
	jitter       = 0.1                // of a delay, so that what failed together does not come back together
	failingLimit = 5 * 24 * time.Hour // of nothing but failures, after which an endpoint is turned off
	keptAttempts = 12
	earlyBy      = time.Second // the queue's clock and ours may differ by so much
)

// deliverWebhook tries to deliver once, and plans the next try if that failed. A server that stops between the try and
// its record tries once more: the receiver knows the message by its id.
func (r *Runner) deliverWebhook(ctx context.Context, id int64) error {
	now := r.DB.Clock.Now()
	var d models.WebhookDelivery
	err := r.DB.Write.WithContext(ctx).First(&d, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil // pruned
	}
	if err != nil {
		return fmt.Errorf("load delivery %d: %w", id, err)
	}
	if d.Status != models.DeliveryPending || (d.NextAttemptAt != nil && d.NextAttemptAt.After(now.Add(earlyBy))) {
		return nil
	}
	message := webhook.Message{URL: d.URL, ID: d.MessageID, At: now, Body: d.Payload}
	var why string
	if message.Secrets, why, err = r.signersOf(ctx, d, now); err != nil {
		return err
	}
	outcome := webhook.Outcome{Error: why}
	if why == "" {
		outcome = r.Webhooks.Send(ctx, message)
	}
	return r.noteAttempt(context.WithoutCancel(ctx), d, outcome, why != "")
}

// signersOf returns the secrets that sign a delivery, or why it is not to be sent any more.
func (r *Runner) signersOf(ctx context.Context, d models.WebhookDelivery, now time.Time) (secrets []string, why string, err error) {
	db := r.DB.Write.WithContext(ctx)
	if d.EndpointID == nil {
		var held models.CallbackSecret
		found := db.Where("organization_id = ?", d.OrganizationID).Limit(1).Find(&held)
		if found.Error != nil || found.RowsAffected == 0 {
			return nil, "", wrapped(found.Error, "load the callback secret")
		}
		secrets, err = signers(r.Sealer, d.OrganizationID, held.SigningSecret, now)
		return secrets, "", err
	}
	var e models.WebhookEndpoint
	if err := db.First(&e, *d.EndpointID).Error; err != nil {
		return nil, "", fmt.Errorf("load a webhook endpoint: %w", err)
	}
	if !e.IsEnabled || e.IsDeleted {
		return nil, "The endpoint is off.", nil
	}
	secrets, err = signers(r.Sealer, e.OrganizationID, e.SigningSecret, now)
	return secrets, "", err
}

// noteAttempt records a try. Final says that there is no point in another one.
func (r *Runner) noteAttempt(ctx context.Context, tried models.WebhookDelivery, outcome webhook.Outcome, final bool) error {
	w := r.work(access.Program(tried.OrganizationID))
	err := r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.begin(ctx, tx, access.Program(tried.OrganizationID))
		var d models.WebhookDelivery
		if err := database.Locked(tx).First(&d, tried.ID).Error; err != nil {
			return fmt.Errorf("hold the delivery: %w", err)
		}
		if d.Status != models.DeliveryPending {
			return nil
		}
		next := record(&d, outcome, w.Now, final)
		if err := tx.Save(&d).Error; err != nil {
			return fmt.Errorf("record a try to deliver: %w", err)
		}
		if d.EndpointID != nil && !final {
			if err := w.judgeEndpoint(ctx, *d.EndpointID, outcome); err != nil {
				return err
			}
		}
		if next.IsZero() {
			return nil
		}
		return w.Later(ctx, TaskWebhook, d.ID, next)
	})
	if err != nil {
		return fmt.Errorf("delivery %d: %w", tried.ID, err)
	}
	return nil
}

// record writes a try into its delivery and returns when the next one comes, zero for never.
func record(d *models.WebhookDelivery, o webhook.Outcome, now time.Time, final bool) (next time.Time) {
	took := o.Duration.Milliseconds()
	d.AttemptCount++
	d.Attempts = append(d.Attempts, models.WebhookAttempt{At: now, Status: o.Status, DurationMS: took, Error: o.Error, Excerpt: o.Excerpt})
	if over := len(d.Attempts) - keptAttempts; over > 0 {
		d.Attempts = d.Attempts[over:]
	}
	d.DurationMS, d.Error, d.ResponseStatus, d.NextAttemptAt = &took, optional(o.Error), nil, nil
	if o.Status != 0 {
		d.ResponseStatus = &o.Status
	}
	switch {
	case o.IsGood():
		d.Status, d.CompletedAt = models.DeliverySucceeded, &now
	case final || o.Status == http.StatusGone || d.AttemptCount > len(retries):
		d.Status, d.CompletedAt = models.DeliveryFailed, &now
	default:
		delay := retries[d.AttemptCount-1]
		next = now.Add(delay + time.Duration((rand.Float64()*2-1)*jitter*float64(delay))).Truncate(time.Second)
		d.NextAttemptAt = &next
	}
	return next
}

// judgeEndpoint turns an endpoint off that says it is gone, or that nothing was delivered to for days.
func (w *Work) judgeEndpoint(ctx context.Context, id int64, o webhook.Outcome) error {
	e, err := heldEndpoint(w, id)
	if err != nil {
		return err
	}
	var why string
	switch {
	case o.IsGood():
		if e.FailingSince == nil {
			return nil
		}
		e.FailingSince = nil
	case o.Status == http.StatusGone:
		why = "It answered 410: nobody wants these messages any more."
	case e.FailingSince == nil:
		e.FailingSince = &w.Now
	case !e.FailingSince.Add(failingLimit).After(w.Now):
		why = "Nothing could be delivered to it for five days."
	default:
		return nil
	}
	if why != "" {
		return w.turnOff(ctx, e, why)
	}
	return wrapped(w.Tx.Save(&e).Error, "note how an endpoint fares") // held under a lock in this transaction
}

func (w *Work) turnOff(ctx context.Context, e models.WebhookEndpoint, why string) error {
	if !e.IsEnabled {
		return nil
	}
	e.IsEnabled, e.DisabledReason = false, &why
	if err := w.Tx.Save(&e).Error; err != nil { // held under a lock in this transaction
		return fmt.Errorf("turn a webhook endpoint off: %w", err)
	}
	if err := giveUpPending(w.Tx, e.ID, w.Now, "The endpoint was turned off."); err != nil {
		return err
	}
	if err := w.tellMaker(ctx, e, why); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "disable-webhook", SubjectType: "webhook_endpoint", SubjectID: e.ID,
		Detail: map[string]any{"url": e.URL, "why": why}})
}

// tellMaker writes to whoever made an endpoint that it is off.
func (w *Work) tellMaker(ctx context.Context, e models.WebhookEndpoint, why string) error {
	if e.CreatedBy == nil {
		return nil
	}
	var maker models.User
	found := w.Own().Where("NOT is_deleted").Limit(1).Find(&maker, *e.CreatedBy)
	if found.Error != nil || found.RowsAffected == 0 {
		return wrapped(found.Error, "load who made an endpoint")
	}
	return w.Notify(ctx, notify.Notice{Type: notify.WebhookOff, To: maker.Email, Tags: notify.Tags{
		"user-name": maker.Name, "address": e.URL, "reason": why, "link": w.Link(fmt.Sprintf("/admin/webhooks/%d", e.ID))}})
}
