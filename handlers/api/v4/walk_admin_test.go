package v4_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// adminPlans are what administrators keep: organizations, messages, settings, fields and users.
var adminPlans = map[string]plan{
	"admin.amo":                         {create: `{"user_id":$user}`, update: `{"category_id":$models.category}`, keep: true},
	"admin.organization":                {create: `{"name":"Branch #","timeZone":"Europe/Lisbon","isLive":false,"senderEmailEnabled":"yes"}`, update: `{"name":"Branch #","city":"Porto","isTyping":true,"promo":"Join us","cssSkin":"https://example.org/skin.css"}`},
	"user.organization":                 {path: "/user/organization"},
	"admin.category":                    {create: `{"name":"Label #","type":2}`, update: `{"name":"Label #","type":3,"external_id":"x#"}`, probes: map[string][2]string{"s": {"label", "no such label"}}},
	"admin.custom-field-master":         {create: `{"type":1,"label":"Label #","key":"key-#","sort_order":3,"is_report":true}`, update: `{"type":2,"label":"Label #","key":"key-#","sort_order":4,"is_hidden":true}`},
	"models.custom-field-master":        {create: `{"type":1,"label":"Label #","key":"key-#","sort_order":3,"is_report":true}`, update: `{"label":"Label #","is_report":false}`},
	"admin.form":                        {create: `{"name":"Form #","type":1,"structure":[{"id":1,"name":"Part","fields":{"1":{"id":"a","name":"a","type":"text","label":"A"}},"expandable":false}],"custom_url":"form-#","fieldKeys":["A"]}`, update: `{"name":"Form #","status":2,"is_public":true,"is_editable":false}`, probes: map[string][2]string{"article_id": {"", "77"}}},
	"admin.notification-log":            {probes: map[string][2]string{"status": {"enqueued", "bounced"}, "from": {"2020-01-01", "2099-01-01"}, "to": {"2099-01-01", "2020-01-01"}, "s": {"invites you", "farewell"}, "label": {"Account invitation", "Reminder"}, "candidate_id": {"", "9"}, "assessment_id": {"", "9"}, "assessment_candidate_id": {"", "9"}, "assessment_section_candidate_id": {"", "9"}}},
	"models.notification-log":           {probes: map[string][2]string{"status": {"enqueued", "bounced"}, "cc_address": {"", "x@example.org"}, "bcc_address": {"", "x@example.org"}, "assessment_id": {"", "9"}, "sent_at": {"", "1999-12-31"}, "read_at": {"", "1999-12-31"}}},
	"admin.notification-template":       {create: `{"type_id":111,"subject":"Yes #","content":"<p>Good # day</p>","from_address":"hello@example.org"}`, update: `{"subject":"No #"}`, probes: map[string][2]string{"assessment_id": {"", "9"}, "content": {"good", "goodbye"}}},
	"models.notification-template":      {create: `{"type_id":112,"subject":"Wait #","content":"<p>Soon #</p>","from_address":"hello@example.org"}`, update: `{"subject":"Later #"}`, probes: map[string][2]string{"assessment_id": {"", "9"}}},
	"admin.notification-template-type":  {shared: true, probes: map[string][2]string{"s": {"selected", "no such"}, "category": {"1", "2"}}},
	"models.notification-template-type": {shared: true},
	"admin.notification-template-tag":   {shared: true, probes: map[string][2]string{"s": {"{%", "no such"}, "description": {"", "no such"}}},
	"models.notification-template-tag":  {shared: true, probes: map[string][2]string{"description": {"", "no such"}}},
	"admin.select-field-data":           {create: `{"select_field_type_id":$select-field-type,"key":"k#","value":"Value #","sort_order":1,"parent_value":"p","parent_id":$models.select-field-data,"data":4}`, update: `{"key":"k#","value":"Value #","is_deleted":false}`, probes: map[string][2]string{"value_exact": {"", "value"}}},
	"models.select-field-data":          {create: `{"select_field_type_id":$select-field-type,"key":"k#","value":"Value #","parent_value":"22"}`, probes: map[string][2]string{"parent_id": {"", "99999"}}},
	"select-field-type":                 {create: `{"name":"List #"}`, absent: "is_public"},
	"helpers.settings":                  {shared: true},
	"helpers.settings-allowed-value":    {shared: true, path: "/helpers/settings/1/allowed-value"},
	"settings-allowed-value":            {shared: true, probes: map[string][2]string{"settings_id": {"", "99"}}},
	"admin.settings-data":               {create: `{"settings_id":1,"settings_allowed_value_id":1021}`, update: `{"settings_allowed_value_id":1022}`},
	"admin.ui-filter":                   {create: `{"object_type":"ac","version":1.1,"filter":{"status":"open"}}`, update: `{"object_type":"pc","version":"1.2","filter":{"a":1}}`},
	"admin.user-category":               {path: "/admin/organization/{oid}/user/$user/category", create: `{"category_id":$models.category}`, update: `{"category_id":$models.category,"is_deleted":false}`, probes: map[string][2]string{"s": {"", "no such"}}},
	"admin.user-permission":             {path: "/admin/organization/{oid}/user/$user/permission", create: `{"item_name":"audit.view"}`},
	"user":                              {create: `{"email":"made@example.org","username":"made@example.org","name":"User #","location":"Porto","external_id":"e#","roles":["Evaluator"],"status":10,"phone":"1","countryCode":"+351"}`, update: `{"name":"User #","location":"Porto","external_id":"e#","roles":["Evaluator"],"current_role":"Evaluator","status":20,"phone":"1","countryCode":"+351"}`, probes: map[string][2]string{"external_id": {"", "e"}, "roles": {"Evaluator", "Walk_In_Admin"}}},
}

func adminSeeds(t *testing.T, w *testkit.World) map[string]int64 {
	t.Helper()
	w.Run(t, w.As(t, w.Ada), &actions.InviteUser{Name: "Nina New", Email: "nina@acme.example.com", Roles: []models.Role{models.Evaluator}})
	var message, tag int64
	w.DB.Read.Model(&models.Notification{}).Select("max(id)").Scan(&message)
	w.DB.Read.Model(&models.NotificationTemplateTag{}).Select("max(id)").Scan(&tag)
	return map[string]int64{
		"user":                   w.Paul.ID,
		"user.organization":      w.Acme.ID,
		"admin.notification-log": message, "models.notification-log": message,
		"admin.notification-template-type": 111, "models.notification-template-type": 111,
		"admin.notification-template-tag": tag, "models.notification-template-tag": tag,
		"helpers.settings": 1, "helpers.settings-allowed-value": 1001, "settings-allowed-value": 1001,
	}
}
