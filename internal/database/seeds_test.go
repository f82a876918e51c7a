package database_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestEveryCatalogueSettingHasItsDefault(t *testing.T) {
	t.Parallel()
	names := map[int64]string{
		models.SettingTimeZone: "Timezone", models.SettingDateFormat: "Date format", models.SettingTimeFormat: "Time format",
		models.SettingLanguage: "Language", models.SettingTheme: "Theme", models.SettingDensity: "Density",
		models.SettingFirstDay: "First day of the week", models.SettingItemsPerPage: "Items per page",
		models.SettingReminderLead: "Reminder lead time", models.SettingInvitationDays: "Invitation period",
		models.SettingAccentColour: "Accent colour",
	}
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		var catalog []models.Setting
		var allowed []models.SettingsAllowedValue
		if err := db.Read.Order("id").Find(&catalog).Error; err != nil {
			t.Fatal(err)
		}
		if err := db.Read.Order("id").Find(&allowed).Error; err != nil {
			t.Fatal(err)
		}
		if len(catalog) != len(names) {
			t.Errorf("%d settings, want %d", len(catalog), len(names))
		}
		for _, f := range models.InForce(catalog, allowed, nil, 0) {
			if f.Setting.Name != names[f.Setting.ID] {
				t.Errorf("setting %d is %q, want %q", f.Setting.ID, f.Setting.Name, names[f.Setting.ID])
			}
			if f.Setting.Constrained && f.Allowed == nil {
				t.Errorf("the default of %s, %s, is not allowed", f.Setting.Name, f.Setting.DefaultValue)
			}
			if !f.Setting.Constrained && !f.Setting.Accepts(f.Setting.DefaultValue) {
				t.Errorf("%s does not accept its default, %s", f.Setting.Name, f.Setting.DefaultValue)
			}
		}
	})
}

func TestSettingsOfferTheLanguagesThereAre(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		var offered []models.SettingsAllowedValue
		if err := db.Read.Where("settings_id = ?", models.SettingLanguage).Order("id").Find(&offered).Error; err != nil {
			t.Fatal(err)
		}
		if len(offered) != len(models.Locales) {
			t.Fatalf("%d languages, want %d", len(offered), len(models.Locales))
		}
		for i, l := range models.Locales {
			if offered[i].ItemValue != l.Code || offered[i].Caption != l.Name {
				t.Errorf("got %s %s, want %s %s", offered[i].ItemValue, offered[i].Caption, l.Code, l.Name)
			}
		}
	})
}

func TestTimeZonesOfferedExist(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *database.DB) {
		var zones []string
		query := db.Read.Model(&models.SettingsAllowedValue{}).Where("settings_id = ?", models.SettingTimeZone)
		if err := query.Pluck("item_value", &zones).Error; err != nil {
			t.Fatal(err)
		}
		if len(zones) < 60 {
			t.Errorf("only %d zones", len(zones))
		}
		for _, zone := range zones {
			if _, err := time.LoadLocation(zone); err != nil {
				t.Error(err)
			}
		}
	})
}
