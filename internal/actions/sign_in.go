package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SignIn checks a password. It opens a session, or for an account with a second factor the way to SignInCode. The
// answer to an unknown address, a wrong password and an account that may not sign in is one and the same, and takes the
// same time.
type SignIn struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Stay     bool   `form:"stay"` // on this device, for two weeks
	Address  string `form:"-"`    // where from
	Agent    string `form:"-"`

	Token   string      `form:"-"` // of the session that was opened
	Pending string      `form:"-"` // secret for SignInCode, when a code is asked for
	User    models.User `form:"-"`

	renewed string // hash at today's cost, when the stored one was made at another
	refused bool
}

var errSignIn = fault.New(fault.Unauthorized, "That e-mail and password do not belong together. Check both, or reset your password below.")

// Grant implements Action.
func (*SignIn) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *SignIn) Validate() error {
	a.Email = models.NormalEmail(a.Email)
	bad := fault.Fields{}
	if a.Email == "" {
		bad["email"] = "Enter your e-mail address."
	}
	if a.Password == "" {
		bad["password"] = "Enter your password."
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared: verifying a password takes too long to hold a transaction open.
func (a *SignIn) Prepare(ctx context.Context, w *Work) error {
	if err := w.World.Limits.try(a.Address, a.tries()); err != nil {
		return err
	}
	hash, err := a.findUser(w)
	if err != nil {
		return err
	}
	// An empty hash is verified against a decoy, so that it takes as long.
	ok, err := w.World.Passwords.Verify(ctx, a.Password, hash)
	if err != nil {
		return fmt.Errorf("verify password: %w", err)
	}
	if a.refused = !ok; a.refused {
		return nil
	}
	if w.World.Passwords.Outdated(hash) {
		a.renewed, err = w.World.Passwords.Hash(ctx, a.Password)
	}
	return err
}

// Perform implements Action.
func (a *SignIn) Perform(ctx context.Context, w *Work) (err error) {
	if a.refused {
		// A task notes it in the ledger: for an address that is nobody's, too, so that both take the same time.
		w.RefuseButKeep(errSignIn)
		return w.Later(ctx, TaskSignInRefused, a.User.ID, time.Time{})
	}
	if err := a.renewHash(w); err != nil {
		return err
	}
	if a.User.HasSecondFactor() {
		a.Pending, err = issueTicket(w, models.TicketSecondFactor, a.User, secondFactorLife)
		return err
	}
	a.Token, err = openSession(w, a.User, visit{a.Address, a.Agent, a.Stay})
	w.AfterCommit(func(context.Context) { w.World.Limits.right(a.Address, a.tries()) })
	return err
}

func (a *SignIn) tries() string { return "sign-in " + a.Email }

// findUser returns the hash to verify against, empty when nobody may sign in with this address.
func (a *SignIn) findUser(w *Work) (hash string, err error) {
	var users []models.User
	if err := w.Tx.Where("email = ? AND NOT is_deleted", a.Email).Limit(1).Find(&users).Error; err != nil {
		return "", fmt.Errorf("find user: %w", err)
	}
	if len(users) == 0 || !users[0].MaySignIn() {
		return "", nil
	}
	a.User = users[0]
	return *a.User.PasswordHash, nil
}

// noteRefusedSignIn is the task behind a sign-in with a wrong password.
func (r *Runner) noteRefusedSignIn(ctx context.Context, userID int64) error {
	if userID == 0 {
		return nil
	}
	var user models.User
	if err := r.DB.Read.WithContext(ctx).First(&user, userID).Error; err != nil {
		return fmt.Errorf("load user %d: %w", userID, err)
	}
	return r.Run(ctx, access.Program(user.OrganizationID), &refusedSignIn{user.ID})
}

type refusedSignIn struct{ userID int64 }

func (*refusedSignIn) Grant() access.Grant { return "user.manage" }
func (*refusedSignIn) Validate() error     { return nil }

func (a *refusedSignIn) Perform(_ context.Context, w *Work) error {
	return w.Audit(ledger.Entry{Verb: "refuse-sign-in", SubjectType: "user", SubjectID: a.userID})
}

func (a *SignIn) renewHash(w *Work) error {
	if a.renewed == "" {
		return nil
	}
	if err := w.Tx.Model(&a.User).Update("password_hash", a.renewed).Error; err != nil {
		return fmt.Errorf("renew the password's hash: %w", err)
	}
	return nil
}
