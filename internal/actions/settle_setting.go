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
	if change.Verb == resource.Delete {
		return nil
	}
	d := change.Row.(*models.SettingsDatum)
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
	var allowed int64
	err := change.Tx.Model(&models.SettingsAllowedValue{}).Where("id = ? AND settings_id = ?", *d.SettingsAllowedValueID, d.SettingsID).
		Count(&allowed).Error
	if err != nil {
		return fmt.Errorf("look for the allowed value: %w", err)
	}
	if allowed == 0 {
		return fault.Field("settings_allowed_value_id", "This value is none of the setting's own.")
	}
	return nil
}

func settleFree(s models.Setting, d *models.SettingsDatum) error {
	d.SettingsAllowedValueID = nil
	if s.Accepts(d.UnconstrainedValue) {
		return nil
	}
	if *s.DataType == models.SettingInteger {
		return fault.Field("unconstrained_value", "This setting takes a whole number from %s to %s.", s.MinValue, s.MaxValue)
	}
	return fault.Field("unconstrained_value", "This setting takes a text.")
}
