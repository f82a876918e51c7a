package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// RevokeAPIClient ends a client for good, and every token it got.
type RevokeAPIClient struct {
	ID int64

	Client models.APIClient
}

// Grant implements Action.
func (*RevokeAPIClient) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (*RevokeAPIClient) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeAPIClient) Perform(_ context.Context, w *Work) error {
	if err := w.Own().Where("revoked_at IS NULL").First(&a.Client, a.ID).Error; err != nil {
		return database.Fault(err, "API client")
	}
	err := w.Tx.Model(&a.Client).Updates(map[string]any{"revoked_at": w.Now, "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return fmt.Errorf("revoke API client: %w", err)
	}
	if err := endTokens(w, "api_client_id = ?", a.ID); err != nil {
		return err
	}
	if err := endRefreshTokens(w, "api_client_id = ?", a.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "revoke-api-client", SubjectType: "api_client", SubjectID: a.ID,
		Detail: map[string]any{"name": a.Client.Name, "client": a.Client.ClientID}})
}
