package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// OfferSecondFactor is StartSecondFactor for an application that proved the password when it got its token. A personal
// token proves nothing of the kind: whoever finds an account left open can make one.
type OfferSecondFactor struct{}

// Grant implements Action.
func (*OfferSecondFactor) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*OfferSecondFactor) Validate() error { return nil }

// Perform implements Action.
func (*OfferSecondFactor) Perform(ctx context.Context, w *Work) error {
	var token models.AccessToken
	if err := database.Fault(w.Tx.Where("id = ?", w.Actor.TokenID).First(&token).Error, "token"); err != nil {
		return err
	}
	if token.Kind != models.UserToken {
		return fault.New(fault.Forbidden, "This needs a token that was got with the password.")
	}
	return (&StartSecondFactor{}).Perform(ctx, w)
}
