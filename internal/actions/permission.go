package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// Permission is what SetPermission makes of one item for one user.
type Permission string

// What a user may have of an item: what the role says, the item whatever the role, or never.
const (
	PermissionByRole  Permission = ""
	PermissionGranted Permission = "granted"
	PermissionRefused Permission = "refused"
)

// SetPermission gives or withholds one item of the matrix to one user, or leaves it to the role again. Nobody changes
// the own account, and nobody gives away what they may not do themselves.
type SetPermission struct {
	UserID     int64        `form:"-"`
	Item       access.Grant `form:"item"`
	Permission Permission   `form:"permission"`
}

// Grant implements Action.
func (*SetPermission) Grant() access.Grant { return "permission.grant" }

// Validate implements Action.
func (a *SetPermission) Validate() error {
	bad := fault.Fields{}
	if !access.Grantable(a.Item) {
		bad["item"] = "There is no such permission."
	}
	switch a.Permission {
	case PermissionByRole, PermissionGranted, PermissionRefused:
	default:
		bad["permission"] = "Choose by role, granted or refused."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SetPermission) Perform(_ context.Context, w *Work) error {
	user, err := managedUser(w, a.UserID)
	if err != nil {
		return err
	}
	if err := notOneself(w, user, "change permissions of"); err != nil {
		return err
	}
	if a.Permission == PermissionGranted && !access.Can(w.Actor, a.Item) {
		return fault.New(fault.Forbidden, "You cannot give what you may not do yourself.")
	}
	if a.Permission == PermissionRefused && a.Item == "user.manage" {
		if err := keepAnAdministrator(w, user); err != nil {
			return err
		}
	}
	return a.write(w)
}

func (a *SetPermission) write(w *Work) error {
	err := w.Own().Where("user_id = ? AND item_name = ?", a.UserID, string(a.Item)).Delete(&models.PermissionGrant{}).Error
	if err != nil {
		return fmt.Errorf("take a permission back: %w", err)
	}
	if a.Permission != PermissionByRole {
		row := models.PermissionGrant{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Type: models.PermissionItem,
			UserID: &a.UserID, ItemName: string(a.Item), Refused: a.Permission == PermissionRefused}
		if err := w.Tx.Create(&row).Error; err != nil {
			return database.Fault(fmt.Errorf("write a permission: %w", err), "permission")
		}
	}
	return w.Audit(ledger.Entry{Verb: "set-permission", SubjectType: "user", SubjectID: a.UserID,
		Detail: map[string]any{"item": a.Item, "permission": map[Permission]string{
			PermissionByRole: "by role", PermissionGranted: "granted", PermissionRefused: "refused"}[a.Permission]}})
}
