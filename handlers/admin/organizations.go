package admin

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
)

const organizationsPath = "/admin/organizations"

func organizationPath(id int64) string { return fmt.Sprintf("%s/%d", organizationsPath, id) }

// Organizations lists the own organization and those one manages.
func (s Screens) Organizations(c echo.Context) error {
	return s.organizationsPage(c, actions.OpenOrganization{TimeZone: web.Actor(c).TimeZone}, nil)
}

func (s Screens) organizationsPage(c echo.Context, typed actions.OpenOrganization, refused fault.Fields) (err error) {
	a := web.Actor(c)
	p := views.Organizations{Own: a.OrganizationID, Name: typed.Name, TimeZone: typed.TimeZone, Refused: refused, MayFound: access.Can(a, "organization.create")}
	err = s.DB.Read.WithContext(web.Context(c)).Where("NOT is_deleted AND (id = ? OR id IN "+
		"(SELECT organization_id FROM account_managers WHERE user_id = ? AND NOT is_deleted))", a.OrganizationID, a.ID).
		Order("name, id").Find(&p.Organizations).Error
	if err != nil {
		return fmt.Errorf("list organizations: %w", err)
	}
	if p.Page, err = web.Chrome(c, "Organizations"); err != nil {
		return err
	}
	if refused != nil {
		return web.Form(c, views.OrganizationsPage(p))
	}
	return web.Page(c, views.OrganizationsPage(p))
}

// FoundOrganization makes another one.
func (s Screens) FoundOrganization(c echo.Context) error {
	var form actions.OpenOrganization
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.organizationsPage(c, form, refused)
		}
		return err
	}
	return done(c, "Founded "+form.Name+". You are its account manager.", organizationPath(form.ID))
}

// enter returns the viewer as somebody of the organization in the address.
func (s Screens) enter(c echo.Context) (access.Actor, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return access.Anonymous(), err
	}
	return s.Actions.Enter(web.Context(c), web.Actor(c), id)
}

// ManagedOrganization shows one of them, with who manages it.
func (s Screens) ManagedOrganization(c echo.Context) error {
	within, err := s.enter(c)
	if err != nil {
		return err
	}
	return s.managedPage(c, within, views.Managed{}, nil)
}

func (s Screens) managedPage(c echo.Context, within access.Actor, p views.Managed, typed *actions.UpdateOrganization) (err error) {
	if err := access.Check(within, "organization.view"); err != nil {
		return err
	}
	db := s.DB.Read.WithContext(web.Context(c))
	if err := db.First(&p.Organization.Organization, within.OrganizationID).Error; err != nil {
		return database.Fault(err, "organization")
	}
	if typed != nil {
		keepTyped(&p.Organization.Organization, typed)
	}
	if err := db.Scopes(access.Own(within)).Where("NOT is_deleted").Order("id").Find(&p.Links).Error; err != nil {
		return fmt.Errorf("list account managers: %w", err)
	}
	ids := make([]int64, len(p.Links))
	for i, link := range p.Links {
		ids[i] = link.UserID
	}
	if err := db.Where("id IN ?", ids).Find(&p.Users).Error; err != nil {
		return fmt.Errorf("load account managers: %w", err)
	}
	p.Me, p.IsHome, p.MayChange = within.ID, within.OrganizationID == web.Actor(c).OrganizationID, access.Can(within, "organization.update")
	if p.Page, err = web.Chrome(c, p.Organization.Organization.Name); err != nil {
		return err
	}
	if p.Refused != nil {
		return web.Form(c, views.ManagedPage(p))
	}
	return web.Page(c, views.ManagedPage(p))
}

// UpdateManaged stores the details of a managed organization.
func (s Screens) UpdateManaged(c echo.Context) error {
	within, err := s.enter(c)
	if err != nil {
		return err
	}
	var form actions.UpdateOrganization
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := s.Actions.Run(web.Context(c), within, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.managedPage(c, within, views.Managed{Organization: views.Organization{Refused: refused}}, &form)
		}
		return err
	}
	return done(c, "Saved the organization.", organizationPath(within.OrganizationID))
}

// AddManager makes somebody an account manager.
func (s Screens) AddManager(c echo.Context) error {
	within, err := s.enter(c)
	if err != nil {
		return err
	}
	var form actions.AddManager
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := s.Actions.Run(web.Context(c), within, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.managedPage(c, within, views.Managed{Email: form.Email, Organization: views.Organization{Refused: refused}}, nil)
		}
		return err
	}
	return done(c, form.User.Name+" is an account manager now.", organizationPath(within.OrganizationID)+"#managers")
}

// EndManager ends somebody's link.
func (s Screens) EndManager(c echo.Context) error {
	within, err := s.enter(c)
	if err != nil {
		return err
	}
	id, err := web.ID(c, "manager")
	if err != nil {
		return err
	}
	back := organizationPath(within.OrganizationID) + "#managers"
	if err := s.Actions.Run(web.Context(c), within, &actions.EndManager{ID: id}); err != nil {
		return refuse(c, err, back)
	}
	return done(c, "That person manages the organization no longer.", back)
}
