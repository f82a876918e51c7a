package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleManager completes the link of an account manager. Nobody ends the own one.
func SettleManager(_ context.Context, change *resource.Change) error {
	m := change.Row.(*models.OrganizationManager)
	now, actor := change.Ask.Now, change.Ask.Actor
	if was, ok := change.Was.(*models.OrganizationManager); ok {
		if was.IsDeleted {
			return fault.Missing("account manager")
		}
		leaves := change.Verb == resource.Delete || m.UserID != was.UserID
		if leaves && actor.Kind == access.User && actor.ID == was.UserID {
			return fault.New(fault.Forbidden, "You cannot end your own link. Ask another account manager.")
		}
	}
	switch change.Verb {
	case resource.Delete:
		m.DeletedBy, m.DeletedAt, m.UpdatedBy = actor.UserID(), &now, actor.UserID()
		return nil
	case resource.Create:
		m.Role, m.AddedBy, m.AddedAt = models.AccountManaging, actor.UserID(), &now
	}
	return checkManager(change, m.UserID)
}

// checkManager refuses a user whom the actor cannot know: one of neither this organization nor the actor's own.
func checkManager(change *resource.Change, userID int64) error {
	home, err := homeOf(change)
	if err != nil {
		return err
	}
	var found int64
	err = change.Tx.Model(&models.User{}).Where("id = ? AND organization_id IN ? AND NOT is_deleted", userID,
		[]int64{home, change.Ask.Actor.OrganizationID}).Count(&found).Error
	if err != nil {
		return fmt.Errorf("look for the account manager: %w", err)
	}
	if found == 0 {
		return fault.Field("user_id", "There is no such user.")
	}
	return nil
}
