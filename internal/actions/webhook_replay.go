package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
)

// mostReplayed is how many deliveries one replay sends again.
const mostReplayed = 5000

// TestWebhook sends an endpoint a message that tells of nothing.
type TestWebhook struct {
	ID int64

	Delivery models.WebhookDelivery
}

// Grant implements Action.
func (*TestWebhook) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (*TestWebhook) Validate() error { return nil }

// Perform implements Action.
func (a *TestWebhook) Perform(ctx context.Context, w *Work) error {
	e, err := heldEndpoint(w, a.ID)
	if err != nil {
		return err
	}
	if !e.IsEnabled {
		return fault.New(fault.Conflict, "This endpoint is off. Turn it on first.")
	}
	p, err := newPayload(w, eventTest, eventData{ID: e.ID, Resource: "webhooks.endpoint"})
	if err != nil {
		return err
	}
	rows := []models.WebhookDelivery{p.delivery(w, e, webhook.NewMessageID())}
	if err := w.deliver(ctx, rows); err != nil {
		return err
	}
	a.Delivery = rows[0]
	return w.Audit(ledger.Entry{Verb: "test-webhook", SubjectType: "webhook_endpoint", SubjectID: e.ID, Detail: map[string]any{"url": e.URL}})
}

// ReplayDelivery sends a delivery again that succeeded or was given up. It keeps its message id, by which a receiver
// knows it.
type ReplayDelivery struct {
	ID int64

	Delivery models.WebhookDelivery
}

// Grant implements Action.
func (*ReplayDelivery) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (*ReplayDelivery) Validate() error { return nil }

// Perform implements Action.
func (a *ReplayDelivery) Perform(ctx context.Context, w *Work) error {
	if err := locked(w.Own()).First(&a.Delivery, a.ID).Error; err != nil {
		return database.Fault(err, "delivery")
	}
	if a.Delivery.Status == models.DeliveryPending {
		return fault.New(fault.Conflict, "This is still on its way.")
	}
	if a.Delivery.EndpointID != nil {
		if e, err := heldEndpoint(w, *a.Delivery.EndpointID); err != nil || !e.IsEnabled {
			return fault.New(fault.Conflict, "Its endpoint is off or was deleted.")
		}
	}
	if err := w.sendAnew(ctx, []int64{a.ID}); err != nil {
		return err
	}
	if err := w.Own().First(&a.Delivery, a.ID).Error; err != nil {
		return database.Fault(err, "delivery")
	}
	return w.Audit(ledger.Entry{Verb: "replay-delivery", SubjectType: "webhook_delivery", SubjectID: a.ID,
		Detail: map[string]any{"event": a.Delivery.EventType}})
}

// ReplayFailed sends everything again that an endpoint was not delivered since a time.
type ReplayFailed struct {
	EndpointID int64
	Since      time.Time

	Count int // how many are on their way again
}

// Grant implements Action.
func (*ReplayFailed) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (a *ReplayFailed) Validate() error {
	if a.Since.IsZero() {
		return fault.Field("since", "Say from when on.")
	}
	return nil
}

// Perform implements Action.
func (a *ReplayFailed) Perform(ctx context.Context, w *Work) error {
	e, err := heldEndpoint(w, a.EndpointID)
	if err != nil {
		return err
	}
	if !e.IsEnabled {
		return fault.New(fault.Conflict, "This endpoint is off. Turn it on first.")
	}
	var ids []int64
	err = locked(w.Own()).Model(&models.WebhookDelivery{}).
		Where("endpoint_id = ? AND status = ? AND created_at >= ?", e.ID, models.DeliveryFailed, a.Since.UTC()).
		Order("id").Limit(mostReplayed).Pluck("id", &ids).Error
	if err != nil {
		return fmt.Errorf("find failed deliveries: %w", err)
	}
	if a.Count = len(ids); a.Count == 0 {
		return nil
	}
	if err := w.sendAnew(ctx, ids); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "replay-failed", SubjectType: "webhook_endpoint", SubjectID: e.ID,
		Detail: map[string]any{"since": a.Since.UTC().Format(time.RFC3339), "count": a.Count}})
}

// sendAnew begins deliveries anew, with all their tries.
func (w *Work) sendAnew(ctx context.Context, ids []int64) error {
	err := w.Own().Model(&models.WebhookDelivery{}).Where("id IN ?", ids).Updates(map[string]any{"status": models.DeliveryPending,
		"attempt_count": 0, "next_attempt_at": w.Now, "completed_at": nil, "error": nil}).Error
	if err != nil {
		return fmt.Errorf("begin deliveries anew: %w", err)
	}
	tasks := make([]jobs.Task, len(ids))
	for i, id := range ids {
		tasks[i] = jobs.Task{Name: TaskWebhook, Subject: id}
	}
	return w.runner.Jobs.Insert(ctx, w.Tx, tasks...)
}
