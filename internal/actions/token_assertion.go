package actions

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/assertion"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// ExchangeAssertion gives a service account a token for an assertion it has signed. An assertion may come again while it
// is valid, unless it has a name (jti), which is taken once.
type ExchangeAssertion struct {
	Assertion string
	Audiences []string // the token endpoint's addresses
	Address   string

	Token IssuedToken
}

var errServiceAccount = fault.New(fault.Unauthorized, "The assertion is refused. Its issuer (iss) is no service account, or is not allowed in any more.")

// Grant implements Action.
func (*ExchangeAssertion) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *ExchangeAssertion) Validate() error {
	if a.Assertion == "" {
		return fault.Field("assertion", "This is missing.")
	}
	return nil
}

// Prepare implements Prepared.
func (a *ExchangeAssertion) Prepare(_ context.Context, w *Work) error {
	return w.World.Limits.tryAddress(a.Address)
}

// Perform implements Action.
func (a *ExchangeAssertion) Perform(_ context.Context, w *Work) error {
	account, err := a.find(w)
	if err != nil {
		return err
	}
	w.Actor = access.Actor{Kind: access.Service, ID: account.ID, Name: account.Name, OrganizationID: account.OrganizationID}
	open, err := holdsOrganization(w, account.OrganizationID)
	if err != nil {
		return err
	}
	if !open || account.RevokedAt != nil {
		return refuseToken(w, errServiceAccount, "service_account", account.ID, "revoked")
	}
	claims, err := a.read(w, account)
	if err != nil {
		return refuseToken(w, err, "service_account", account.ID, err.Error())
	}
	scope, err := tokenScope(claims.Scope, account.Scopes)
	if err != nil {
		return refuseToken(w, err, "service_account", account.ID, "scope")
	}
	if fresh, err := a.takeName(w, account, claims); err != nil || !fresh {
		if err != nil {
			return err
		}
		return refuseToken(w, fault.New(fault.Unauthorized, "The assertion is refused. Its jti was used already."), "service_account", account.ID, "jti used again")
	}
	return a.issue(w, account, scope)
}

func (a *ExchangeAssertion) find(w *Work) (models.ServiceAccount, error) {
	var account models.ServiceAccount
	issuer, _, err := assertion.Issuer(a.Assertion)
	if err != nil {
		return account, err
	}
	err = w.Tx.Where("email = ?", strings.ToLower(issuer)).First(&account).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return account, errServiceAccount
	}
	if err != nil {
		return account, fmt.Errorf("find service account: %w", err)
	}
	return account, nil
}

func (a *ExchangeAssertion) read(w *Work, account models.ServiceAccount) (assertion.Claims, error) {
	keys := map[string]*rsa.PublicKey{}
	for _, k := range account.Keys {
		key, err := assertion.PublicKey(k.PEM)
		if err != nil {
			return assertion.Claims{}, fmt.Errorf("read key %s of service account %d: %w", k.ID, account.ID, err)
		}
		keys[k.ID] = key
	}
	return assertion.Read(a.Assertion, assertion.Check{Keys: keys, Audiences: a.Audiences, Now: w.Now})
}

// takeName tells whether the assertion's name is used for the first time; one without a name always is fresh.
func (a *ExchangeAssertion) takeName(w *Work, account models.ServiceAccount, claims assertion.Claims) (bool, error) {
	if claims.ID == "" {
		return true, nil
	}
	err := w.Tx.Where("service_account_id = ? AND expires_at < ?", account.ID, w.Now).Delete(&models.Assertion{}).Error
	if err != nil {
		return false, fmt.Errorf("drop expired assertions: %w", err)
	}
	row := models.Assertion{ServiceAccountID: account.ID, NameHash: secrets.HashToken(claims.ID), ExpiresAt: claims.ExpiresAt.Add(2 * time.Minute)}
	err = w.unit(func() error { return w.Tx.Create(&row).Error })
	if fault.KindOf(database.Fault(err, "assertion")) == fault.Conflict {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("note the assertion: %w", err)
	}
	return true, nil
}

func (a *ExchangeAssertion) issue(w *Work, account models.ServiceAccount, scope access.TokenScope) (err error) {
	row := models.AccessToken{Owned: account.Owned, Kind: models.ServiceToken, ServiceAccountID: &account.ID, Scopes: string(scope)}
	if a.Token, err = issueToken(w, row, serviceTokenLife); err != nil {
		return err
	}
	if err := w.Tx.Model(&account).UpdateColumn("last_used_at", w.Now).Error; err != nil {
		return fmt.Errorf("note the service account's use: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "issue-token", SubjectType: "service_account", SubjectID: account.ID,
		Detail: map[string]any{"grant": "assertion", "scope": string(scope)}})
}
