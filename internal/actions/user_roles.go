package actions

import (
	"context"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// ChangeRoles sets which roles a user holds. Nobody adds a role to the own account.
type ChangeRoles struct {
	UserID int64         `form:"-"`
	Roles  []models.Role `form:"roles"`

	User models.User `form:"-"`
}

// Grant implements Action.
func (*ChangeRoles) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (a *ChangeRoles) Validate() error {
	bad := fault.Fields{}
	checkRoles(bad, a.Roles)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *ChangeRoles) Perform(_ context.Context, w *Work) (err error) {
	if a.User, err = managedUser(w, a.UserID); err != nil {
		return err
	}
	if err := a.refuseRaising(w); err != nil {
		return err
	}
	if !administers(a.Roles) {
		if err := keepAnAdministrator(w, a.User); err != nil {
			return err
		}
	}
	return a.write(w)
}

func (a *ChangeRoles) refuseRaising(w *Work) error {
	own := w.Actor.Kind == access.User && w.Actor.ID == a.User.ID
	var added []models.Role
	for _, r := range a.Roles {
		if !a.User.HasRole(r) {
			added = append(added, r)
		}
	}
	if own && len(added) > 0 {
		return fault.Field("roles", "Nobody adds roles to the own account. Ask another administrator.")
	}
	return mayGiveRoles(w, added)
}

func (a *ChangeRoles) write(w *Work) error {
	before := []models.Role(a.User.Roles)
	current := a.User.CurrentRole
	if !slices.Contains(a.Roles, current) {
		current = a.Roles[0]
	}
	err := w.Tx.Model(&models.User{}).Where("id = ?", a.User.ID).Updates(map[string]any{
		"roles": datatypes.NewJSONSlice(a.Roles), "current_role": current, "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return fmt.Errorf("change roles: %w", err)
	}
	a.User.Roles, a.User.CurrentRole = a.Roles, current
	return w.Audit(ledger.Entry{Verb: "change-roles", SubjectType: "user", SubjectID: a.User.ID, Before: before, After: a.Roles,
		Detail: map[string]any{"from": before, "to": a.Roles}})
}

// SwitchRole sets in which of the own roles the actor works.
type SwitchRole struct {
	Role models.Role `form:"role"`
}

// Grant implements Action.
func (*SwitchRole) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*SwitchRole) Validate() error { return nil }

// Perform implements Action.
func (a *SwitchRole) Perform(_ context.Context, w *Work) error {
	var user models.User
	if err := w.Own().Where("id = ?", w.Actor.ID).First(&user).Error; err != nil {
		return fmt.Errorf("load the acting user: %w", err)
	}
	if !user.HasRole(a.Role) {
		return fault.Field("role", "This is not one of your roles.")
	}
	if err := w.Tx.Model(&user).Update("current_role", a.Role).Error; err != nil {
		return fmt.Errorf("switch role: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "switch-role", SubjectType: "user", SubjectID: user.ID, Before: w.Actor.Role, After: a.Role,
		Detail: map[string]any{"from": w.Actor.Role, "to": a.Role}})
}
