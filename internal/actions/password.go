package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// ChangePassword sets one's own password. Every other session of the user ends.
type ChangePassword struct {
	Current  string `form:"current"`
	Password string `form:"password"`
	Address  string `form:"-"`

	hash string
}

// Grant implements Action.
func (*ChangePassword) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *ChangePassword) Validate() error {
	bad := fault.Fields{}
	if a.Current == "" {
		bad["current"] = "Enter the password you have now."
	}
	checkPassword(bad, "password", a.Password)
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *ChangePassword) Prepare(ctx context.Context, w *Work) (err error) {
	user, err := provenUser(ctx, w, a.Current, a.Address, "current")
	if err != nil {
		return err
	}
	bad := fault.Fields{}
	if checkPassword(bad, "password", a.Password, user.Name, user.Email); len(bad) > 0 {
		return fault.Refuse(bad)
	}
	a.hash, err = w.World.Passwords.Hash(ctx, a.Password)
	return err
}

// Perform implements Action.
func (a *ChangePassword) Perform(_ context.Context, w *Work) error {
	ended, err := setPassword(w, w.Actor.ID, a.hash)
	if err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "change-password", SubjectType: "user", SubjectID: w.Actor.ID,
		Detail: map[string]any{"sessions_ended": ended}})
}

// provenUser returns the acting user after the password proved that it is really them; a refusal comes under field.
func provenUser(ctx context.Context, w *Work, password, address, field string) (models.User, error) {
	what := fmt.Sprintf("password of %d", w.Actor.ID)
	if err := w.World.Limits.try(address, what); err != nil {
		return models.User{}, err
	}
	var user models.User
	if err := w.Own().Where("id = ?", w.Actor.ID).First(&user).Error; err != nil {
		return user, fmt.Errorf("load the acting user: %w", err)
	}
	hash := ""
	if user.PasswordHash != nil {
		hash = *user.PasswordHash
	}
	ok, err := w.World.Passwords.Verify(ctx, password, hash)
	if err != nil {
		return user, fmt.Errorf("verify password: %w", err)
	}
	if !ok {
		return user, fault.Field(field, "This is not your password.")
	}
	w.World.Limits.right(address, what)
	return user, nil
}

// setPassword stores a hash, makes a new account active, and ends the user's other sessions and waiting links.
func setPassword(w *Work, userID int64, hash string) (ended int64, err error) {
	changes := map[string]any{"password_hash": hash, "password_set_at": w.Now}
	if err := w.Tx.Model(&models.User{}).Where("id = ?", userID).Updates(changes).Error; err != nil {
		return 0, fmt.Errorf("set password: %w", err)
	}
	err = w.Tx.Model(&models.User{}).Where("id = ? AND status = ?", userID, models.UserNew).Update("status", models.UserActive).Error
	if err != nil {
		return 0, fmt.Errorf("activate the account: %w", err)
	}
	if err := endTickets(w, userID, models.TicketPasswordReset, models.TicketInvitation, models.TicketSecondFactor, models.TicketEmailChange); err != nil {
		return 0, err
	}
	return endSessions(w, userID, w.Actor.SessionID)
}

// PasswordStrength judges a password for its owner's eyes: a score from 0 to 4, and what would make it better.
func PasswordStrength(password string, known ...string) (score int, advice string) {
	strength, bad := secrets.Judge(password, known...), fault.Fields{}
	if checkPassword(bad, "password", password, known...); len(bad) > 0 {
		return min(strength.Score, strongEnough-1), bad["password"]
	}
	return strength.Score, ""
}

// SetUserPassword sets somebody's password without knowing the old one. Only the program itself does this: the command
// line, for whoever can read the database anyway.
type SetUserPassword struct {
	UserID   int64
	Password string

	hash string
}

// Grant implements Action.
func (*SetUserPassword) Grant() access.Grant { return "organization.found" }

// Validate implements Action.
func (a *SetUserPassword) Validate() error {
	bad := fault.Fields{}
	checkPassword(bad, "password", a.Password)
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *SetUserPassword) Prepare(ctx context.Context, w *Work) (err error) {
	a.hash, err = w.World.Passwords.Hash(ctx, a.Password)
	return err
}

// Perform implements Action.
func (a *SetUserPassword) Perform(_ context.Context, w *Work) error {
	if _, err := managedUser(w, a.UserID); err != nil {
		return err
	}
	ended, err := setPassword(w, a.UserID, a.hash)
	if err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "set-user-password", SubjectType: "user", SubjectID: a.UserID,
		Detail: map[string]any{"sessions_ended": ended}})
}
