package actions

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// managedUser loads a user of the actor's organization and holds the row until the transaction ends. A super administrator is managed by another one, or by the
// program itself.
func managedUser(w *Work, id int64) (models.User, error) {
	var user models.User
	err := locked(w.Own()).Where("id = ? AND NOT is_deleted", id).First(&user).Error
	if err := database.Fault(err, "user"); err != nil {
		return user, err
	}
	if user.HasRole(models.SuperAdmin) && !mayManageSuperAdmins(w.Actor) {
		return user, fault.New(fault.Forbidden, "%s is a super administrator. Only another one can change that account.", user.Name)
	}
	return user, nil
}

func mayManageSuperAdmins(a access.Actor) bool {
	return a.Kind == access.System || a.Role == models.SuperAdmin
}

// mayGiveRoles refuses a role that the actor may not hand on.
func mayGiveRoles(w *Work, roles []models.Role) error {
	if slices.Contains(roles, models.SuperAdmin) && !mayManageSuperAdmins(w.Actor) {
		return fault.Field("roles", "Only a super administrator can make another one.")
	}
	return nil
}

// notOneself refuses what nobody may do to the own account.
func notOneself(w *Work, user models.User, what string) error {
	if w.Actor.Kind == access.User && w.Actor.ID == user.ID {
		return fault.New(fault.Conflict, "You cannot %s yourself. Ask another administrator.", what)
	}
	return nil
}

// administers tells whether a user with these roles can manage users.
func administers(roles []models.Role) bool {
	return slices.ContainsFunc(roles, func(r models.Role) bool {
		return access.Can(access.Actor{Kind: access.User, Role: r}, "user.manage")
	})
}

// keepAnAdministrator refuses to take the last administrator away. Those who try at once take turns.
func keepAnAdministrator(w *Work, leaving models.User) error {
	if !leaving.MaySignIn() || !administers(leaving.Roles) {
		return nil
	}
	var organization models.Organization
	if err := locked(w.Tx).First(&organization, leaving.OrganizationID).Error; err != nil {
		return fmt.Errorf("lock the organization: %w", err)
	}
	var others []models.User
	err := w.Tx.Where("organization_id = ? AND id <> ? AND status = ? AND NOT is_deleted AND password_hash IS NOT NULL",
		leaving.OrganizationID, leaving.ID, models.UserActive).Select("id", "roles").Find(&others).Error
	if err != nil {
		return fmt.Errorf("look for other administrators: %w", err)
	}
	if slices.ContainsFunc(others, func(u models.User) bool { return administers(u.Roles) }) {
		return nil
	}
	return fault.New(fault.Conflict, "%s is the only administrator who can sign in. Make somebody else one first.", leaving.Name)
}
