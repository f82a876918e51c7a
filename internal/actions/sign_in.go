package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

const sessionLife = 30 * 24 * time.Hour

// SignIn checks who somebody is and opens a session. The answer to an unknown address, a wrong password and an account
// that may not sign in is one and the same, and takes the same time.
type SignIn struct {
	Email    string `form:"email"`
	Password string `form:"password"`
	Code     string `form:"code"` // second factor or recovery code, where the account asks for one
	Address  string `form:"-"`    // where from
	Agent    string `form:"-"`

	Token string      `form:"-"` // of the session that was opened
	User  models.User `form:"-"`
}

// ErrSecondFactor is the refusal that asks for a code: the password was right.
var ErrSecondFactor = fault.New(fault.Unauthorized, "Enter the code from your authenticator app.")

var errSignIn = fault.New(fault.Unauthorized, "The address or the password is not right. Nobody can tell you which, not even we.")

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
func (a *SignIn) Prepare(ctx context.Context, w *Work) error { return a.findUser(ctx, w) }

// Perform implements Action.
func (a *SignIn) Perform(_ context.Context, w *Work) error {
	if err := a.checkSecondFactor(w); err != nil {
		return err
	}
	return a.openSession(w)
}

func (a *SignIn) findUser(ctx context.Context, w *Work) error {
	var users []models.User
	if err := w.Tx.Where("email = ? AND NOT is_deleted", a.Email).Limit(1).Find(&users).Error; err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	var hash string
	if len(users) == 1 {
		a.User = users[0]
		if a.User.MaySignIn() {
			hash = *a.User.PasswordHash
		}
	}
	// An empty hash is verified against a decoy, so that it takes as long.
	ok, err := w.World.Passwords.Verify(ctx, a.Password, hash)
	if err != nil {
		return fmt.Errorf("verify password: %w", err)
	}
	if !ok || hash == "" {
		return errSignIn
	}
	return nil
}

func (a *SignIn) checkSecondFactor(w *Work) error {
	if !a.User.HasSecondFactor() {
		return nil
	}
	if a.Code == "" {
		return ErrSecondFactor
	}
	step, ok, err := secrets.ValidateTOTP(*a.User.TOTPSecret, a.Code, w.Now, a.User.TOTPStep)
	if err != nil {
		return fmt.Errorf("check the second factor: %w", err)
	}
	if ok {
		return w.Tx.Model(&a.User).Update("totp_step", step).Error
	}
	return a.useRecoveryCode(w)
}

func (a *SignIn) useRecoveryCode(w *Work) error {
	used := w.Tx.Model(&models.RecoveryCode{}).
		Where("user_id = ? AND used_at IS NULL AND code_hash = ?", a.User.ID, secrets.HashRecoveryCode(a.Code)).
		Update("used_at", w.Now)
	if used.Error != nil {
		return fmt.Errorf("use a recovery code: %w", used.Error)
	}
	if used.RowsAffected != 1 {
		return fault.Field("code", "This code does not fit. Codes change every 30 seconds and work once.")
	}
	return nil
}

func (a *SignIn) openSession(w *Work) error {
	token := secrets.Token()
	session := models.Session{
		Owned: models.Owned{OrganizationID: a.User.OrganizationID}, TokenHash: secrets.HashToken(token), UserID: &a.User.ID,
		SeenAt: w.Now, ExpiresAt: w.Now.Add(sessionLife), Address: a.Address, Agent: a.Agent,
	}
	if err := w.Tx.Create(&session).Error; err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	err := w.Tx.Model(&a.User).Updates(map[string]any{"logged_in_at": w.Now, "logged_in_from": a.Address}).Error
	if err != nil {
		return fmt.Errorf("note the sign-in: %w", err)
	}
	a.Token = token
	w.Actor = access.Actor{Kind: access.User, ID: a.User.ID, Name: a.User.Name, OrganizationID: a.User.OrganizationID}
	return w.Audit(ledger.Entry{Verb: "sign-in", SubjectType: "user", SubjectID: a.User.ID,
		Detail: map[string]any{"second_factor": a.User.HasSecondFactor()}})
}

// SignOut ends the session the actor came with.
type SignOut struct{}

// Grant implements Action.
func (*SignOut) Grant() access.Grant { return "" }

// Validate implements Action.
func (*SignOut) Validate() error { return nil }

// Perform implements Action.
func (*SignOut) Perform(_ context.Context, w *Work) error {
	if w.Actor.SessionID == 0 {
		return nil
	}
	err := w.Tx.Model(&models.Session{}).Where("id = ?", w.Actor.SessionID).Update("revoked_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "sign-out", SubjectType: string(w.Actor.Kind), SubjectID: w.Actor.ID})
}
