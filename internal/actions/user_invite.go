package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// InviteUser makes an account and mails its owner a link to choose a password.
type InviteUser struct {
	Name  string        `json:"name" form:"name"`
	Email string        `json:"email" form:"email"`
	Roles []models.Role `json:"roles" form:"roles"`

	User models.User `json:"-" form:"-"` // who was invited
}

// Grant implements Action.
func (*InviteUser) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (a *InviteUser) Validate() error {
	return (&CreateUser{Name: a.Name, Email: a.Email, Roles: a.Roles}).Validate()
}

// Perform implements Action.
func (a *InviteUser) Perform(ctx context.Context, w *Work) error {
	create := CreateUser{Name: a.Name, Email: a.Email, Roles: a.Roles}
	if err := w.Also(ctx, &create); err != nil {
		return err
	}
	a.User = create.User
	return mailInvitation(ctx, w, a.User)
}

// ResendInvitation mails the invitation again, to an account whose owner has not chosen a password yet. The link that
// was sent before ends.
type ResendInvitation struct {
	UserID int64

	User models.User `json:"-" form:"-"`
}

// Grant implements Action.
func (*ResendInvitation) Grant() access.Grant { return "user.manage" }

// Validate implements Action.
func (*ResendInvitation) Validate() error { return nil }

// Perform implements Action.
func (a *ResendInvitation) Perform(ctx context.Context, w *Work) (err error) {
	if a.User, err = managedUser(w, a.UserID); err != nil {
		return err
	}
	if a.User.Status != models.UserNew {
		return fault.New(fault.Conflict, "%s has accepted already.", a.User.Name)
	}
	if err := mailInvitation(ctx, w, a.User); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "resend-invitation", SubjectType: "user", SubjectID: a.User.ID})
}

func mailInvitation(ctx context.Context, w *Work, user models.User) error {
	token, err := issueTicket(w, models.TicketInvitation, user, invitationLife)
	if err != nil {
		return err
	}
	var organization models.Organization
	if err := w.Tx.First(&organization, user.OrganizationID).Error; err != nil {
		return fmt.Errorf("load organization: %w", err)
	}
	return w.Notify(ctx, notify.Notice{Type: notify.UserInvitation, To: user.Email, Tags: notify.Tags{
		"user-name": user.Name, "link": w.Link("/invitation/" + token), "organization-name": organization.Name,
		"expires":      dateIn(w.Now.Add(invitationLife), zoneOf(user, organization)),
		"inviter-name": w.Actor.Name, "role": rolesInWords(user.Roles),
	}})
}

func rolesInWords(roles []models.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
