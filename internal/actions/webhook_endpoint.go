package actions

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

const (
	mostEndpoints      = 50 // of an organization
	longestDescription = 500
	secretOverlap      = 24 * time.Hour // in which the old secret of a rotation signs too
)

// WebhookInput is what can be said of an endpoint. What is nil stays as it is.
type WebhookInput struct {
	URL         *string   `form:"url"`
	Description *string   `form:"description"`
	EventTypes  *[]string `form:"event_types"` // none for all
	IsEnabled   *bool     `form:"is_enabled"`
}

func (in WebhookInput) check(w *Work) error {
	bad := fault.Fields{}
	if in.URL != nil {
		*in.URL = strings.TrimSpace(*in.URL)
		if err := w.World.Webhooks.CheckURL(*in.URL); err != nil {
			bad["url"] = err.Error()
		}
	}
	if in.Description != nil && len(*in.Description) > longestDescription {
		bad["description"] = fmt.Sprintf("At most %d characters.", longestDescription)
	}
	if in.EventTypes != nil {
		for _, name := range *in.EventTypes {
			if !KnowsEvent(name) {
				bad["event_types"] = fmt.Sprintf("There is no event %q.", name)
			}
		}
	}
	return fault.Refuse(bad)
}

func (in WebhookInput) put(e *models.WebhookEndpoint) {
	if in.URL != nil {
		e.URL = *in.URL
	}
	if in.Description != nil {
		e.Description = strings.TrimSpace(*in.Description)
	}
	if in.EventTypes != nil {
		slices.Sort(*in.EventTypes)
		e.EventTypes = append([]string{}, slices.Compact(*in.EventTypes)...)
	}
	if in.IsEnabled != nil && *in.IsEnabled != e.IsEnabled {
		e.IsEnabled, e.DisabledReason, e.FailingSince = *in.IsEnabled, nil, nil
	}
}

// SaveWebhook makes an endpoint, or changes one. A new one's secret is told once.
type SaveWebhook struct {
	ID int64 `form:"-"` // 0 for a new one
	WebhookInput

	Endpoint models.WebhookEndpoint `form:"-"`
	Secret   string                 `form:"-"` // of a new one
}

// Grant implements Action.
func (*SaveWebhook) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (a *SaveWebhook) Validate() error {
	if a.ID == 0 && (a.URL == nil || strings.TrimSpace(*a.URL) == "") {
		return fault.Field("url", "Say where messages go.")
	}
	return nil
}

// Perform implements Action.
func (a *SaveWebhook) Perform(_ context.Context, w *Work) (err error) {
	if err := a.check(w); err != nil {
		return err
	}
	if a.ID == 0 {
		return a.create(w)
	}
	if a.Endpoint, err = heldEndpoint(w, a.ID); err != nil {
		return err
	}
	before := a.Endpoint
	a.put(&a.Endpoint)
	a.Endpoint.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&a.Endpoint).Error; err != nil { // held under a lock in this transaction
		return fmt.Errorf("save webhook endpoint: %w", err)
	}
	return w.Audit(endpointEntry("update-webhook", before, a.Endpoint))
}

func (a *SaveWebhook) create(w *Work) error {
	var count int64
	if err := w.Own().Model(&models.WebhookEndpoint{}).Where("NOT is_deleted").Count(&count).Error; err != nil {
		return fmt.Errorf("count webhook endpoints: %w", err)
	}
	if count >= mostEndpoints {
		return fault.Field("url", "There are %d endpoints. Delete one that is no longer used first.", count)
	}
	a.Secret = webhook.NewSecret()
	a.Endpoint = models.WebhookEndpoint{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
		EventTypes: []string{}, IsEnabled: true, SigningSecret: models.SigningSecret{Secret: sealedSecret(w.World.Sealer, w.Actor.OrganizationID, a.Secret)}}
	a.put(&a.Endpoint)
	if err := w.Tx.Create(&a.Endpoint).Error; err != nil {
		return fmt.Errorf("create webhook endpoint: %w", err)
	}
	a.ID = a.Endpoint.ID
	return w.Audit(endpointEntry("create-webhook", nil, a.Endpoint))
}

func endpointEntry(verb string, before any, e models.WebhookEndpoint) ledger.Entry {
	return ledger.Entry{Verb: verb, SubjectType: "webhook_endpoint", SubjectID: e.ID, Before: before, After: e,
		Detail: map[string]any{"url": e.URL, "events": []string(e.EventTypes), "enabled": e.IsEnabled}}
}

func heldEndpoint(w *Work, id int64) (e models.WebhookEndpoint, err error) {
	err = locked(w.Own()).Where("NOT is_deleted").First(&e, id).Error
	return e, database.Fault(err, "webhook endpoint")
}

func sealingPurpose(organizationID int64) string {
	return fmt.Sprintf("webhooks of %d", organizationID)
}

func sealedSecret(s *secrets.Sealer, organizationID int64, secret string) string {
	return s.Seal(sealingPurpose(organizationID), secret)
}

// EndpointSecret opens the secret of an endpoint.
func EndpointSecret(s *secrets.Sealer, e models.WebhookEndpoint) (string, error) {
	return s.Open(sealingPurpose(e.OrganizationID), e.Secret)
}

// signers returns the secrets that sign now, the new one first.
func signers(s *secrets.Sealer, organizationID int64, held models.SigningSecret, now time.Time) ([]string, error) {
	stored := []string{held.Secret}
	if held.OldSecret != "" && held.OldSecretUntil != nil && held.OldSecretUntil.After(now) {
		stored = append(stored, held.OldSecret)
	}
	open := make([]string, len(stored))
	for i, text := range stored {
		var err error
		if open[i], err = s.Open(sealingPurpose(organizationID), text); err != nil {
			return nil, fmt.Errorf("open a signing secret: %w", err)
		}
	}
	return open, nil
}

// rotate puts a new secret in the place of the one held, which goes on signing for a day.
func rotate(w *Work, held *models.SigningSecret) (secret string) {
	secret = webhook.NewSecret()
	if held.Secret != "" {
		until := w.Now.Add(secretOverlap)
		held.OldSecret, held.OldSecretUntil = held.Secret, &until
	}
	held.Secret = sealedSecret(w.World.Sealer, w.Actor.OrganizationID, secret)
	return secret
}

// RotateWebhookSecret gives an endpoint a new secret, told once.
type RotateWebhookSecret struct {
	ID int64

	Secret   string
	Endpoint models.WebhookEndpoint
}

// Grant implements Action.
func (*RotateWebhookSecret) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (*RotateWebhookSecret) Validate() error { return nil }

// Perform implements Action.
func (a *RotateWebhookSecret) Perform(_ context.Context, w *Work) (err error) {
	if a.Endpoint, err = heldEndpoint(w, a.ID); err != nil {
		return err
	}
	a.Secret = rotate(w, &a.Endpoint.SigningSecret)
	a.Endpoint.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&a.Endpoint).Error; err != nil { // held under a lock in this transaction
		return fmt.Errorf("rotate a webhook's secret: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "rotate-webhook-secret", SubjectType: "webhook_endpoint", SubjectID: a.ID,
		Detail: map[string]any{"url": a.Endpoint.URL}})
}

// RotateCallbackSecret gives the organization a secret that signs what its actions send to their callback addresses, or
// a new one. It is told once.
type RotateCallbackSecret struct {
	Secret string
	Until  *time.Time // the old one signs too
}

// Grant implements Action.
func (*RotateCallbackSecret) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (*RotateCallbackSecret) Validate() error { return nil }

// Perform implements Action.
func (a *RotateCallbackSecret) Perform(_ context.Context, w *Work) error {
	held := models.CallbackSecret{OrganizationID: w.Actor.OrganizationID}
	if err := locked(w.Own()).Limit(1).Find(&held).Error; err != nil {
		return fmt.Errorf("load the callback secret: %w", err)
	}
	a.Secret = rotate(w, &held.SigningSecret)
	a.Until = held.OldSecretUntil
	if err := w.Tx.Save(&held).Error; err != nil { // held under a lock in this transaction
		return database.Fault(fmt.Errorf("keep the callback secret: %w", err), "callback secret")
	}
	return w.Audit(ledger.Entry{Verb: "rotate-callback-secret", SubjectType: "organization", SubjectID: w.Actor.OrganizationID})
}

// DeleteWebhook deletes an endpoint. What still was to be delivered is not.
type DeleteWebhook struct {
	ID int64

	Endpoint models.WebhookEndpoint
}

// Grant implements Action.
func (*DeleteWebhook) Grant() access.Grant { return "webhook.manage" }

// Validate implements Action.
func (*DeleteWebhook) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteWebhook) Perform(_ context.Context, w *Work) (err error) {
	if a.Endpoint, err = heldEndpoint(w, a.ID); err != nil {
		return err
	}
	a.Endpoint.IsDeleted, a.Endpoint.IsEnabled, a.Endpoint.UpdatedBy = true, false, w.Actor.UserID()
	if err := w.Tx.Save(&a.Endpoint).Error; err != nil { // held under a lock in this transaction
		return fmt.Errorf("delete webhook endpoint: %w", err)
	}
	if err := giveUpPending(w.Tx, a.ID, w.Now, "The endpoint was deleted."); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "delete-webhook", SubjectType: "webhook_endpoint", SubjectID: a.ID, Detail: map[string]any{"url": a.Endpoint.URL}})
}

// giveUpPending ends what is still to be delivered to an endpoint.
func giveUpPending(tx *gorm.DB, endpointID int64, now time.Time, why string) error {
	err := tx.Model(&models.WebhookDelivery{}).Where("endpoint_id = ? AND status = ?", endpointID, models.DeliveryPending).
		Updates(map[string]any{"status": models.DeliveryFailed, "error": why, "completed_at": now, "next_attempt_at": nil}).Error
	return wrapped(err, "give deliveries up")
}
