package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// CreateOrganization founds a tenant with its first administrator. Only the program itself does this: the first-run
// page behind its one-time code, the demo and the command line.
type CreateOrganization struct {
	Name     string `json:"name" form:"name"`
	TimeZone string `json:"timeZone" form:"time_zone"`

	AdminName     string `json:"-" form:"admin_name"`
	AdminEmail    string `json:"-" form:"admin_email"`
	AdminPassword string `json:"-" form:"admin_password"`

	Organization models.Organization `json:"-" form:"-"` // what was founded
	Admin        models.User         `json:"-" form:"-"`
}

// founderRoles are what the first administrator of an organization is.
var founderRoles = []models.Role{models.Admin, models.MasterRecruiter, models.Evaluator}

// Grant implements Action.
func (*CreateOrganization) Grant() access.Grant { return "organization.found" }

// Validate implements Action.
func (a *CreateOrganization) Validate() error {
	bad := fault.Fields{}
	if strings.TrimSpace(a.Name) == "" {
		bad["name"] = "Give the organization a name."
	}
	if !models.KnownZone(a.TimeZone) {
		bad["time_zone"] = "There is no time zone of this name."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *CreateOrganization) Perform(ctx context.Context, w *Work) error {
	a.Organization = models.Organization{
		Name: strings.TrimSpace(a.Name), TimeZone: a.TimeZone, Theme: "default",
		Switches: datatypes.NewJSONType(map[string]bool{}),
	}
	if a.Organization.TimeZone == "" {
		a.Organization.TimeZone = "UTC"
	}
	if err := w.Tx.Create(&a.Organization).Error; err != nil {
		return fmt.Errorf("found organization: %w", err)
	}
	w.Actor = access.Program(a.Organization.ID)
	user := CreateUser{
		Name: a.AdminName, Email: a.AdminEmail, Password: a.AdminPassword,
		Roles: founderRoles,
	}
	if err := w.Also(ctx, &user); err != nil {
		return err
	}
	a.Admin = user.User
	return w.Audit(ledger.Entry{Verb: "create-organization", SubjectType: "organization", SubjectID: a.Organization.ID,
		Detail: map[string]any{"name": a.Organization.Name}})
}
