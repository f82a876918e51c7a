package actions

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// UpdateOrganization changes what the actor's organization says about itself.
type UpdateOrganization struct {
	Name        string `json:"name" form:"name"`
	Description string `json:"description" form:"description"`
	Domain      string `json:"domain" form:"domain"`
	Address1    string `json:"address1" form:"address1"`
	Address2    string `json:"address2" form:"address2"`
	City        string `json:"city" form:"city"`
	State       string `json:"state" form:"state"`
	Country     string `json:"country" form:"country"`
	Pincode     string `json:"pincode" form:"pincode"`
	Phone       string `json:"phone" form:"phone"`
	TimeZone    string `json:"timeZone" form:"time_zone"`
	FromAddress string `json:"fromAddress" form:"from_address"` // sender of mail; empty for the server's
	TermsLink   string `json:"termsLink" form:"terms_link"`
}

// Grant implements Action.
func (*UpdateOrganization) Grant() access.Grant { return "organization.update" }

// Validate implements Action.
func (a *UpdateOrganization) Validate() error {
	bad := fault.Fields{}
	if a.Name = strings.TrimSpace(a.Name); a.Name == "" {
		bad["name"] = "Give the organization a name."
	}
	if !models.KnownZone(a.TimeZone) {
		bad["time_zone"] = "There is no time zone of this name."
	}
	if a.FromAddress = strings.TrimSpace(a.FromAddress); a.FromAddress != "" && !validEmail(a.FromAddress) {
		bad["from_address"] = "This is not an e-mail address."
	}
	if a.TermsLink != "" {
		if u, err := url.Parse(a.TermsLink); err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
			bad["terms_link"] = "Give a whole address, as in https://example.com/terms."
		}
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *UpdateOrganization) Perform(_ context.Context, w *Work) error {
	err := w.Tx.Model(&models.Organization{}).Where("id = ?", w.Actor.OrganizationID).Updates(map[string]any{
		"name": a.Name, "description": optional(a.Description), "domain": optional(a.Domain), "address1": optional(a.Address1),
		"address2": optional(a.Address2), "city": optional(a.City), "state": optional(a.State), "country": optional(a.Country),
		"pincode": optional(a.Pincode), "phone": optional(a.Phone), "time_zone": a.TimeZone,
		"from_address": optional(a.FromAddress), "terms_link": optional(a.TermsLink), "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return fmt.Errorf("update organization: %w", err)
	}
	if err := supersede(w, models.SettingTimeZone, nil, a.TimeZone); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "update-organization", SubjectType: "organization", SubjectID: w.Actor.OrganizationID,
		After: a, Detail: map[string]any{"name": a.Name, "time_zone": a.TimeZone}})
}

// SetSwitch turns one feature of the actor's organization on or off.
type SetSwitch struct {
	Name string `form:"name"`
	On   bool   `form:"on"`
}

// Grant implements Action.
func (*SetSwitch) Grant() access.Grant { return "organization.update" }

// Validate implements Action.
func (a *SetSwitch) Validate() error {
	if _, known := models.KnownSwitch(a.Name); !known {
		return fault.Field("name", "There is no switch of this name.")
	}
	return nil
}

// Perform implements Action.
func (a *SetSwitch) Perform(_ context.Context, w *Work) error {
	var organization models.Organization
	if err := w.Tx.First(&organization, w.Actor.OrganizationID).Error; err != nil {
		return fmt.Errorf("load organization: %w", err)
	}
	switches := maps.Clone(organization.Switches.Data())
	if switches == nil {
		switches = map[string]bool{}
	}
	switches[a.Name] = a.On
	if err := w.Tx.Model(&organization).Update("switches", datatypes.NewJSONType(switches)).Error; err != nil {
		return fmt.Errorf("set a switch: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "set-switch", SubjectType: "organization", SubjectID: organization.ID,
		Detail: map[string]any{"switch": a.Name, "on": a.On}})
}
