package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// personalPrefix begins every personal token, so that scanners find one that was published by mistake.
const personalPrefix = "assay_pat_"

// IdentifyToken returns who holds a bearer token, with the rights the holder has now and the token's scope; Anonymous for
// a token that opens nothing any more.
func (r *Runner) IdentifyToken(ctx context.Context, token string) (access.Actor, error) {
	var found []models.AccessToken
	err := r.DB.Read.WithContext(ctx).Where("token_hash = ?", secrets.HashToken(token)).Limit(1).Find(&found).Error
	if err != nil {
		return access.Anonymous(), fmt.Errorf("find token: %w", err)
	}
	if len(found) == 0 || !found[0].IsLive(r.DB.Clock.Now()) {
		return access.Anonymous(), nil
	}
	actor, err := r.holder(ctx, found[0])
	if err != nil || !actor.IsSignedIn() {
		return access.Anonymous(), err
	}
	actor.TokenID, actor.TokenScope = found[0].ID, access.TokenScope(found[0].Scopes)
	return actor, r.noteUse(ctx, found[0])
}

func (r *Runner) holder(ctx context.Context, t models.AccessToken) (access.Actor, error) {
	switch {
	case t.UserID != nil:
		return r.signedIn(ctx, *t.UserID)
	case t.ServiceAccountID != nil:
		return r.serviceActor(ctx, *t.ServiceAccountID)
	default:
		return r.candidateActor(ctx, *t.AssessmentCandidateID, t.OrganizationID)
	}
}

func (r *Runner) serviceActor(ctx context.Context, id int64) (access.Actor, error) {
	var account models.ServiceAccount
	if err := r.DB.Read.WithContext(ctx).First(&account, id).Error; err != nil {
		return access.Anonymous(), fmt.Errorf("load the token's service account: %w", err)
	}
	if account.RevokedAt != nil {
		return access.Anonymous(), nil
	}
	actor := access.Actor{Kind: access.Service, ID: account.ID, Name: account.Name, Email: account.Email,
		OrganizationID: account.OrganizationID, Role: account.Role}
	return r.withRights(ctx, actor, "user_id IS NULL")
}

// noteUse writes when a token was last used, at most once a minute.
func (r *Runner) noteUse(ctx context.Context, t models.AccessToken) error {
	now := r.DB.Clock.Now()
	if t.LastUsedAt != nil && now.Sub(*t.LastUsedAt) < seenEvery {
		return nil
	}
	err := r.DB.Write.WithContext(ctx).Model(&models.AccessToken{}).Where("id = ?", t.ID).UpdateColumn("last_used_at", now).Error
	if err != nil {
		return fmt.Errorf("note the token's use: %w", err)
	}
	return nil
}
