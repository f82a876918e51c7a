package catalog_test

import (
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
)

func key(o resource.Object) int64 { return o.Get("id").(int64) }

// refusedAt expects a write to end with a kind of fault, and for an Invalid one at a field.
func (a asker) refusedAt(kind fault.Kind, field, name string, verb resource.Verb, id int64, body string) {
	a.t.Helper()
	_, err := a.write(name, verb, id, body)
	f, _ := fault.As(err)
	if fault.KindOf(err) != kind || (field != "" && f.Fields[field] == "") {
		a.t.Errorf("%s %s %d %s: %v, want %s %s", verb, name, id, body, err, kind, field)
	}
}

func TestADeletedOptionComesBackWhenAnUpdateNamesIsDeleted(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := asker{t, w, open(t, w), w.Ada}
		list := key(ada.wrote("select-field-type", resource.Create, 0, `{"name":"Cities"}`))
		in := func(rest string) string { return `{"select_field_type_id":` + str(list) + `,` + rest + `}` }
		porto := key(ada.wrote("admin.select-field-data", resource.Create, 0, in(`"key":"p","value":"Porto","sort_order":2`)))
		lisbon := key(ada.wrote("admin.select-field-data", resource.Create, 0, in(`"key":"l","value":"Lisbon","sort_order":1,"data":7,"parent_value":22`)))
		if got := ada.ids("admin.select-field-data", ""); !slices.Equal(got, []int64{lisbon, porto}) {
			t.Errorf("the order is %v", got)
		}
		for query, want := range map[string][]int64{"value=POR": {porto}, "value_exact=Por": nil, "value_exact=Porto": {porto},
			"parent_value=22": {lisbon}, "key=p": {porto}, "sort=-sort_order": {porto, lisbon}} {
			if got := ada.ids("admin.select-field-data", query); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", query, got, want)
			}
		}
		ada.refusedAt(fault.Conflict, "", "select-field-type", resource.Delete, list, "")
		if _, err := ada.write("admin.select-field-data", resource.Delete, porto, ""); err != nil {
			t.Fatal(err)
		}
		if got := ada.ids("admin.select-field-data", "is_deleted=true"); !slices.Equal(got, []int64{porto}) {
			t.Errorf("deleted are %v", got)
		}
		back, err := ada.write("admin.select-field-data", resource.Update, porto, `{"is_deleted":true}`)
		if err != nil || back.Get("is_deleted") != false || back.Get("value") != "Porto" {
			t.Errorf("back as %v: %v", back, err)
		}
		asker{t, w, ada.c, w.Otto}.refusedAt(fault.Invalid, "select_field_type_id", "models.select-field-data", resource.Create, 0, in(`"key":"x","value":"X"`))
	})
}

func TestAKeyStaysWhileValuesAreStoredUnderIt(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := asker{t, w, open(t, w), w.Ada}
		field := key(ada.wrote("admin.custom-field-master", resource.Create, 0, `{"type":1,"label":"Shoe size","key":"today test","sort_order":null}`))
		if _, err := ada.write("admin.custom-field-master", resource.Update, field, `{"key":"shoe"}`); err != nil {
			t.Fatal(err)
		}
		ada.wrote("candidate", resource.Create, 0, `{"email":"c@example.com","first_name":"C","cf":{"shoe":"44"}}`)
		ada.refusedAt(fault.Conflict, "", "models.custom-field-master", resource.Update, field, `{"key":"size"}`)
		ada.refusedAt(fault.Invalid, "key", "models.custom-field-master", resource.Create, 0, `{"type":1,"label":"Again","key":"shoe"}`)
		gone, err := ada.write("admin.custom-field-master", resource.Update, field, `{"is_deleted":true}`)
		if err != nil || gone.Get("is_deleted") != true || len(ada.ids("admin.custom-field-master", "")) != 0 {
			t.Errorf("deleted: %v %v", gone, err)
		}
		if back, err := ada.write("admin.custom-field-master", resource.Update, field, `{"is_deleted":false}`); err != nil || back.Get("label") != "Shoe size" {
			t.Errorf("back: %v %v", back, err)
		}
	})
}

func TestASettingTakesOneOfItsValuesOrAnyBetweenItsBounds(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := asker{t, w, open(t, w), w.Ada}
		zone := ada.wrote("admin.settings-data", resource.Create, 0, `{"settings_id":1,"settings_allowed_value_id":1021}`)
		if zone.Get("value") != "UTC" {
			t.Errorf("the zone is %v", zone.Get("value"))
		}
		changed, err := ada.write("admin.settings-data", resource.Update, key(zone), `{"settings_allowed_value_id":1022}`)
		if err != nil || changed.Get("value") != "Europe/London" {
			t.Errorf("changed to %v: %v", changed, err)
		}
		ada.refusedAt(fault.Conflict, "", "admin.settings-data", resource.Create, 0, `{"settings_id":1,"settings_allowed_value_id":1021}`)
		ada.refusedAt(fault.Invalid, "settings_allowed_value_id", "admin.settings-data", resource.Create, 0, `{"settings_id":2,"settings_allowed_value_id":1021}`)
		ada.refusedAt(fault.Invalid, "settings_allowed_value_id", "admin.settings-data", resource.Create, 0, `{"settings_id":1,"user_id":`+str(w.Rita.ID)+`}`)
		ada.refusedAt(fault.Invalid, "unconstrained_value", "admin.settings-data", resource.Create, 0, `{"settings_id":8,"unconstrained_value":5000}`)
		ada.refusedAt(fault.Invalid, "user_id", "admin.settings-data", resource.Create, 0, `{"settings_id":8,"unconstrained_value":50,"user_id":`+str(w.Otto.ID)+`}`)
		if rows := ada.wrote("admin.settings-data", resource.Create, 0, `{"settings_id":8,"unconstrained_value":25}`); rows.Get("value") != "25" {
			t.Errorf("free: %v", rows.Get("value"))
		}
	})
}

func TestAWordingIsCheckedAndTheSharedOneStays(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		_, err := rita.write("models.notification-template", resource.Create, 0, `{"type_id":111,"subject":"Hi","content":"Dear {%full-name}"}`)
		if f, _ := fault.As(err); f == nil || f.Fields["content"] != "There is no tag {%full-name} for this message." {
			t.Errorf("an unknown tag: %v", err)
		}
		own := rita.wrote("admin.notification-template", resource.Create, 0, `{"type_id":111,"subject":"Yes, {%candidate-first-name}","content":"<p>Good</p>"}`)
		if own.Get("organization_id").(int64) != w.Acme.ID {
			t.Errorf("made %v", own)
		}
		rita.refusedAt(fault.Invalid, "content", "admin.notification-template", resource.Update, key(own), `{"content":"{%link}"}`)
		rita.refusedAt(fault.Invalid, "content", "admin.notification-template", resource.Create, 0, `{"type_id":101,"subject":"Come","content":"without a way in"}`)
		exec(t, w, "INSERT INTO notification_templates (type_id, subject, content, is_deleted, created_at, updated_at) VALUES (111, 'S', 'C', FALSE, ?, ?)")
		shared := rita.ids("admin.notification-template", "subject=s&sort=-id")[0]
		rita.refusedAt(fault.Forbidden, "", "admin.notification-template", resource.Update, shared, `{"subject":"Mine"}`)
		rita.refusedAt(fault.Forbidden, "", "admin.notification-template", resource.Delete, shared, "")
		if got := (asker{t, w, rita.c, w.Otto}).ids("models.notification-template", ""); !slices.Equal(got, []int64{shared}) {
			t.Errorf("another firm sees %v", got)
		}
	})
}

// exec inserts a row whose last two columns are its times.
func exec(t *testing.T, w *testkit.World, sql string) {
	t.Helper()
	now := w.Clock.Now()
	if err := w.DB.Write.Exec(sql, now, now).Error; err != nil {
		t.Fatal(err)
	}
}
