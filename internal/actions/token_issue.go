package actions

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// How long tokens let somebody in.
const (
	userTokenLife    = 24 * time.Hour
	serviceTokenLife = time.Hour
	refreshTokenLife = 30 * 24 * time.Hour

	// What is over is kept this long, for whoever asks what happened.
	deadTokensKept = 30 * 24 * time.Hour
)

// ErrAPIClient refuses a client that is unknown or was revoked, or a wrong secret.
var ErrAPIClient = fault.New(fault.Unauthorized, "There is no such API client, or its secret is wrong.")

var (
	errTokenSignIn = fault.New(fault.Unauthorized, "Username and password do not belong together, or this account may not use this client.")
	errOTPMissing  = fault.New(fault.Unauthorized, "This account has a second factor. Send its code in the field otp.")
	errOTP         = fault.New(fault.Unauthorized, "The code in the field otp does not fit. Codes change every 30 seconds and work once.")
	errRefresh     = fault.New(fault.Unauthorized, "This refresh token is unknown, used or expired. Ask for a new token with the password.")
)

// IssuedToken is a bearer token as it is told once.
type IssuedToken struct {
	Access   string
	Refresh  string        // "" for tokens that are not renewed
	Lifetime time.Duration // 0 for a token without an end
	Scope    access.TokenScope
}

// APIClientKey is what an application proves itself with.
type APIClientKey struct {
	ID     string
	Secret string
}

// find returns the client, ErrAPIClient for one that is none.
func (k APIClientKey) find(w *Work) (models.APIClient, error) {
	var client models.APIClient
	err := w.Tx.Where("client_id = ?", k.ID).First(&client).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return client, fmt.Errorf("find API client: %w", err)
	}
	right := subtle.ConstantTimeCompare([]byte(client.SecretHash), []byte(secrets.HashToken(k.Secret))) == 1
	if err != nil || !right || client.RevokedAt != nil {
		return client, ErrAPIClient
	}
	return client, nil
}

// refuseClient is refuseToken for a client: in the ledger of the organization it would belong to, if any.
func refuseClient(w *Work, client models.APIClient, err error) error {
	if client.ID == 0 || !errors.Is(err, ErrAPIClient) {
		return err
	}
	w.Actor = access.Actor{Kind: access.Nobody, OrganizationID: client.OrganizationID}
	return refuseToken(w, err, "api_client", client.ID, "wrong secret or revoked")
}

// issueUserTokens makes an access token for a user and the refresh token to renew it with, which may reach further: what
// was given at first, whatever was asked for since.
func issueUserTokens(w *Work, user models.User, client models.APIClient, family string, scope, given access.TokenScope) (IssuedToken, error) {
	token, err := issueToken(w, models.AccessToken{Owned: user.Owned, Kind: models.UserToken, UserID: &user.ID, APIClientID: &client.ID,
		Family: family, Scopes: string(scope)}, userTokenLife)
	if err != nil {
		return token, err
	}
	token.Refresh = secrets.Token()
	row := models.RefreshToken{Owned: user.Owned, TokenHash: secrets.HashToken(token.Refresh), Family: family, UserID: user.ID,
		APIClientID: client.ID, Scopes: string(given), ExpiresAt: w.Now.Add(refreshTokenLife)}
	if err := w.Tx.Create(&row).Error; err != nil {
		return token, fmt.Errorf("issue a refresh token: %w", err)
	}
	if err := w.Tx.Model(&client).UpdateColumn("last_used_at", w.Now).Error; err != nil {
		return token, fmt.Errorf("note the client's use: %w", err)
	}
	return token, nil
}

// issueToken makes a bearer token, and drops those of the same holder that have long been over.
func issueToken(w *Work, row models.AccessToken, life time.Duration) (IssuedToken, error) {
	token := IssuedToken{Access: secrets.Token(), Lifetime: life, Scope: access.TokenScope(row.Scopes)}
	if row.Kind == models.PersonalToken {
		token.Access = personalPrefix + token.Access
	}
	row.TokenHash = secrets.HashToken(token.Access)
	if life > 0 {
		end := w.Now.Add(life)
		row.ExpiresAt = &end
	}
	if err := dropDeadTokens(w, row); err != nil {
		return token, err
	}
	if err := w.Tx.Create(&row).Error; err != nil {
		return token, fmt.Errorf("issue a token: %w", err)
	}
	return token, nil
}

func dropDeadTokens(w *Work, like models.AccessToken) error {
	before := w.Now.Add(-deadTokensKept)
	query := w.Tx.Where("organization_id = ? AND expires_at < ?", like.OrganizationID, before)
	switch {
	case like.UserID != nil:
		refresh := w.Tx.Where("user_id = ? AND expires_at < ?", *like.UserID, before).Delete(&models.RefreshToken{})
		if refresh.Error != nil {
			return fmt.Errorf("drop dead refresh tokens: %w", refresh.Error)
		}
		query = query.Where("user_id = ?", *like.UserID)
	case like.ServiceAccountID != nil:
		query = query.Where("service_account_id = ?", *like.ServiceAccountID)
	default:
		query = query.Where("assessment_candidate_id = ?", like.AssessmentCandidateID)
	}
	if err := query.Delete(&models.AccessToken{}).Error; err != nil {
		return fmt.Errorf("drop dead tokens: %w", err)
	}
	return nil
}

// endTokens ends every live token that a condition finds, those for renewing too where the condition fits them.
func endTokens(w *Work, condition string, value any) error {
	err := w.Tx.Model(&models.AccessToken{}).Where(condition, value).Where("revoked_at IS NULL").Update("revoked_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end tokens: %w", err)
	}
	return nil
}

func endRefreshTokens(w *Work, condition string, value any) error {
	err := w.Tx.Model(&models.RefreshToken{}).Where(condition, value).Where("revoked_at IS NULL").Update("revoked_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end refresh tokens: %w", err)
	}
	return nil
}

func endFamily(w *Work, family string) error {
	if err := endTokens(w, "family = ?", family); err != nil {
		return err
	}
	return endRefreshTokens(w, "family = ?", family)
}

// endGrants ends what applications got in a user's name. Personal tokens go on: their owner ends them one by one.
func endGrants(w *Work, userID int64) error {
	err := w.Tx.Model(&models.AccessToken{}).Where("user_id = ? AND kind = ? AND revoked_at IS NULL", userID, models.UserToken).
		Update("revoked_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end the user's tokens: %w", err)
	}
	return endRefreshTokens(w, "user_id = ?", userID)
}

// tokenScope returns the scope asked for, or the widest when none is. It returns an Invalid fault for the field "scope"
// when more is asked for than may be given.
func tokenScope(asked *string, widest string) (access.TokenScope, error) {
	if asked == nil || strings.TrimSpace(*asked) == "" {
		return access.TokenScope(widest), nil
	}
	scope, err := access.ParseTokenScope(*asked)
	if err != nil {
		return "", err
	}
	if !scope.Within(access.TokenScope(widest)) {
		return "", fault.Field("scope", "The scope goes beyond what may be asked for: %s.", widest)
	}
	return scope, nil
}

// holdsOrganization tells whether an organization still lets anybody in.
func holdsOrganization(w *Work, id int64) (bool, error) {
	var organization models.Organization
	if err := w.Tx.First(&organization, id).Error; err != nil {
		return false, database.Fault(err, "organization")
	}
	return !organization.IsDeleted, nil
}

// actAs makes the rest of the work the user's, for the ledger.
func actAs(w *Work, u models.User) {
	w.Actor = access.Actor{Kind: access.User, ID: u.ID, Name: u.Name, OrganizationID: u.OrganizationID}
}

// refuseToken answers with the refusal and leaves the reason in the organization's ledger.
func refuseToken(w *Work, refusal error, subject string, id int64, reason string) error {
	w.RefuseButKeep(refusal)
	return w.Audit(ledger.Entry{Verb: "refuse-token", SubjectType: subject, SubjectID: id, Detail: map[string]any{"reason": reason}})
}

// renameField gives a field at fault the name it has on another wire.
func renameField(err error, from, to string) error {
	f, ok := fault.As(err)
	if !ok || f.Fields[from] == "" {
		return err
	}
	return fault.Field(to, "%s", f.Fields[from])
}
