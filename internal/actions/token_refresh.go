package actions

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// RefreshAccess exchanges a refresh token for a new pair. A refresh token works once: when it comes again, somebody has a
// copy, and everything that came of the same sign-in ends.
type RefreshAccess struct {
	Client  APIClientKey
	Refresh string
	Scope   *string // narrower than what was given, for this token alone; nil for the same
	Address string

	Token IssuedToken
}

// Grant implements Action.
func (*RefreshAccess) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *RefreshAccess) Validate() error {
	bad := fault.Fields{}
	for name, value := range map[string]string{"refresh_token": a.Refresh, "client_id": a.Client.ID, "client_secret": a.Client.Secret} {
		if value == "" {
			bad[name] = "This is missing."
		}
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *RefreshAccess) Prepare(_ context.Context, w *Work) error {
	return w.World.Limits.tryAddress(a.Address)
}

// Perform implements Action.
func (a *RefreshAccess) Perform(_ context.Context, w *Work) error {
	client, err := a.Client.find(w)
	if err != nil {
		return refuseClient(w, client, err)
	}
	old, err := a.find(w, client)
	if err != nil {
		return err
	}
	var user models.User
	if err := w.Tx.First(&user, old.UserID).Error; err != nil {
		return fmt.Errorf("load the token's user: %w", err)
	}
	actAs(w, user)
	if old.UsedAt != nil {
		return endReused(w, old)
	}
	open, err := holdsOrganization(w, user.OrganizationID)
	if err != nil {
		return err
	}
	if !open || !user.MaySignIn() || !old.IsLive(w.Now) {
		return refuseToken(w, errRefresh, "user", user.ID, "expired, revoked or may not sign in")
	}
	return a.rotate(w, client, user, old)
}

// find returns the token's row, kept from being used elsewhere until the transaction ends.
func (a *RefreshAccess) find(w *Work, client models.APIClient) (models.RefreshToken, error) {
	var token models.RefreshToken
	err := database.Locked(w.Tx).Where("token_hash = ? AND api_client_id = ?", secrets.HashToken(a.Refresh), client.ID).First(&token).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return token, errRefresh
	}
	if err != nil {
		return token, fmt.Errorf("find refresh token: %w", err)
	}
	return token, nil
}

func (a *RefreshAccess) rotate(w *Work, client models.APIClient, user models.User, old models.RefreshToken) error {
	scope, err := tokenScope(a.Scope, old.Scopes)
	if err != nil {
		return err
	}
	if err := w.Tx.Model(&old).Update("used_at", w.Now).Error; err != nil {
		return fmt.Errorf("note the refresh token's use: %w", err)
	}
	if a.Token, err = issueUserTokens(w, user, client, old.Family, scope, access.TokenScope(old.Scopes)); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "issue-token", SubjectType: "user", SubjectID: user.ID,
		Detail: map[string]any{"grant": "refresh_token", "client": client.ClientID, "scope": string(scope)}})
}

func endReused(w *Work, old models.RefreshToken) error {
	if err := endFamily(w, old.Family); err != nil {
		return err
	}
	w.RefuseButKeep(errRefresh)
	return w.Audit(ledger.Entry{Verb: "detect-token-reuse", SubjectType: "user", SubjectID: old.UserID,
		Detail: map[string]any{"client": old.APIClientID}})
}
