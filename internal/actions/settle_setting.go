package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleSetting checks the value that an organization or a user chose: one of the allowed values where the setting has
// such, else any value of its type between its bounds.
func SettleSetting(_ context.Context, change *resource.Change) error {
	d := change.Row.(*models.SettingsDatum)
	if change.Verb == resource.Delete {
		return giveUp(change.Tx, *d)
	}
	var found []models.Setting
	if err := change.Tx.Where("id = ?", d.SettingsID).Limit(1).Find(&found).Error; err != nil {
		return fmt.Errorf("load the setting: %w", err)
	}
	if len(found) == 0 {
		return fault.Field("settings_id", "There is no such setting.")
	}
	if !found[0].Constrained {
		return settleFree(found[0], d)
	}
	d.UnconstrainedValue = nil
	if d.SettingsAllowedValueID == nil {
		return fault.Field("settings_allowed_value_id", "This setting takes one of its allowed values.")
	}
	var allowed []models.SettingsAllowedValue
	err := change.Tx.Where("id = ? AND settings_id = ?", *d.SettingsAllowedValueID, d.SettingsID).Find(&allowed).Error
	if err != nil {
		return fmt.Errorf("look for the allowed value: %w", err)
	}
	if len(allowed) == 0 {
		return fault.Field("settings_allowed_value_id", "This value is none of the setting's own.")
	}
	return follow(change.Tx, *d, allowed[0].ItemValue)
}

func settleFree(s models.Setting, d *models.SettingsDatum) error {
	d.SettingsAllowedValueID = nil
	if s.Accepts(d.UnconstrainedValue) {
		return nil
	}
	if *s.DataType == models.SettingInteger {
		return fault.Field("unconstrained_value", "This setting takes a whole number from %s to %s.", s.MinValue, s.MaxValue)
	}
	if s.ID == models.SettingAccentColour {
		return fault.Field("unconstrained_value", "Write the colour as # and six digits from 0 to f, such as #1d6b70.")
	}
	return fault.Field("unconstrained_value", "This setting takes a text.")
}
