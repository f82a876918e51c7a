package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// Enter returns an actor as one of an organization: unchanged in the own one, as an account manager in one that a link
// lets the user into, with the permissions and switches of that organization. Any other is NotFound.
func (r *Runner) Enter(ctx context.Context, actor access.Actor, organizationID int64) (access.Actor, error) {
	if organizationID == actor.OrganizationID {
		return actor, nil
	}
	var links int64
	err := r.DB.Read.WithContext(ctx).Model(&models.OrganizationManager{}).
		Where("organization_id = ? AND user_id = ? AND NOT is_deleted", organizationID, actor.ID).Limit(1).Count(&links).Error
	if err != nil {
		return access.Anonymous(), fmt.Errorf("look for the link of an account manager: %w", err)
	}
	if links == 0 || actor.Kind != access.User {
		return access.Anonymous(), fault.Missing("organization")
	}
	actor.OrganizationID, actor.Role = organizationID, models.AccountManager
	entered, err := r.withRights(ctx, actor, "user_id = ? OR user_id IS NULL", actor.ID)
	if err == nil && !entered.IsSignedIn() {
		err = fault.Missing("organization") // it was deleted
	}
	return entered, err
}
