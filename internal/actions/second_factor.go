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

// StartSecondFactor makes a new secret for the actor's authenticator app. Signing in asks for nothing yet:
// ConfirmSecondFactor switches it on. It takes the password, so that whoever finds an account left open cannot lock its
// owner out.
type StartSecondFactor struct {
	Password string `form:"password"`
	Address  string `form:"-"`
}

// Grant implements Action.
func (*StartSecondFactor) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*StartSecondFactor) Validate() error { return nil }

// Prepare implements Prepared.
func (a *StartSecondFactor) Prepare(ctx context.Context, w *Work) error {
	_, err := provenUser(ctx, w, a.Password, a.Address, "start_password")
	return err
}

// Perform implements Action.
func (*StartSecondFactor) Perform(_ context.Context, w *Work) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	if user.HasSecondFactor() {
		return fault.New(fault.Conflict, "Your second factor is on already. Switch it off first to set up another app.")
	}
	totp, err := secrets.NewTOTP("Assay", user.Email)
	if err != nil {
		return err
	}
	return setUser(w, user.ID, map[string]any{"totp_secret": w.World.Sealer.Seal(totpPurpose(user), totp.Secret), "totp_since": nil, "totp_step": 0})
}

// ConfirmSecondFactor switches the second factor on, once a code proves that the app has the secret. The recovery codes
// it returns are shown once and stored hashed.
type ConfirmSecondFactor struct {
	Code    string `form:"code"`
	Address string `form:"-"`

	RecoveryCodes []string `form:"-"`
}

// Grant implements Action.
func (*ConfirmSecondFactor) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*ConfirmSecondFactor) Validate() error { return nil }

// Perform implements Action.
func (a *ConfirmSecondFactor) Perform(_ context.Context, w *Work) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	if user.TOTPSecret == nil || user.HasSecondFactor() {
		return fault.New(fault.Conflict, "There is nothing to confirm. Start again.")
	}
	if err := w.World.Limits.try(a.Address, fmt.Sprintf("confirm %d", user.ID)); err != nil {
		return err
	}
	secret, err := w.runner.TOTPSecret(user)
	if err != nil {
		return err
	}
	step, ok, err := secrets.ValidateTOTP(secret, a.Code, w.Now, 0)
	if err != nil {
		return fmt.Errorf("check the first code: %w", err)
	}
	if !ok {
		return fault.Field("code", "This code does not fit. Wait for the next one, and check that your device's clock is right.")
	}
	if err := setUser(w, user.ID, map[string]any{"totp_since": w.Now, "totp_step": step}); err != nil {
		return err
	}
	if a.RecoveryCodes, err = newRecoveryCodes(w, user.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "switch-on-second-factor", SubjectType: "user", SubjectID: user.ID})
}

// RenewRecoveryCodes replaces the actor's recovery codes.
type RenewRecoveryCodes struct {
	Password string `form:"password"`
	Address  string `form:"-"`

	RecoveryCodes []string `form:"-"`
}

// Grant implements Action.
func (*RenewRecoveryCodes) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*RenewRecoveryCodes) Validate() error { return nil }

// Prepare implements Prepared.
func (a *RenewRecoveryCodes) Prepare(ctx context.Context, w *Work) error {
	_, err := provenUser(ctx, w, a.Password, a.Address, "renew_password")
	return err
}

// Perform implements Action.
func (a *RenewRecoveryCodes) Perform(_ context.Context, w *Work) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	if !user.HasSecondFactor() {
		return fault.New(fault.Conflict, "Recovery codes need a second factor. Set one up first.")
	}
	if a.RecoveryCodes, err = newRecoveryCodes(w, user.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "renew-recovery-codes", SubjectType: "user", SubjectID: user.ID})
}

// DropSecondFactor switches off the actor's own second factor, or with the right to manage users that of somebody who
// lost the device.
type DropSecondFactor struct {
	UserID   int64  `form:"-"` // 0 for one's own, which takes the password
	Password string `form:"password"`
	Address  string `form:"-"`

	User models.User `form:"-"`
}

// Grant implements Action.
func (a *DropSecondFactor) Grant() access.Grant {
	if a.UserID == 0 {
		return "account.use"
	}
	return "user.manage"
}

// Validate implements Action.
func (*DropSecondFactor) Validate() error { return nil }

// Prepare implements Prepared.
func (a *DropSecondFactor) Prepare(ctx context.Context, w *Work) error {
	if a.UserID != 0 {
		return nil
	}
	_, err := provenUser(ctx, w, a.Password, a.Address, "drop_password")
	return err
}

// Perform implements Action.
func (a *DropSecondFactor) Perform(_ context.Context, w *Work) (err error) {
	if a.UserID == 0 {
		a.User, err = actingUser(w)
	} else if a.User, err = managedUser(w, a.UserID); err == nil {
		err = notOneself(w, a.User, "do this for")
	}
	if err != nil {
		return err
	}
	if err := setUser(w, a.User.ID, map[string]any{"totp_secret": nil, "totp_since": nil}); err != nil {
		return err
	}
	if err := dropRecoveryCodes(w, a.User.ID); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "switch-off-second-factor", SubjectType: "user", SubjectID: a.User.ID})
}

func totpPurpose(user models.User) string { return fmt.Sprintf("totp %d", user.ID) }

// TOTPSecret returns the secret of a user's authenticator, which is stored sealed.
func (r *Runner) TOTPSecret(user models.User) (string, error) {
	secret, err := r.Sealer.Open(totpPurpose(user), *user.TOTPSecret)
	if err != nil {
		return "", fmt.Errorf("read the second factor of user %d: %w", user.ID, err)
	}
	return secret, nil
}

func actingUser(w *Work) (models.User, error) {
	var user models.User
	if err := w.Own().Where("id = ?", w.Actor.ID).First(&user).Error; err != nil {
		return user, fmt.Errorf("load the acting user: %w", err)
	}
	return user, nil
}

func dropRecoveryCodes(w *Work, userID int64) error {
	if err := w.Tx.Where("user_id = ?", userID).Delete(&models.RecoveryCode{}).Error; err != nil {
		return fmt.Errorf("drop recovery codes: %w", err)
	}
	return nil
}

func newRecoveryCodes(w *Work, userID int64) ([]string, error) {
	if err := dropRecoveryCodes(w, userID); err != nil {
		return nil, err
	}
	codes, hashes := secrets.RecoveryCodes()
	rows := make([]models.RecoveryCode, len(hashes))
	for i, hash := range hashes {
		rows[i] = models.RecoveryCode{UserID: userID, CodeHash: hash}
	}
	if err := w.Tx.Create(&rows).Error; err != nil {
		return nil, fmt.Errorf("store recovery codes: %w", err)
	}
	return codes, nil
}
