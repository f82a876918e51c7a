package actions

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// RevokeToken ends an access or refresh token, and what came of the same sign-in with it. What a client got, it ends as
// that client; any other token is ended by whoever has it. A token that is none is no error.
type RevokeToken struct {
	Client  APIClientKey
	Token   string
	Address string
}

// Grant implements Action.
func (*RevokeToken) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *RevokeToken) Validate() error {
	if a.Token == "" {
		return fault.Field("token", "This is missing.")
	}
	return nil
}

// Prepare implements Prepared.
func (a *RevokeToken) Prepare(_ context.Context, w *Work) error {
	return w.World.Limits.tryAddress(a.Address)
}

// Perform implements Action.
func (a *RevokeToken) Perform(_ context.Context, w *Work) error {
	var client models.APIClient
	if a.Client.ID != "" {
		var err error
		if client, err = a.Client.find(w); err != nil {
			return refuseClient(w, client, err)
		}
	}
	token, known, err := findToken(w, a.Token)
	if err != nil || !known {
		return err
	}
	if token.APIClientID != nil && *token.APIClientID != client.ID {
		if client.ID == 0 {
			return ErrAPIClient
		}
		return nil // somebody else's: as if it were none
	}
	return endToken(w, token)
}

// findToken finds what a bearer or refresh token stands for. A refresh token is told as the access tokens of its family.
func findToken(w *Work, secret string) (token models.AccessToken, known bool, err error) {
	hash := secrets.HashToken(secret)
	err = w.Tx.Where("token_hash = ?", hash).First(&token).Error
	if err == nil {
		return token, true, nil
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return token, false, fmt.Errorf("find token: %w", err)
	}
	var refresh models.RefreshToken
	err = w.Tx.Where("token_hash = ?", hash).First(&refresh).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return token, false, nil
	}
	if err != nil {
		return token, false, fmt.Errorf("find refresh token: %w", err)
	}
	return models.AccessToken{Owned: refresh.Owned, Kind: models.UserToken, UserID: &refresh.UserID, APIClientID: &refresh.APIClientID,
		Family: refresh.Family}, true, nil
}

func endToken(w *Work, t models.AccessToken) error {
	if t.ID != 0 {
		if err := endTokens(w, "id = ?", t.ID); err != nil {
			return err
		}
	}
	if t.Family != "" {
		if err := endFamily(w, t.Family); err != nil {
			return err
		}
	}
	entry := ledger.Entry{Verb: "revoke-token", SubjectType: "user", Detail: map[string]any{"kind": string(t.Kind)}}
	w.Actor = access.Actor{Kind: access.User, OrganizationID: t.OrganizationID}
	switch {
	case t.UserID != nil:
		w.Actor.ID, entry.SubjectID = *t.UserID, *t.UserID
	case t.ServiceAccountID != nil:
		w.Actor.Kind, w.Actor.ID = access.Service, *t.ServiceAccountID
		entry.SubjectType, entry.SubjectID = "service_account", *t.ServiceAccountID
	default:
		w.Actor.Kind = access.Candidate
		entry.SubjectType, entry.SubjectID = "assessment_candidate", *t.AssessmentCandidateID
	}
	return w.Audit(entry)
}
