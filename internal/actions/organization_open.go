package actions

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/datatypes"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// OpenOrganization founds another organization, without people of its own: whoever does it becomes its first account
// manager.
type OpenOrganization struct {
	Name     string `form:"name"`
	TimeZone string `form:"time_zone"`

	ID int64 `form:"-"` // of what was founded
}

// Grant implements Action.
func (*OpenOrganization) Grant() access.Grant { return "organization.create" }

// Validate implements Action.
func (a *OpenOrganization) Validate() error {
	a.Name = strings.TrimSpace(a.Name)
	return (&UpdateOrganization{Name: a.Name, TimeZone: a.TimeZone}).Validate()
}

// Perform implements Action.
func (a *OpenOrganization) Perform(_ context.Context, w *Work) error {
	row := models.Organization{Authored: authored(w), Name: a.Name, TimeZone: a.TimeZone, Theme: "default",
		Switches: datatypes.NewJSONType(map[string]bool{})}
	if err := w.Tx.Create(&row).Error; err != nil {
		return fmt.Errorf("found an organization: %w", err)
	}
	a.ID = row.ID
	return linkFounder(w, row.ID)
}

// AddManager makes a user an account manager of the actor's organization: somebody of it, or of the organization that the
// actor's account belongs to.
type AddManager struct {
	Email string `form:"email"`

	User models.User `form:"-"` // who it is
}

// Grant implements Action.
func (*AddManager) Grant() access.Grant { return "organization.update" }

// Validate implements Action.
func (a *AddManager) Validate() error {
	if a.Email = models.NormalEmail(a.Email); !validEmail(a.Email) {
		return fault.Field("email", "This is not an e-mail address.")
	}
	return nil
}

// Perform implements Action.
func (a *AddManager) Perform(ctx context.Context, w *Work) error {
	link := models.OrganizationManager{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}}
	change := changeOf(w, resource.Create, &link, nil)
	home, err := homeOf(change)
	if err != nil {
		return err
	}
	var users []models.User
	err = w.Tx.Where("email = ? AND organization_id IN ? AND NOT is_deleted", a.Email, []int64{home, w.Actor.OrganizationID}).Find(&users).Error
	if err != nil {
		return fmt.Errorf("look for the account manager: %w", err)
	}
	if len(users) == 0 {
		return fault.Field("email", "Nobody of this organization or of yours has this address.")
	}
	a.User, link.UserID = users[0], users[0].ID
	var links int64
	err = w.Own().Model(&models.OrganizationManager{}).Where("user_id = ? AND NOT is_deleted", a.User.ID).Count(&links).Error
	if err != nil {
		return fmt.Errorf("look for the link of an account manager: %w", err)
	}
	if links > 0 {
		return fault.Field("email", "%s is an account manager already.", a.User.Name)
	}
	if err := SettleManager(ctx, change); err != nil {
		return err
	}
	if err := w.Tx.Create(&link).Error; err != nil {
		return fmt.Errorf("add an account manager: %w", err)
	}
	return auditManager(w, "add-account-manager", link)
}

// EndManager ends the link of an account manager of the actor's organization. Nobody ends the own one.
type EndManager struct{ ID int64 }

// Grant implements Action.
func (*EndManager) Grant() access.Grant { return "organization.update" }

// Validate implements Action.
func (*EndManager) Validate() error { return nil }

// Perform implements Action.
func (a *EndManager) Perform(ctx context.Context, w *Work) error {
	var links []models.OrganizationManager
	if err := w.Own().Where("id = ? AND NOT is_deleted", a.ID).Find(&links).Error; err != nil {
		return fmt.Errorf("load the link of an account manager: %w", err)
	}
	if len(links) == 0 {
		return fault.Missing("account manager")
	}
	link, was := links[0], links[0]
	change := changeOf(w, resource.Delete, &link, nil)
	change.Was = &was
	if err := SettleManager(ctx, change); err != nil {
		return err
	}
	link.IsDeleted = true
	if err := w.Tx.Save(&link).Error; err != nil {
		return fmt.Errorf("end the link of an account manager: %w", err)
	}
	return auditManager(w, "end-account-manager", link)
}

func auditManager(w *Work, verb string, link models.OrganizationManager) error {
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "organization", SubjectID: link.OrganizationID,
		Detail: map[string]any{"user": link.UserID}})
}
