package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// Settings is the catalogue of settings with everything chosen in an organization.
type Settings struct {
	Catalog []models.Setting
	Allowed []models.SettingsAllowedValue
	Data    []models.SettingsDatum // the organization's and one user's

	zone, userZone, userLocale string // what the columns say
}

// LoadSettings returns the catalogue with what an organization chose, and one of its users; 0 for none.
func LoadSettings(db *gorm.DB, organizationID, userID int64) (s Settings, err error) {
	if err := db.Order("id").Find(&s.Catalog).Error; err != nil {
		return s, fmt.Errorf("load settings: %w", err)
	}
	if err := db.Order("settings_id, id").Find(&s.Allowed).Error; err != nil {
		return s, fmt.Errorf("load allowed values: %w", err)
	}
	err = db.Where("organization_id = ? AND NOT is_deleted AND (user_id IS NULL OR user_id = ?)", organizationID, userID).Find(&s.Data).Error
	if err != nil {
		return s, fmt.Errorf("load what was chosen: %w", err)
	}
	return s, s.loadColumns(db, organizationID, userID)
}

// loadColumns reads time zone and language from where everything reads them.
func (s *Settings) loadColumns(db *gorm.DB, organizationID, userID int64) error {
	var organization models.Organization
	if err := db.Select("time_zone").First(&organization, organizationID).Error; err != nil {
		return fmt.Errorf("load the organization's time zone: %w", err)
	}
	s.zone = organization.TimeZone
	if userID == 0 {
		return nil
	}
	var users []models.User
	if err := db.Select("time_zone", "default_locale").Where("id = ?", userID).Find(&users).Error; err != nil {
		return fmt.Errorf("load the user's time zone: %w", err)
	}
	for _, u := range users {
		s.userZone, s.userLocale = u.TimeZone, u.DefaultLocale
	}
	return nil
}

// InForce returns every setting with the value that counts for a user, or with 0 in the organization.
func (s Settings) InForce(userID int64) []models.SettingInForce {
	all := models.InForce(s.Catalog, s.Allowed, s.Data, userID)
	for i := range all {
		switch {
		case all[i].Setting.ID == models.SettingTimeZone && userID != 0:
			all[i].Set(orElse(s.userZone, s.zone), s.Allowed)
		case all[i].Setting.ID == models.SettingTimeZone:
			all[i].Set(s.zone, s.Allowed)
		case all[i].Setting.ID == models.SettingLanguage && userID != 0:
			all[i].Set(s.userLocale, s.Allowed)
		}
	}
	return all
}

// Value returns the value of one setting that counts in the organization; "" for a setting that there is not.
func (s Settings) Value(settingID int64) string {
	for _, f := range s.InForce(0) {
		if f.Setting.ID == settingID {
			return f.Value
		}
	}
	return ""
}

// Defaults returns every setting with the value that counts where nobody chose.
func (s Settings) Defaults() []models.SettingInForce {
	return models.InForce(s.Catalog, s.Allowed, nil, 0)
}

// SaveSettings chooses values of settings: for the organization, or for the user who acts. An empty value gives the
// choice up. A field at fault is named "setting-" and the setting's id.
type SaveSettings struct {
	Own    bool             // the acting user's, instead of the organization's
	Values map[int64]string // by setting: the id of an allowed value, or the value itself
}

// Grant implements Action.
func (a *SaveSettings) Grant() access.Grant {
	if a.Own {
		return "account.use"
	}
	return "organization.update"
}

// Validate implements Action.
func (*SaveSettings) Validate() error { return nil } // SettleSetting holds the rules

// Perform implements Action.
func (a *SaveSettings) Perform(ctx context.Context, w *Work) error {
	var userID *int64
	if a.Own {
		userID = &w.Actor.ID
	}
	all, err := LoadSettings(w.Tx, w.Actor.OrganizationID, w.Actor.ID)
	if err != nil {
		return err
	}
	chosen := map[int64]models.SettingsDatum{}
	for _, d := range all.Data {
		if (d.UserID != nil) == a.Own {
			chosen[d.SettingsID] = d
		}
	}
	bad, changed := fault.Fields{}, map[string]any{}
	for _, s := range all.Catalog {
		text, sent := a.Values[s.ID]
		if !sent {
			continue
		}
		datum, exists := chosen[s.ID]
		if !exists {
			datum = models.SettingsDatum{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), UserID: userID, SettingsID: s.ID}
		}
		isNew, err := choose(ctx, w, s, &datum, text)
		if f, refused := fault.As(err); refused {
			for _, why := range f.Fields {
				bad[fmt.Sprintf("setting-%d", s.ID)] = why
			}
			continue
		}
		if err != nil {
			return err
		}
		if isNew {
			changed[s.Name] = text
		}
	}
	if err := fault.Refuse(bad); err != nil || len(changed) == 0 {
		return err
	}
	entry := ledger.Entry{Verb: "save-settings", SubjectType: "organization", SubjectID: w.Actor.OrganizationID, Detail: changed}
	if a.Own {
		entry.SubjectType, entry.SubjectID = "user", w.Actor.ID
	}
	return w.Audit(entry)
}

// choose stores a value, or hides the row for an empty one. It tells whether anything changed.
func choose(ctx context.Context, w *Work, s models.Setting, d *models.SettingsDatum, text string) (changed bool, err error) {
	if text == "" {
		if d.ID == 0 {
			return false, nil
		}
		if err := giveUp(w.Tx, *d); err != nil {
			return false, err
		}
		err := w.Tx.Model(d).Updates(map[string]any{"is_deleted": true, "updated_by": w.Actor.UserID()}).Error
		if err != nil {
			return false, fmt.Errorf("give a setting up: %w", err)
		}
		return true, nil
	}
	before := *d
	d.SettingsAllowedValueID, d.UnconstrainedValue = nil, nil
	if id, err := strconv.ParseInt(text, 10, 64); s.Constrained && err == nil {
		d.SettingsAllowedValueID = &id
	} else if d.UnconstrainedValue, err = valueOf(s, text); err != nil {
		return false, err
	}
	if err := SettleSetting(ctx, changeOf(w, resource.Update, d, nil)); err != nil {
		return false, err
	}
	if d.ID != 0 && textOfID(before.SettingsAllowedValueID) == textOfID(d.SettingsAllowedValueID) && string(before.UnconstrainedValue) == string(d.UnconstrainedValue) {
		return false, nil
	}
	d.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(d).Error; err != nil {
		return false, fmt.Errorf("choose a setting: %w", err)
	}
	return true, nil
}

// valueOf is what was typed for a setting as the JSON that is stored: a number where it takes numbers, else a text.
func valueOf(s models.Setting, text string) (datatypes.JSON, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && s.DataType != nil && *s.DataType == models.SettingInteger {
		return datatypes.JSON(strconv.FormatInt(n, 10)), nil
	}
	value, err := json.Marshal(text)
	if err != nil {
		return nil, fmt.Errorf("write a setting: %w", err)
	}
	return value, nil
}
