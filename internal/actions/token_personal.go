package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// PersonalTokenDays are how long a personal token may be made for; 0 for one without an end.
var PersonalTokenDays = []int{30, 90, 365, 0}

// mostPersonalTokens is how many live ones a user may have.
const mostPersonalTokens = 50

// CreatePersonalToken makes a token with which the actor's own programs act in the actor's name. It is told once.
type CreatePersonalToken struct {
	Name   string   `form:"name"`
	Scopes []string `form:"scopes"` // none for all that the owner may do
	Days   int      `form:"days"`   // one of PersonalTokenDays

	Token IssuedToken `form:"-"`

	scope access.TokenScope
}

// Grant implements Action.
func (*CreatePersonalToken) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *CreatePersonalToken) Validate() (err error) {
	if !slices.Contains(PersonalTokenDays, a.Days) {
		return fault.Field("days", "Choose one of the lifetimes.")
	}
	a.scope, err = named(&a.Name, a.Scopes)
	return err
}

// Perform implements Action.
func (a *CreatePersonalToken) Perform(_ context.Context, w *Work) (err error) {
	if w.Actor.TokenID != 0 {
		return fault.New(fault.Forbidden, "A token cannot make another one. Sign in to do this.")
	}
	var live int64
	err = w.Own().Model(&models.AccessToken{}).
		Where("user_id = ? AND kind = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)", w.Actor.ID, models.PersonalToken, w.Now).
		Count(&live).Error
	if err != nil {
		return fmt.Errorf("count personal tokens: %w", err)
	}
	if live >= mostPersonalTokens {
		return fault.Field("name", "You have %d tokens. Revoke one that is no longer used first.", live)
	}
	row := models.AccessToken{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Kind: models.PersonalToken,
		UserID: w.Actor.UserID(), Name: a.Name, Scopes: string(a.scope)}
	if a.Token, err = issueToken(w, row, time.Duration(a.Days)*24*time.Hour); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "issue-token", SubjectType: "user", SubjectID: w.Actor.ID,
		Detail: map[string]any{"grant": "personal", "name": a.Name, "scope": string(a.scope), "days": a.Days}})
}

// RevokePersonalToken ends one of the actor's own tokens.
type RevokePersonalToken struct {
	ID int64

	Token models.AccessToken
}

// Grant implements Action.
func (*RevokePersonalToken) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*RevokePersonalToken) Validate() error { return nil }

// Perform implements Action.
func (a *RevokePersonalToken) Perform(_ context.Context, w *Work) error {
	err := w.Own().Where("user_id = ? AND kind = ? AND revoked_at IS NULL", w.Actor.ID, models.PersonalToken).First(&a.Token, a.ID).Error
	if err != nil {
		return database.Fault(err, "token")
	}
	if err := endTokens(w, "id = ?", a.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "revoke-token", SubjectType: "user", SubjectID: w.Actor.ID,
		Detail: map[string]any{"kind": string(models.PersonalToken), "name": a.Token.Name}})
}
