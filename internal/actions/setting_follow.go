package actions

import (
	"fmt"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/models"
)

// Time zone and language of people and organizations have columns that everything reads; a setting is one more way to
// write them. These keep both alike.

// followed says which column of users, and of organizations, a setting writes; "" for none.
func followed(settingID int64) (ofUser, ofOrganization string) {
	switch settingID {
	case models.SettingTimeZone:
		return "time_zone", "time_zone"
	case models.SettingLanguage:
		return "default_locale", ""
	}
	return "", ""
}

// follow writes a chosen value into the column that the setting stands for.
func follow(tx *gorm.DB, d models.SettingsDatum, value string) error {
	ofUser, ofOrganization := followed(d.SettingsID)
	var err error
	switch {
	case d.UserID != nil && ofUser != "":
		err = tx.Model(&models.User{}).Where("id = ? AND organization_id = ?", *d.UserID, d.OrganizationID).Update(ofUser, value).Error
	case d.UserID == nil && ofOrganization != "":
		err = tx.Model(&models.Organization{}).Where("id = ?", d.OrganizationID).Update(ofOrganization, value).Error
	}
	if err != nil {
		return fmt.Errorf("follow a setting: %w", err)
	}
	return nil
}

// giveUp is follow for a choice that is taken back: a user is in the organization's time zone again. An organization has
// one always, and everybody a language, so those stay.
func giveUp(tx *gorm.DB, d models.SettingsDatum) error {
	if d.UserID == nil || d.SettingsID != models.SettingTimeZone {
		return nil
	}
	return follow(tx, d, "")
}

// supersede takes choices of a setting back that say other than what was just written into the column. The user is nil
// for the organization.
func supersede(w *Work, settingID int64, userID *int64, value string) error {
	q := w.Own().Model(&models.SettingsDatum{}).Where("settings_id = ? AND NOT is_deleted", settingID)
	if userID == nil {
		q = q.Where("user_id IS NULL")
	} else {
		q = q.Where("user_id = ?", *userID)
	}
	other := w.Tx.Model(&models.SettingsAllowedValue{}).Select("id").Where("settings_id = ? AND item_value <> ?", settingID, value)
	err := q.Where("settings_allowed_value_id IN (?)", other).Updates(map[string]any{"is_deleted": true, "updated_by": w.Actor.UserID()}).Error
	if err != nil {
		return fmt.Errorf("take back what was chosen before: %w", err)
	}
	return nil
}
