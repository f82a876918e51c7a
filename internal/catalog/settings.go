package catalog

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// settings are the catalogue of what can be set, and what was chosen.
func settings(Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "helpers.settings", Path: "/helpers/settings", Model: models.Setting{}, Rows: resource.Every,
			About: "A setting: it takes one of its allowed values, or any value of its type between its bounds.",
			Verbs: "list view", Grants: by("catalogue.view", "catalogue.view"), Filters: "constrained data_type", Part: "name", Sorts: "name",
		},
		resource.Declaration{
			Name: "helpers.settings-allowed-value", Path: "/helpers/settings/{settings_id}/allowed-value", Model: models.SettingsAllowedValue{},
			About: "A value that a setting may take; none for a setting that takes any.", Rows: resource.Every,
			Verbs: "list view", Grants: by("catalogue.view", "catalogue.view"), Above: map[string]string{"settings_id": "settings_id"},
			Filters: "item_value", Part: "caption", Sorts: "item_value",
		},
		resource.Declaration{
			Name: "settings-allowed-value", Path: "/models/settings-allowed-value", Model: models.SettingsAllowedValue{}, Rows: resource.Every,
			About: "A value that a setting may take.",
			Verbs: "list view", Grants: by("catalogue.view", "catalogue.view"), Filters: "settings_id item_value", Part: "caption", Sorts: "item_value",
			Expands: map[string]resource.Relation{"settings": {To: "helpers.settings", By: "settings_id"}},
		},
		resource.Declaration{
			Name: "admin.settings-data", Path: ofOrganization + "/settings-data", Model: models.SettingsDatum{},
			About: "The value that an organization, or with user_id one of its users, chose for a setting.",
			Verbs: "list view create update delete", Grants: by("organization.view", "organization.update"), Deleted: resource.RestoreDeleted,
			Filters: "settings_id user_id settings_allowed_value_id",
			Create:  "settings_id! settings_allowed_value_id unconstrained_value user_id",
			Update:  "settings_id settings_allowed_value_id unconstrained_value is_deleted",
			Before:  actions.SettleSetting,
			Fields:  map[string]resource.Field{"value": resource.Together(resource.Text, valuesOfData)},
			Expands: map[string]resource.Relation{
				"settings":             {To: "helpers.settings", By: "settings_id"},
				"settingsAllowedValue": {To: "settings-allowed-value", By: "settings_allowed_value_id"},
				"user":                 {To: "user", By: "user_id"},
			},
		},
	)
}

// valuesOfData are the chosen values as text.
func valuesOfData(_ context.Context, l resource.Load, data []models.SettingsDatum) ([]any, error) {
	var ids []int64
	for _, d := range data {
		if d.SettingsAllowedValueID != nil {
			ids = append(ids, *d.SettingsAllowedValueID)
		}
	}
	var allowed []models.SettingsAllowedValue
	if err := l.DB.Where("id IN ?", ids).Find(&allowed).Error; err != nil {
		return nil, fmt.Errorf("load allowed values: %w", err)
	}
	text := make(map[int64]string, len(allowed))
	for _, v := range allowed {
		text[v.ID] = v.ItemValue
	}
	values := make([]any, len(data))
	for i, d := range data {
		switch {
		case d.SettingsAllowedValueID != nil:
			values[i] = text[*d.SettingsAllowedValueID]
		case len(d.UnconstrainedValue) > 0:
			values[i] = plainText(d.UnconstrainedValue)
		}
	}
	return values, nil
}

// plainText is a JSON text as its content, and any other JSON value as it is written.
func plainText(value []byte) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}
