package actions

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// SignInCode is the second step of signing in: a code from the authenticator app, or a recovery code. It must come
// within five minutes of the password, and allows five tries.
type SignInCode struct {
	Pending string `form:"-"` // what SignIn returned
	Code    string `form:"code"`
	Stay    bool   `form:"stay"`
	Address string `form:"-"`
	Agent   string `form:"-"`

	Token string      `form:"-"` // of the session that was opened
	User  models.User `form:"-"`
}

const codeTries = 5

var (
	errCode    = fault.Field("code", "This code does not fit. Codes change every 30 seconds and work once.")
	errPending = fault.New(fault.Unauthorized, "That took too long, or too many tries. Enter your password again.")
)

// Grant implements Action.
func (*SignInCode) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *SignInCode) Validate() error {
	if a.Code = strings.TrimSpace(a.Code); a.Code == "" {
		return fault.Field("code", "Enter the six digits your app shows.")
	}
	return nil
}

// Perform implements Action.
func (a *SignInCode) Perform(_ context.Context, w *Work) error {
	ticket, err := a.takeTry(w)
	if err != nil {
		return err
	}
	if err := a.loadUser(w, ticket); err != nil {
		return err
	}
	if err := w.World.Limits.tryAnywhere(a.Address, fmt.Sprintf("second factor %d", a.User.ID)); err != nil {
		return err
	}
	right, err := useSecondFactor(w, a.User, a.Code)
	if err != nil {
		return err
	}
	if !right {
		return a.refuse(w)
	}
	return a.finish(w, ticket)
}

// takeTry counts before it looks, so that tries sent at once are counted one by one.
func (a *SignInCode) takeTry(w *Work) (models.Ticket, error) {
	hash := secrets.HashToken(a.Pending)
	counted := w.Tx.Model(&models.Ticket{}).
		Where("token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ? AND attempts < ?",
			hash, models.TicketSecondFactor, w.Now, codeTries).
		UpdateColumn("attempts", gorm.Expr("attempts + 1"))
	if counted.Error != nil {
		return models.Ticket{}, fmt.Errorf("count a try: %w", counted.Error)
	}
	if counted.RowsAffected != 1 {
		return models.Ticket{}, errPending
	}
	var ticket models.Ticket
	if err := w.Tx.Where("token_hash = ?", hash).First(&ticket).Error; err != nil {
		return ticket, fmt.Errorf("load the pending sign-in: %w", err)
	}
	return ticket, nil
}

func (a *SignInCode) loadUser(w *Work, ticket models.Ticket) error {
	if err := w.Tx.First(&a.User, *ticket.UserID).Error; err != nil {
		return fmt.Errorf("load the user who signs in: %w", err)
	}
	if !a.User.MaySignIn() || !a.User.HasSecondFactor() {
		return errPending
	}
	return nil
}

func (a *SignInCode) refuse(w *Work) error {
	w.RefuseButKeep(errCode)
	w.Actor = access.Actor{Kind: access.User, ID: a.User.ID, Name: a.User.Name, OrganizationID: a.User.OrganizationID}
	return w.Audit(ledger.Entry{Verb: "refuse-second-factor", SubjectType: "user", SubjectID: a.User.ID})
}

func (a *SignInCode) finish(w *Work, ticket models.Ticket) (err error) {
	if err := endTickets(w, a.User.ID, ticket.Purpose); err != nil {
		return err
	}
	a.Token, err = openSession(w, a.User, visit{a.Address, a.Agent, a.Stay})
	w.AfterCommit(func(context.Context) {
		w.World.Limits.right(a.Address, fmt.Sprintf("second factor %d", a.User.ID))
		w.World.Limits.right(a.Address, "sign-in "+a.User.Email)
	})
	return err
}

// useSecondFactor tells whether a code is right: of the app, each once, or one of the recovery codes that are left.
func useSecondFactor(w *Work, user models.User, code string) (bool, error) {
	step, ok, err := appCode(w, user, code)
	if err != nil {
		return false, err
	}
	if ok {
		taken := w.Tx.Model(&models.User{}).Where("id = ? AND totp_step < ?", user.ID, step).Update("totp_step", step)
		if taken.Error != nil {
			return false, fmt.Errorf("note the code's step: %w", taken.Error)
		}
		return taken.RowsAffected == 1, nil
	}
	used := w.Tx.Model(&models.RecoveryCode{}).
		Where("user_id = ? AND used_at IS NULL AND code_hash = ?", user.ID, secrets.HashRecoveryCode(code)).
		Update("used_at", w.Now)
	if used.Error != nil {
		return false, fmt.Errorf("use a recovery code: %w", used.Error)
	}
	return used.RowsAffected == 1, nil
}

// appCode checks a code of the app. A secret that another key sealed fits no code, so that recovery codes still do.
func appCode(w *Work, user models.User, code string) (step int64, ok bool, err error) {
	secret, err := w.runner.TOTPSecret(user)
	if err != nil {
		slog.Error("a second factor cannot be read; was the program's secret changed?", "error", err)
		return 0, false, nil
	}
	if step, ok, err = secrets.ValidateTOTP(secret, code, w.Now, user.TOTPStep); err != nil {
		return 0, false, fmt.Errorf("check the second factor: %w", err)
	}
	return step, ok, nil
}
