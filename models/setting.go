package models

import (
	"encoding/json"
	"regexp"
	"slices"

	"gorm.io/datatypes"
)

// The ids of the settings in the catalogue. They are part of the wire format: never reuse one.
const (
	SettingTimeZone       int64 = 1
	SettingDateFormat     int64 = 2
	SettingTimeFormat     int64 = 3
	SettingLanguage       int64 = 4
	SettingTheme          int64 = 5
	SettingDensity        int64 = 6
	SettingFirstDay       int64 = 7
	SettingItemsPerPage   int64 = 8
	SettingReminderLead   int64 = 9
	SettingInvitationDays int64 = 10
	SettingAccentColour   int64 = 11
)

// settingsKept are the settings that nothing here obeys yet: programs that show our data in their own way read them.
var settingsKept = []int64{SettingDateFormat, SettingTimeFormat, SettingFirstDay, SettingReminderLead}

// settingsElsewhere are the settings that are chosen with more choice than here: on the profile, and with the organization.
var settingsElsewhere = []int64{SettingTimeZone, SettingLanguage}

// IsKept tells whether the setting steers nothing here and is kept for other programs.
func (s Setting) IsKept() bool { return slices.Contains(settingsKept, s.ID) }

// IsElsewhere tells whether people choose the value on another screen than that of the settings.
func (s Setting) IsElsewhere() bool { return slices.Contains(settingsElsewhere, s.ID) }

// IsOrganizations tells whether only the organization's choice counts: what it concerns is no single user's.
func (s Setting) IsOrganizations() bool {
	return s.ID == SettingInvitationDays || s.ID == SettingAccentColour || s.ID == SettingReminderLead
}

// The kinds of values of unconstrained settings.
const (
	SettingInteger = "integer"
	SettingText    = "string"
)

// Setting is an entry of the catalogue of settings. A constrained one takes one of its allowed values, an unconstrained
// one any value of its data type between its bounds.
type Setting struct {
	Row
	Name        string         `gorm:"not null" json:"name"`
	Description *string        `json:"description"`
	Constrained bool           `gorm:"not null" json:"constrained"`
	DataType    *string        `json:"data_type"`
	MinValue    datatypes.JSON `json:"min_value"`
	MaxValue    datatypes.JSON `json:"max_value"`
	// DefaultValue is in force where nobody chose: an allowed value's item value as a JSON string, or any JSON value.
	DefaultValue datatypes.JSON `gorm:"not null" json:"-"`
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Accepts tells whether an unconstrained setting may have the JSON value.
func (s Setting) Accepts(value []byte) bool {
	if s.Constrained || s.DataType == nil {
		return false
	}
	if *s.DataType == SettingText {
		var text string
		isText := json.Unmarshal(value, &text) == nil && string(value) != "null"
		return isText && (s.ID != SettingAccentColour || text == "" || hexColour.MatchString(text))
	}
	var number, bound int64
	if json.Unmarshal(value, &number) != nil || string(value) == "null" {
		return false
	}
	if json.Unmarshal(s.MinValue, &bound) == nil && number < bound {
		return false
	}
	return json.Unmarshal(s.MaxValue, &bound) != nil || number <= bound
}

// SettingsAllowedValue is one value that a constrained setting may take.
type SettingsAllowedValue struct {
	Row
	SettingsID int64  `gorm:"not null;index" json:"settings_id"`
	ItemValue  string `gorm:"not null" json:"item_value"`
	Caption    string `gorm:"not null" json:"caption"`
}

// SettingsDatum is the value that an organization, or with UserID one of its users, chose for a setting.
type SettingsDatum struct {
	Row
	Owned
	Authored
	Deletable
	UserID                 *int64         `gorm:"index" json:"user_id"`
	SettingsID             int64          `gorm:"not null;index" json:"settings_id"`
	SettingsAllowedValueID *int64         `json:"settings_allowed_value_id"`
	UnconstrainedValue     datatypes.JSON `json:"unconstrained_value"`
}

// TableName names the table after what the wire calls its rows.
func (SettingsDatum) TableName() string { return "settings_data" }

// SettingInForce is a setting with the value that counts.
type SettingInForce struct {
	Setting Setting
	Datum   *SettingsDatum        // the choice that won; nil when nobody chose
	Allowed *SettingsAllowedValue // the value chosen, or the default's, of a constrained setting
	Value   string                // as text
}

// InForce returns every setting of the catalogue, in its order, with the value that counts for a user: the user's own
// choice, else the organization's, else the default. The data are those of the user's organization; deleted ones and
// those of other users do not count.
func InForce(catalog []Setting, allowed []SettingsAllowedValue, data []SettingsDatum, userID int64) []SettingInForce {
	chosen := make(map[int64]*SettingsDatum, len(catalog))
	for i, d := range data {
		isOwn := d.UserID != nil && *d.UserID == userID
		if d.IsDeleted || (d.UserID != nil && !isOwn) {
			continue
		}
		if have := chosen[d.SettingsID]; have == nil || (isOwn && have.UserID == nil) {
			chosen[d.SettingsID] = &data[i]
		}
	}
	inForce := make([]SettingInForce, 0, len(catalog))
	for _, s := range catalog {
		inForce = append(inForce, s.withValue(chosen[s.ID], allowed))
	}
	return inForce
}

func (s Setting) withValue(d *SettingsDatum, allowed []SettingsAllowedValue) SettingInForce {
	f := SettingInForce{Setting: s, Datum: d}
	if !s.Constrained {
		value := s.DefaultValue
		if d != nil && len(d.UnconstrainedValue) > 0 {
			value = d.UnconstrainedValue
		}
		f.Value = jsonText(value)
		return f
	}
	byDefault := jsonText(s.DefaultValue)
	for i, v := range allowed {
		if v.SettingsID != s.ID {
			continue
		}
		isChosen := d != nil && d.SettingsAllowedValueID != nil && *d.SettingsAllowedValueID == v.ID
		if isChosen || (f.Allowed == nil && v.ItemValue == byDefault) {
			f.Allowed = &allowed[i]
		}
		if isChosen {
			break
		}
	}
	if f.Allowed != nil {
		f.Value = f.Allowed.ItemValue
	}
	return f
}

// Set makes another value the one that counts. Allowed is nil where the value is none of those that are offered.
func (f *SettingInForce) Set(value string, allowed []SettingsAllowedValue) {
	f.Value, f.Allowed = value, nil
	for i, v := range allowed {
		if v.SettingsID == f.Setting.ID && v.ItemValue == value {
			f.Allowed = &allowed[i]
		}
	}
}

// jsonText returns a JSON text as its content and any other JSON value as it is written.
func jsonText(value []byte) string {
	var content any
	if err := json.Unmarshal(value, &content); err != nil || content == nil {
		return ""
	}
	if text, is := content.(string); is {
		return text
	}
	return string(value)
}
