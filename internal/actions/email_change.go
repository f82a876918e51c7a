package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// ChangeEmail asks for another address of one's own account. A link that confirms it goes there, and a word of it to the
// address there is; the account keeps that one until the link is followed.
type ChangeEmail struct {
	Email    string `form:"new_email"`
	Password string `form:"email_password"`
	Address  string `form:"-"`
}

// Grant implements Action.
func (*ChangeEmail) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *ChangeEmail) Validate() error {
	bad := fault.Fields{}
	if a.Email = models.NormalEmail(a.Email); !validEmail(a.Email) {
		bad["new_email"] = "This is not an e-mail address."
	}
	if a.Password == "" {
		bad["email_password"] = "Enter your password: the address is a way into your account."
	}
	return fault.Refuse(bad)
}

// Prepare implements Prepared.
func (a *ChangeEmail) Prepare(ctx context.Context, w *Work) error {
	_, err := provenUser(ctx, w, a.Password, a.Address, "email_password")
	return err
}

// Perform implements Action.
func (a *ChangeEmail) Perform(ctx context.Context, w *Work) error {
	user, err := actingUser(w)
	if err != nil {
		return err
	}
	return askForEmail(ctx, w, user, a.Email, "new_email")
}

// askForEmail mails the link that confirms another address of a user, and the notice to the old one. An address that is
// somebody's is refused under field.
func askForEmail(ctx context.Context, w *Work, user models.User, email, field string) error {
	if email == user.Email {
		return fault.Field(field, "This is the address you have now.")
	}
	if ok, wait := w.World.Limits.Account.Allow(fmt.Sprintf("address of %d", user.ID)); !ok {
		return tooMany(wait)
	}
	var taken int64
	if err := w.Tx.Model(&models.User{}).Where("email = ?", email).Count(&taken).Error; err != nil {
		return fmt.Errorf("look for the address: %w", err)
	}
	if taken > 0 {
		return fault.Field(field, "Somebody has an account with this address already.")
	}
	token, err := issueTicket(w, models.TicketEmailChange, user, emailChangeLife)
	if err != nil {
		return err
	}
	err = w.Tx.Model(&models.Ticket{}).Where("token_hash = ?", secrets.HashToken(token)).Update("new_email", email).Error
	if err != nil {
		return fmt.Errorf("keep the new address: %w", err)
	}
	var organization models.Organization
	if err := w.Tx.First(&organization, user.OrganizationID).Error; err != nil {
		return fmt.Errorf("load organization: %w", err)
	}
	for _, n := range []struct{ kind, to, link string }{
		{notify.EmailChange, email, "/email/" + token}, {notify.EmailMoving, user.Email, "/password/forgotten"},
	} {
		err := w.Notify(ctx, notify.Notice{Type: n.kind, To: n.to, Tags: notify.Tags{
			"user-name": user.Name, "new-address": email, "link": w.Link(n.link), "organization-name": organization.Name,
			"expires": dateIn(w.Now.Add(emailChangeLife), zoneOf(user, organization)),
		}})
		if err != nil {
			return err
		}
	}
	return w.Audit(ledger.Entry{Verb: "request-email-change", SubjectType: "user", SubjectID: user.ID,
		Detail: map[string]any{"from": user.Email, "to": email}})
}

// KeepEmail takes back the wish for another address: the link that was mailed opens nothing any more.
type KeepEmail struct{}

// Grant implements Action.
func (*KeepEmail) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*KeepEmail) Validate() error { return nil }

// Perform implements Action.
func (*KeepEmail) Perform(_ context.Context, w *Work) error {
	if err := endTickets(w, w.Actor.ID, models.TicketEmailChange); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "withdraw-email-change", SubjectType: "user", SubjectID: w.Actor.ID})
}

// ConfirmEmail gives an account the address that the link was mailed to.
type ConfirmEmail struct {
	Token   string
	Address string // of the network, for the limits

	User models.User // with the new address
}

// Grant implements Action.
func (*ConfirmEmail) Grant() access.Grant { return "" }

// Validate implements Action.
func (*ConfirmEmail) Validate() error { return nil }

// Perform implements Action.
func (a *ConfirmEmail) Perform(_ context.Context, w *Work) error {
	if err := w.World.Limits.tryAddress(a.Address); err != nil {
		return err
	}
	ticket, err := useTicket(w, models.TicketEmailChange, secrets.HashToken(a.Token))
	if err != nil {
		return err
	}
	if err := locked(w.Tx).First(&a.User, *ticket.UserID).Error; err != nil {
		return fmt.Errorf("load the ticket's user: %w", err)
	}
	if !a.User.MaySignIn() {
		return errTicket
	}
	// Who holds the link is the user, whoever else is signed in on this device.
	w.Actor = access.Actor{Kind: access.User, ID: a.User.ID, Name: a.User.Name, OrganizationID: a.User.OrganizationID}
	before := a.User.Email
	a.User.Email = *ticket.NewEmail
	if err := setEmail(w, a.User); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "change-email", SubjectType: "user", SubjectID: a.User.ID,
		Detail: map[string]any{"from": before, "to": a.User.Email}})
}

// setEmail stores a user's new address. Links that were mailed to the old one end.
func setEmail(w *Work, user models.User) error {
	if err := endTickets(w, user.ID, models.TicketInvitation, models.TicketPasswordReset); err != nil {
		return err
	}
	err := setUser(w, user.ID, map[string]any{"email": user.Email, "username": user.Email, "search_text": userSearchText(user.Name, user.Email)})
	if fault.KindOf(database.Fault(err, "user")) == fault.Conflict {
		return fault.New(fault.Conflict, "Meanwhile somebody has an account with this address.")
	}
	return err
}

// EmailChangeOf returns the address that a user asked for and has not confirmed yet; "" without one.
func (r *Runner) EmailChangeOf(ctx context.Context, userID int64) (string, error) {
	return r.waitingEmail(ctx, "user_id = ?", userID)
}

// EmailChangeBy returns the address that a link would confirm; Gone for a link that opens nothing any more.
func (r *Runner) EmailChangeBy(ctx context.Context, token string) (string, error) {
	email, err := r.waitingEmail(ctx, "token_hash = ?", secrets.HashToken(token))
	if err == nil && email == "" {
		return "", errTicket
	}
	return email, err
}

func (r *Runner) waitingEmail(ctx context.Context, condition string, value any) (string, error) {
	var found []string
	err := r.DB.Read.WithContext(ctx).Model(&models.Ticket{}).Where(condition, value).
		Where("purpose = ? AND used_at IS NULL AND expires_at > ?", models.TicketEmailChange, r.DB.Clock.Now()).
		Limit(1).Pluck("new_email", &found).Error
	if err != nil {
		return "", fmt.Errorf("look for a change of address: %w", err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[0], nil
}
