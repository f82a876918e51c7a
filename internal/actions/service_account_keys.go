package actions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/assertion"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// mostKeys is how many keys a service account has at a time: one in use, one to change to, and some to spare.
const mostKeys = 5

// AddServiceKey adds a key to a service account, so that programs can change to it one by one. Without a public key it
// makes a pair; the private half is told once and kept nowhere.
type AddServiceKey struct {
	ID        int64  `form:"-"`
	PublicKey string `form:"public_key"`

	Account    models.ServiceAccount `form:"-"`
	PrivateKey string                `form:"-"`
}

// Grant implements Action.
func (*AddServiceKey) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (a *AddServiceKey) Validate() (err error) {
	if a.PublicKey = strings.TrimSpace(a.PublicKey); a.PublicKey != "" {
		_, err = assertion.PublicKey(a.PublicKey)
	}
	return err
}

// Prepare implements Prepared.
func (a *AddServiceKey) Prepare(_ context.Context, w *Work) (err error) {
	if _, err := ownServiceAccount(w, a.ID); err != nil {
		return err
	}
	a.PublicKey, a.PrivateKey, err = keyOrPair(a.PublicKey)
	return err
}

// Perform implements Action.
func (a *AddServiceKey) Perform(_ context.Context, w *Work) (err error) {
	if a.Account, err = ownServiceAccount(w, a.ID); err != nil {
		return err
	}
	key, err := publicKey(w, a.PublicKey)
	if err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(a.Account.Keys, func(k models.PublicKey) bool { return k.ID == key.ID }):
		return fault.Field("public_key", "The account has this key already.")
	case len(a.Account.Keys) >= mostKeys:
		return fault.Field("public_key", "The account has %d keys. Remove one that is no longer used first.", mostKeys)
	}
	a.Account.Keys = append(a.Account.Keys, key)
	return setKeys(w, a.Account, "add-service-key", key.ID)
}

// RemoveServiceKey takes a key from a service account: nothing it signs is taken any more.
type RemoveServiceKey struct {
	ID    int64  `form:"-"`
	KeyID string `form:"key"`

	Account models.ServiceAccount `form:"-"`
}

// Grant implements Action.
func (*RemoveServiceKey) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (*RemoveServiceKey) Validate() error { return nil }

// Perform implements Action.
func (a *RemoveServiceKey) Perform(_ context.Context, w *Work) (err error) {
	if a.Account, err = ownServiceAccount(w, a.ID); err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(a.Account.Keys), func(k models.PublicKey) bool { return k.ID == a.KeyID })
	if len(left) == len(a.Account.Keys) {
		return fault.Missing("key")
	}
	a.Account.Keys = left
	return setKeys(w, a.Account, "remove-service-key", a.KeyID)
}

// RevokeServiceAccount ends a service account for good, and every token it got.
type RevokeServiceAccount struct {
	ID int64

	Account models.ServiceAccount
}

// Grant implements Action.
func (*RevokeServiceAccount) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (*RevokeServiceAccount) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeServiceAccount) Perform(_ context.Context, w *Work) (err error) {
	if a.Account, err = ownServiceAccount(w, a.ID); err != nil {
		return err
	}
	if err := w.Tx.Model(&a.Account).Updates(map[string]any{"revoked_at": w.Now, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("revoke service account: %w", err)
	}
	if err := endTokens(w, "service_account_id = ?", a.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "revoke-service-account", SubjectType: "service_account", SubjectID: a.ID,
		Detail: map[string]any{"name": a.Account.Name, "email": a.Account.Email}})
}

func ownServiceAccount(w *Work, id int64) (models.ServiceAccount, error) {
	var account models.ServiceAccount
	err := database.Locked(w.Own()).Where("revoked_at IS NULL").First(&account, id).Error
	return account, database.Fault(err, "service account")
}

func setKeys(w *Work, account models.ServiceAccount, verb, keyID string) error {
	err := w.Tx.Model(&models.ServiceAccount{}).Where("id = ?", account.ID).
		Updates(map[string]any{"keys": datatypes.NewJSONSlice([]models.PublicKey(account.Keys)), "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return fmt.Errorf("change the account's keys: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "service_account", SubjectID: account.ID,
		Detail: map[string]any{"email": account.Email, "key": keyID}})
}
