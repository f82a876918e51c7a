package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SuspendUser keeps a user from signing in until ActivateUser. Live sessions and waiting links end.
type SuspendUser struct {
	UserID int64

	User models.User `json:"-" form:"-"`
}

// Grant implements Action.
func (*SuspendUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (*SuspendUser) Validate() error { return nil }

// Perform implements Action.
func (a *SuspendUser) Perform(_ context.Context, w *Work) (err error) {
	if a.User, err = leavingUser(w, a.UserID, "suspend"); err != nil {
		return err
	}
	err = setUser(w, a.User.ID, map[string]any{"status": models.UserSuspended})
	if err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "suspend-user", SubjectType: "user", SubjectID: a.User.ID})
}

// ActivateUser lets a suspended user in again. One who never chose a password is new again.
type ActivateUser struct {
	UserID int64

	User models.User `json:"-" form:"-"`
}

// Grant implements Action.
func (*ActivateUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (*ActivateUser) Validate() error { return nil }

// Perform implements Action.
func (a *ActivateUser) Perform(_ context.Context, w *Work) (err error) {
	if a.User, err = managedUser(w, a.UserID); err != nil {
		return err
	}
	status := models.UserActive
	if a.User.PasswordHash == nil {
		status = models.UserNew
	}
	if err := setUser(w, a.User.ID, map[string]any{"status": status}); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "activate-user", SubjectType: "user", SubjectID: a.User.ID})
}

// DeleteUser takes an account out of every list for good. What its owner did stays, under the name. The address becomes
// free for another account.
type DeleteUser struct {
	UserID int64

	User models.User `json:"-" form:"-"`
}

// Grant implements Action.
func (*DeleteUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (*DeleteUser) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteUser) Perform(_ context.Context, w *Work) (err error) {
	if a.User, err = leavingUser(w, a.UserID, "delete"); err != nil {
		return err
	}
	freed := fmt.Sprintf("%s#%d", a.User.Email, a.User.ID)
	err = setUser(w, a.User.ID, map[string]any{"is_deleted": true, "email": freed, "username": freed,
		"password_hash": nil, "totp_secret": nil, "totp_since": nil})
	if err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "delete-user", SubjectType: "user", SubjectID: a.User.ID,
		Detail: map[string]any{"email": a.User.Email}})
}

// leavingUser loads a user who is about to lose access, and ends what lets them in.
func leavingUser(w *Work, id int64, what string) (models.User, error) {
	user, err := managedUser(w, id)
	if err != nil {
		return user, err
	}
	if err := notOneself(w, user, what); err != nil {
		return user, err
	}
	if err := keepAnAdministrator(w, user); err != nil {
		return user, err
	}
	if err := endTickets(w, id, models.TicketInvitation, models.TicketPasswordReset, models.TicketSecondFactor, models.TicketEmailChange); err != nil {
		return user, err
	}
	_, err = endSessions(w, id, 0)
	return user, err
}

func setUser(w *Work, id int64, changes map[string]any) error {
	changes["updated_by"] = w.Actor.UserID()
	if err := w.Tx.Model(&models.User{}).Where("id = ?", id).Updates(changes).Error; err != nil {
		return fmt.Errorf("change user %d: %w", id, err)
	}
	return nil
}
