package models_test

import (
	"testing"

	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

func TestTheUsersChoiceComesBeforeTheOrganizationsBeforeTheDefault(t *testing.T) {
	t.Parallel()
	const user, other = 7, 8
	id := func(n int64) *int64 { return &n }
	theme := models.Setting{Row: models.Row{ID: 5}, Constrained: true, DefaultValue: datatypes.JSON(`"auto"`)}
	items := models.Setting{Row: models.Row{ID: 8}, DataType: ptr(models.SettingInteger), DefaultValue: datatypes.JSON(`50`)}
	allowed := []models.SettingsAllowedValue{
		{Row: models.Row{ID: 51}, SettingsID: 5, ItemValue: "auto"}, {Row: models.Row{ID: 52}, SettingsID: 5, ItemValue: "light"},
		{Row: models.Row{ID: 53}, SettingsID: 5, ItemValue: "dark"},
	}
	choice := func(of *int64, value int64) models.SettingsDatum {
		return models.SettingsDatum{UserID: of, SettingsID: 5, SettingsAllowedValueID: id(value)}
	}
	number := func(of *int64, value string) models.SettingsDatum {
		return models.SettingsDatum{UserID: of, SettingsID: 8, UnconstrainedValue: datatypes.JSON(value)}
	}
	deleted := choice(id(user), 53)
	deleted.IsDeleted = true
	for name, row := range map[string]struct {
		data         []models.SettingsDatum
		theme, items string
	}{
		"nobody chose":              {nil, "auto", "50"},
		"the organization chose":    {[]models.SettingsDatum{choice(nil, 52), number(nil, "20")}, "light", "20"},
		"both chose":                {[]models.SettingsDatum{choice(id(user), 53), choice(nil, 52), number(nil, "20"), number(id(user), "30")}, "dark", "30"},
		"somebody else chose":       {[]models.SettingsDatum{choice(id(other), 53), number(id(other), "30")}, "auto", "50"},
		"the user took theirs back": {[]models.SettingsDatum{deleted, choice(nil, 52)}, "light", "50"},
		"the value is gone":         {[]models.SettingsDatum{choice(id(user), 99)}, "auto", "50"},
	} {
		got := models.InForce([]models.Setting{theme, items}, allowed, row.data, user)
		if len(got) != 2 || got[0].Value != row.theme || got[1].Value != row.items {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWhatAnUnconstrainedSettingAccepts(t *testing.T) {
	t.Parallel()
	number := models.Setting{DataType: ptr(models.SettingInteger), MinValue: datatypes.JSON(`10`), MaxValue: datatypes.JSON(`200`)}
	text := models.Setting{DataType: ptr(models.SettingText)}
	for _, row := range []struct {
		setting models.Setting
		value   string
		want    bool
	}{
		{number, `10`, true}, {number, `200`, true}, {number, `9`, false}, {number, `201`, false}, {number, `"20"`, false},
		{number, `20.5`, false}, {number, `null`, false}, {text, `"#aa3300"`, true}, {text, `3`, false}, {text, `null`, false},
		{models.Setting{Constrained: true}, `"auto"`, false},
	} {
		if got := row.setting.Accepts([]byte(row.value)); got != row.want {
			t.Errorf("%s: %v", row.value, got)
		}
	}
}
