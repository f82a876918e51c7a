package admin

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Organization shows what the organization says about itself, and its switches.
func (s Screens) Organization(c echo.Context) error { return s.organizationPage(c, nil, nil) }

func (s Screens) organizationPage(c echo.Context, typed *actions.UpdateOrganization, refused fault.Fields) error {
	p := views.Organization{Refused: refused, MayChange: access.Can(web.Actor(c), "organization.update")}
	err := s.DB.Read.WithContext(web.Context(c)).First(&p.Organization, web.Actor(c).OrganizationID).Error
	if err != nil {
		return err
	}
	if typed != nil {
		keepTyped(&p.Organization, typed)
	}
	if p.Page, err = web.Chrome(c, "Organization"); err != nil {
		return err
	}
	if refused != nil {
		return web.Form(c, views.OrganizationPage(p))
	}
	return web.Page(c, views.OrganizationPage(p))
}

func keepTyped(o *models.Organization, f *actions.UpdateOrganization) {
	o.Name, o.TimeZone, o.Description, o.Domain = f.Name, f.TimeZone, &f.Description, &f.Domain
	o.Address1, o.Address2, o.City, o.State, o.Country, o.Pincode = &f.Address1, &f.Address2, &f.City, &f.State, &f.Country, &f.Pincode
	o.Phone, o.FromAddress, o.TermsLink = &f.Phone, &f.FromAddress, &f.TermsLink
}

// UpdateOrganization stores the form.
func (s Screens) UpdateOrganization(c echo.Context) error {
	var form actions.UpdateOrganization
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if refused, again := web.Refused(err); again {
			return s.organizationPage(c, &form, refused)
		}
		return err
	}
	return done(c, "Saved the organization.", "/admin/organization")
}

// SetSwitch turns one feature on or off.
func (s Screens) SetSwitch(c echo.Context) error {
	var form actions.SetSwitch
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		return refuse(c, err, "/admin/organization")
	}
	feature, _ := models.KnownSwitch(form.Name)
	state := "off"
	if form.On {
		state = "on"
	}
	text := fmt.Sprintf("%s: %s.", feature.Label, state)
	if web.IsPart(c) {
		return web.Part(c, views.FeatureSwitch(feature, form.On, true), web.Toast(text, ""))
	}
	return done(c, text, "/admin/organization#features")
}
