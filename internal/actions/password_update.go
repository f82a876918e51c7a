package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// UpdatePassword is ChangePassword in the words of the document: the password of now, and the new one twice.
type UpdatePassword struct {
	Current, Password, Repeat string
	Address                   string // where from

	change ChangePassword
}

// Grant implements Action.
func (*UpdatePassword) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *UpdatePassword) Validate() error {
	bad := fault.Fields{}
	for name, value := range map[string]string{"current_password": a.Current, "new_password": a.Password} {
		if value == "" {
			bad[name] = "This is needed."
		}
	}
	if a.Password != a.Repeat {
		bad["new_password"] = "new_password_repeat does not match new_password"
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *UpdatePassword) Prepare(ctx context.Context, w *Work) error {
	user, err := provenUser(ctx, w, a.Current, a.Address, "current_password")
	if fault.KindOf(err) == fault.Invalid {
		return fault.Field("current_password", "Invalid current password")
	}
	if err != nil {
		return err
	}
	if a.Password == a.Current {
		return fault.Field("new_password", "Your new password is same as the old password. Please use another password")
	}
	bad := fault.Fields{}
	if checkPassword(bad, "new_password", a.Password, user.Name, user.Email); len(bad) > 0 {
		return fault.Field("new_password", "This is a weak password, Please set stronger password for your account")
	}
	a.change.hash, err = w.World.Passwords.Hash(ctx, a.Password)
	return err
}

// Perform implements Action.
func (a *UpdatePassword) Perform(ctx context.Context, w *Work) error { return a.change.Perform(ctx, w) }

// StrengthFor judges a password for a user: from 0 to 4, 0 for the one that the user has now. So that nobody finds that one
// out by asking, only a few askings look at it.
func (r *Runner) StrengthFor(ctx context.Context, userID int64, password, address string) (int, error) {
	var user models.User
	if err := r.DB.Read.WithContext(ctx).First(&user, userID).Error; err != nil {
		return 0, fmt.Errorf("load the user: %w", err)
	}
	score, _ := PasswordStrength(password, user.Name, user.Email)
	if score < strongEnough || user.PasswordHash == nil || r.Limits.try(address, fmt.Sprintf("strength for %d", userID)) != nil {
		return score, nil
	}
	isCurrent, err := r.Passwords.Verify(ctx, password, *user.PasswordHash)
	if isCurrent {
		score = 0
	}
	return score, err
}
