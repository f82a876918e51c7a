package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"gorm.io/datatypes"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
)

// obeyed are the settings that pages obey.
var obeyed = []int64{models.SettingTheme, models.SettingDensity, models.SettingItemsPerPage, models.SettingInvitationDays, models.SettingAccentColour}

// choice is what was chosen for a setting, on one level.
type choice struct {
	UserID     *int64
	SettingsID int64
	ItemValue  *string
	Free       datatypes.JSON
}

// text is the value, whichever kind of setting it is of.
func (c choice) text() string {
	if c.ItemValue != nil {
		return *c.ItemValue
	}
	var words string
	if json.Unmarshal(c.Free, &words) == nil {
		return words
	}
	return string(c.Free)
}

// pageSettingsOf returns what pages obey: the user's choice, else the organization's, else nothing, which means the
// default. The user is 0 for nobody.
func (r *Runner) pageSettingsOf(ctx context.Context, organizationID, userID int64) (access.PageSettings, error) {
	var chosen []choice
	err := r.DB.Read.WithContext(ctx).Table("settings_data AS d").
		Select("d.user_id, d.settings_id, v.item_value, d.unconstrained_value AS free").
		Joins("LEFT JOIN settings_allowed_values v ON v.id = d.settings_allowed_value_id").
		Where("d.organization_id = ? AND NOT d.is_deleted AND (d.user_id IS NULL OR d.user_id = ?) AND d.settings_id IN ?", organizationID, userID, obeyed).
		Order("d.user_id IS NOT NULL").Scan(&chosen).Error
	if err != nil {
		return access.PageSettings{}, fmt.Errorf("load the settings of pages: %w", err)
	}
	var p access.PageSettings
	for _, c := range chosen {
		c.set(&p)
	}
	return p, nil
}

// PageSettingsIn returns what an organization's pages for candidates obey.
func (r *Runner) PageSettingsIn(ctx context.Context, organization models.Organization) (access.PageSettings, error) {
	p, err := r.pageSettingsOf(ctx, organization.ID, 0)
	p.TermsLink = textOf(organization.TermsLink)
	return p, err
}

// set puts a choice into the settings. Numbers that are none leave the default: SettleSetting lets no such be written.
func (c choice) set(p *access.PageSettings) {
	value := c.text()
	number, _ := strconv.Atoi(value)
	switch {
	case c.SettingsID == models.SettingTheme:
		p.Theme = value
	case c.SettingsID == models.SettingDensity:
		p.IsCompact = value == "compact"
	case c.SettingsID == models.SettingItemsPerPage:
		p.PageRows = number
	case c.UserID != nil: // the rest is the organization's
	case c.SettingsID == models.SettingInvitationDays:
		p.InvitationDays = number
	case c.SettingsID == models.SettingAccentColour:
		p.Accent = value
	}
}
