package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// IssueFirstRunCode makes a one-time code for founding the first organization. It is refused once there is one.
type IssueFirstRunCode struct {
	Code string // to be shown once, to whoever runs the program
}

// Grant implements Action.
func (*IssueFirstRunCode) Grant() access.Grant { return "organization.found" }

// Validate implements Action.
func (*IssueFirstRunCode) Validate() error { return nil }

// Perform implements Action.
func (a *IssueFirstRunCode) Perform(_ context.Context, w *Work) error {
	if err := refuseFounded(w); err != nil {
		return err
	}
	codes, hashes := secrets.RecoveryCodes()
	a.Code = codes[0]
	ticket := models.Ticket{Purpose: models.TicketFirstRun, TokenHash: hashes[0], ExpiresAt: w.Now.Add(firstRunLife)}
	if err := w.Tx.Create(&ticket).Error; err != nil {
		return fmt.Errorf("issue the first-run code: %w", err)
	}
	return nil
}

// SetUp founds the first organization with its first administrator, for whoever knows the one-time code that the
// program printed.
type SetUp struct {
	Code          string `form:"code"`
	Name          string `form:"name"`
	TimeZone      string `form:"time_zone"`
	AdminName     string `form:"admin_name"`
	AdminEmail    string `form:"admin_email"`
	AdminPassword string `form:"admin_password"`
	Address       string `form:"-"`

	Admin models.User `form:"-"`
}

// Grant implements Action.
func (*SetUp) Grant() access.Grant { return "" }

// Validate implements Action.
func (a *SetUp) Validate() error {
	bad := fault.Fields{}
	if a.Code == "" {
		bad["code"] = "Enter the code the program printed when it started."
	}
	collect(bad, (&CreateOrganization{Name: a.Name, TimeZone: a.TimeZone}).Validate(), "")
	collect(bad, (&CreateUser{Name: a.AdminName, Email: a.AdminEmail, Roles: founderRoles, Password: a.AdminPassword}).Validate(), "admin_")
	if a.AdminPassword == "" {
		bad["admin_password"] = "Choose a password."
	}
	return fault.Refuse(bad)
}

// collect adds the fields of a refusal to bad, under names with a prefix.
func collect(bad fault.Fields, refusal error, prefix string) {
	if f, ok := fault.As(refusal); ok {
		for name, text := range f.Fields {
			bad[prefix+name] = text
		}
	}
}

// Perform implements Action.
func (a *SetUp) Perform(ctx context.Context, w *Work) error {
	if err := refuseFounded(w); err != nil {
		return err
	}
	if err := w.World.Limits.try(a.Address, "first run"); err != nil {
		return err
	}
	_, err := useTicket(w, models.TicketFirstRun, secrets.HashRecoveryCode(a.Code))
	if fault.KindOf(err) == fault.Gone {
		return fault.Field("code", "This is not the code. It stands in what the program printed when it last started.")
	}
	if err != nil {
		return err
	}
	w.Actor = access.Program(0)
	found := CreateOrganization{Name: a.Name, TimeZone: a.TimeZone, AdminName: a.AdminName, AdminEmail: a.AdminEmail,
		AdminPassword: a.AdminPassword}
	if err := w.Also(ctx, &found); err != nil {
		return err
	}
	a.Admin = found.Admin
	return nil
}

// Founded tells whether there is an organization. Once there is, there always will be, so the answer is remembered.
func (r *Runner) Founded(ctx context.Context) (bool, error) {
	if r.founded.Load() {
		return true, nil
	}
	var organizations int64
	if err := r.DB.Read.WithContext(ctx).Model(&models.Organization{}).Limit(1).Count(&organizations).Error; err != nil {
		return false, fmt.Errorf("look for organizations: %w", err)
	}
	if organizations > 0 {
		r.founded.Store(true)
	}
	return organizations > 0, nil
}

func refuseFounded(w *Work) error {
	var organizations int64
	if err := w.Tx.Model(&models.Organization{}).Limit(1).Count(&organizations).Error; err != nil {
		return fmt.Errorf("look for organizations: %w", err)
	}
	if organizations > 0 {
		return fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return nil
}
