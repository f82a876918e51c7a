package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

const longestHandle = 120

// CreateAPIClient makes an application known that may ask for tokens with its users' passwords. The secret is told once.
type CreateAPIClient struct {
	Name   string   `form:"name"`
	Scopes []string `form:"scopes"` // what its tokens may reach at most; none for all

	Client models.APIClient `form:"-"`
	Secret string           `form:"-"`

	scope access.TokenScope
}

// Grant implements Action.
func (*CreateAPIClient) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (a *CreateAPIClient) Validate() (err error) {
	a.scope, err = named(&a.Name, a.Scopes)
	return err
}

// Perform implements Action.
func (a *CreateAPIClient) Perform(_ context.Context, w *Work) error {
	a.Secret = secrets.Token()
	a.Client = models.APIClient{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Name: a.Name,
		ClientID: secrets.LinkCode(), SecretHash: secrets.HashToken(a.Secret), Scopes: string(a.scope)}
	if err := w.Tx.Create(&a.Client).Error; err != nil {
		return fmt.Errorf("create API client: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "create-api-client", SubjectType: "api_client", SubjectID: a.Client.ID,
		Detail: map[string]any{"name": a.Name, "client": a.Client.ClientID, "scope": a.Client.Scopes}})
}

// named checks a name and reads the scopes chosen beside it.
func named(name *string, scopes []string) (access.TokenScope, error) {
	*name = strings.TrimSpace(*name)
	switch {
	case *name == "":
		return "", fault.Field("name", "Give it a name that says what it is for.")
	case len(*name) > longestHandle:
		return "", fault.Field("name", "Use at most %d characters.", longestHandle)
	}
	return access.ParseTokenScope(strings.Join(scopes, " "))
}
