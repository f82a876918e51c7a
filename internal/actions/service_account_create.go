package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/assertion"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// CreateServiceAccount makes an account for a program that acts by itself. Without a public key it makes a key pair; the
// private half is told once and kept nowhere.
type CreateServiceAccount struct {
	Name      string      `form:"name"`
	Role      models.Role `form:"role"` // API User when empty
	Scopes    []string    `form:"scopes"`
	PublicKey string      `form:"public_key"` // PEM; empty to have a pair made

	Account    models.ServiceAccount `form:"-"`
	PrivateKey string                `form:"-"` // PEM, when a pair was made

	scope access.TokenScope
}

// Grant implements Action.
func (*CreateServiceAccount) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (a *CreateServiceAccount) Validate() (err error) {
	if a.scope, err = named(&a.Name, a.Scopes); err != nil {
		return err
	}
	if a.Role == "" {
		a.Role = models.APIUser
	}
	if !a.Role.Valid() {
		return fault.Field("role", "There is no role %q.", a.Role)
	}
	if a.PublicKey = strings.TrimSpace(a.PublicKey); a.PublicKey == "" {
		return nil
	}
	_, err = assertion.PublicKey(a.PublicKey)
	return err
}

// Prepare implements Prepared: making a key pair takes a while.
func (a *CreateServiceAccount) Prepare(context.Context, *Work) (err error) {
	a.PublicKey, a.PrivateKey, err = keyOrPair(a.PublicKey)
	return err
}

// Perform implements Action.
func (a *CreateServiceAccount) Perform(_ context.Context, w *Work) error {
	if err := mayGiveRoles(w, []models.Role{a.Role}); err != nil {
		return renameField(err, "roles", "role")
	}
	key, err := publicKey(w, a.PublicKey)
	if err != nil {
		return err
	}
	a.Account = models.ServiceAccount{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Name: a.Name,
		Email: serviceAddress(a.Name, w.Actor.OrganizationID), Role: a.Role, Scopes: string(a.scope),
		Keys: datatypes.NewJSONSlice([]models.PublicKey{key})}
	if err := w.Tx.Create(&a.Account).Error; err != nil {
		return fmt.Errorf("create service account: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "create-service-account", SubjectType: "service_account", SubjectID: a.Account.ID,
		Detail: map[string]any{"name": a.Name, "email": a.Account.Email, "role": a.Role, "scope": a.Account.Scopes, "key": key.ID}})
}

// keyOrPair returns the key given, or without one a new pair.
func keyOrPair(given string) (public, private string, err error) {
	if given != "" {
		return given, "", nil
	}
	pair, err := assertion.NewKeyPair()
	return pair.Public, pair.Private, err
}

func publicKey(w *Work, text string) (models.PublicKey, error) {
	key, err := assertion.PublicKey(text)
	if err != nil {
		return models.PublicKey{}, err
	}
	written, err := assertion.WritePublicKey(key)
	return models.PublicKey{ID: assertion.KeyID(key), PEM: written, AddedAt: w.Now}, err
}

// serviceAddress makes the name by which a service account signs: in the form of an address, of a domain that can have
// no mail.
func serviceAddress(name string, organizationID int64) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	local := strings.Trim(b.String()[:min(b.Len(), 40)], "-")
	if local == "" {
		local = "service"
	}
	return fmt.Sprintf("%s-%s@organization-%d.service.invalid", local, strings.ToLower(secrets.HashToken(secrets.Token())[:6]), organizationID)
}
