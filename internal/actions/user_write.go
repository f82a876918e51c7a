package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// WriteUser makes an account from the members of a body, or changes those that the body names. A new one without roles is
// an evaluator; unless it is to be inactive or suspended, its owner is mailed a link to choose a password.
type WriteUser struct {
	ID     int64 // 0 for a new one, whose key it is afterwards
	Values resource.Values
}

// Grant implements Action.
func (*WriteUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (a *WriteUser) Validate() error {
	_, err := readUserChange(a.Values)
	return err
}

// Perform implements Action.
func (a *WriteUser) Perform(ctx context.Context, w *Work) error {
	c, err := readUserChange(a.Values)
	if err != nil {
		return err
	}
	if a.ID == 0 {
		return a.create(ctx, w, c)
	}
	user, err := managedUser(w, a.ID)
	if err != nil {
		return err
	}
	if err := c.write(w, user); err != nil {
		return err
	}
	if len(c.roles) > 0 {
		change := ChangeRoles{UserID: a.ID, Roles: c.roles}
		if err := w.Also(ctx, &change); err != nil {
			return err
		}
		user.Roles = change.User.Roles
	}
	if c.role != "" && c.role != user.CurrentRole {
		if err := switchRole(w, user, c.role); err != nil {
			return err
		}
	}
	if c.status != 0 && c.status != user.Status {
		if err := setStatus(w, user, c.status); err != nil {
			return err
		}
	}
	return c.audit(w, user, "update-user")
}

func (a *WriteUser) create(ctx context.Context, w *Work, c userChange) error {
	email, _ := c.columns["email"].(string)
	name, _ := c.columns["name"].(string)
	if name == "" {
		name, _, _ = strings.Cut(email, "@")
	}
	if len(c.roles) == 0 {
		c.roles = []models.Role{models.Evaluator}
	}
	create := CreateUser{Name: name, Email: email, Roles: c.roles}
	if err := w.Also(ctx, &create); err != nil {
		return err
	}
	a.ID = create.User.ID
	if err := c.write(w, create.User); err != nil {
		return err
	}
	if c.status == models.UserInactive || c.status == models.UserSuspended {
		return setUser(w, a.ID, map[string]any{"status": c.status})
	}
	if c.status == models.UserActive {
		if err := setUser(w, a.ID, map[string]any{"status": c.status}); err != nil {
			return err
		}
	}
	return mailInvitation(ctx, w, create.User)
}

// setStatus moves an account to another state. Live sessions end with any but the active one.
func setStatus(w *Work, user models.User, status models.UserStatus) error {
	verb := "activate-user"
	if status != models.UserActive {
		verb = "suspend-user"
		if _, err := leavingUser(w, user.ID, "suspend"); err != nil {
			return err
		}
	}
	if err := setUser(w, user.ID, map[string]any{"status": status}); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "user", SubjectID: user.ID, Detail: map[string]any{"from": user.Status, "to": status}})
}

// UpdateMe changes members of the acting user's own account that a body names. Of roles, a user takes only those that
// give nothing new, or lays down held ones; the own status stays. Another address counts once it is confirmed.
type UpdateMe struct{ Values resource.Values }

// Grant implements Action.
func (*UpdateMe) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *UpdateMe) Validate() error {
	_, err := readUserChange(a.Values)
	return err
}

// Perform implements Action.
func (a *UpdateMe) Perform(ctx context.Context, w *Work) error {
	c, err := readUserChange(a.Values)
	if err != nil {
		return err
	}
	var user models.User
	err = locked(w.Own()).Where("id = ? AND NOT is_deleted", w.Actor.ID).First(&user).Error
	if err := database.Fault(err, "user"); err != nil {
		return err
	}
	if c.status != 0 && c.status != user.Status {
		return fault.Field("status", "Nobody changes the own status. Ask an administrator.")
	}
	if err := c.askForEmail(ctx, w, user); err != nil {
		return err
	}
	if err := c.write(w, user); err != nil {
		return err
	}
	if len(c.roles) > 0 {
		if err := takeRoles(w, &user, c.roles); err != nil {
			return err
		}
	}
	if c.role != "" && c.role != user.CurrentRole {
		if err := switchRole(w, user, c.role); err != nil {
			return err
		}
	}
	return c.audit(w, user, "update-profile")
}

// takeRoles sets the roles of the acting user.
func takeRoles(w *Work, user *models.User, roles []models.Role) error {
	for _, role := range roles {
		if !user.HasRole(role) && !access.IsWithin(role, user.Roles) {
			return fault.Field("roles", "You cannot take the role %q yourself. Ask an administrator.", role)
		}
	}
	if !administers(roles) {
		if err := keepAnAdministrator(w, *user); err != nil {
			return err
		}
	}
	change := ChangeRoles{UserID: user.ID, Roles: roles, User: *user}
	if err := change.write(w); err != nil {
		return fmt.Errorf("take roles: %w", err)
	}
	user.Roles, user.CurrentRole = change.User.Roles, change.User.CurrentRole
	return nil
}
