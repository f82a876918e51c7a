package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// RequestPasswordReset has a link for choosing a new password mailed to an address, if an account has it. Whoever asks
// sees the same answer either way, and the same work is done: a task, which then finds nobody or writes the mail.
type RequestPasswordReset struct {
	Email   string `form:"email"`
	Address string `form:"-"`
}

// Grant implements Action.
func (*RequestPasswordReset) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *RequestPasswordReset) Validate() error {
	if a.Email = models.NormalEmail(a.Email); !validEmail(a.Email) {
		return fault.Field("email", "This is not an e-mail address.")
	}
	return nil
}

// Perform implements Action.
func (a *RequestPasswordReset) Perform(ctx context.Context, w *Work) error {
	if err := w.World.Limits.try(a.Address, "reset "+a.Email); err != nil {
		return err
	}
	var ids []int64
	if err := w.Tx.Model(&models.User{}).Where("email = ? AND NOT is_deleted", a.Email).Limit(1).Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("find user: %w", err)
	}
	var id int64
	if len(ids) == 1 {
		id = ids[0]
	}
	return w.Later(ctx, TaskReset, id, time.Time{})
}

// sendPasswordReset is the task behind RequestPasswordReset.
func (r *Runner) sendPasswordReset(ctx context.Context, userID int64) error {
	if userID == 0 {
		return nil
	}
	var user models.User
	if err := r.DB.Read.WithContext(ctx).First(&user, userID).Error; err != nil {
		return fmt.Errorf("load user %d: %w", userID, err)
	}
	if !user.MaySignIn() {
		return nil
	}
	return r.Run(ctx, access.Program(user.OrganizationID), &mailPasswordReset{user})
}

type mailPasswordReset struct{ user models.User }

func (*mailPasswordReset) Grant() access.Grant { return "user.manage" }
func (*mailPasswordReset) Validate() error     { return nil }

func (a *mailPasswordReset) Perform(ctx context.Context, w *Work) error {
	token, err := issueTicket(w, models.TicketPasswordReset, a.user, resetLife)
	if err != nil {
		return err
	}
	var organization models.Organization
	if err := w.Tx.First(&organization, a.user.OrganizationID).Error; err != nil {
		return fmt.Errorf("load organization: %w", err)
	}
	err = w.Notify(ctx, notify.Notice{Type: notify.PasswordReset, To: a.user.Email, Tags: notify.Tags{
		"user-name": a.user.Name, "link": w.Link("/password/reset/" + token), "organization-name": organization.Name,
		"expires": dateIn(w.Now.Add(resetLife), zoneOf(a.user, organization)),
	}})
	if err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "request-password-reset", SubjectType: "user", SubjectID: a.user.ID})
}

func zoneOf(user models.User, organization models.Organization) string {
	if user.TimeZone != "" {
		return user.TimeZone
	}
	return organization.TimeZone
}

// ChoosePassword sets a password by a link from a mail: one for a forgotten password, or the invitation to an account.
type ChoosePassword struct {
	Purpose  models.TicketPurpose `form:"-"`
	Token    string               `form:"-"`
	Password string               `form:"password"`
	Address  string               `form:"-"`
	Receipt  string               `form:"-"` // names the change in the ledger; "" for no name

	User models.User `form:"-"` // whose password it is

	hash string
}

// Grant implements Action.
func (*ChoosePassword) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *ChoosePassword) Validate() error {
	bad := fault.Fields{}
	checkPassword(bad, "password", a.Password)
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *ChoosePassword) Prepare(ctx context.Context, w *Work) (err error) {
	if err := w.World.Limits.try(a.Address, "link "+secrets.HashToken(a.Token)); err != nil {
		return err
	}
	if a.User, err = w.runner.TicketOwner(ctx, a.Purpose, a.Token); err != nil {
		return err
	}
	bad := fault.Fields{}
	if checkPassword(bad, "password", a.Password, a.User.Name, a.User.Email); len(bad) > 0 {
		return fault.Refuse(bad)
	}
	a.hash, err = w.World.Passwords.Hash(ctx, a.Password)
	return err
}

// Perform implements Action.
func (a *ChoosePassword) Perform(_ context.Context, w *Work) error {
	if _, err := useTicket(w, a.Purpose, secrets.HashToken(a.Token)); err != nil {
		return err
	}
	if a.User.IsDeleted || a.User.Status == models.UserSuspended || a.User.Status == models.UserInactive {
		return errTicket
	}
	// Who holds the link is the user, whoever else is signed in on this device.
	w.Actor = access.Actor{Kind: access.User, ID: a.User.ID, Name: a.User.Name, OrganizationID: a.User.OrganizationID}
	ended, err := setPassword(w, a.User.ID, a.hash)
	if err != nil {
		return err
	}
	verb := "reset-password"
	if a.Purpose == models.TicketInvitation {
		verb = "accept-invitation"
	}
	detail := map[string]any{"sessions_ended": ended}
	if a.Receipt != "" {
		detail["id"] = a.Receipt
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "user", SubjectID: a.User.ID, Detail: detail})
}
