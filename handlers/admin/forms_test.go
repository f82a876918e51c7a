package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// builder is what the form builder sends for one part with a drop-down, another that depends on it, and a text.
func builder(list int64) url.Values {
	id := fmt.Sprint(list)
	return url.Values{"name": {"Where you live"}, "type": {"3"}, "start_date": {""}, "end_date": {"2027-03-31"},
		"row":    {"part:1", "field:2", "field:3", "field:4"},
		"part-1": {"About you"},
		"id-2":   {"field_1"}, "label-2": {"Country"}, "type-2": {"select"}, "list-2": {id}, "required-2": {"1"},
		"id-3": {"field_2"}, "label-3": {"City"}, "type-3": {"select"}, "list-3": {id}, "depends-3": {"field_1"},
		"id-4": {"field_3"}, "label-4": {"Country"}, "type-4": {"text"}, "hint-4": {"Again, in your words"}}
}

func TestAFormIsMadeMovedAndSaved(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		list := w.PlacesList(t)
		ada := w.SignIn(t, w.Ada)
		ada.Get(t, "/admin/forms").Want(http.StatusOK).Says("No forms yet")
		ada.Get(t, "/admin/forms/new").Want(http.StatusOK).Says("Candidates fill it in before a section starts.")

		typed := builder(list.ID)
		typed.Set("do", "up:4")
		moved := ada.Post(t, "/admin/forms", typed).Want(http.StatusOK)
		if order := moved.Find("[name=row]").Eq(2).AttrOr("value", ""); order != "field:4" {
			t.Errorf("the third row is %q, want the field that was moved up", order)
		}
		if n := moved.Find("#form-preview optgroup[label=Portugal] option").Length(); n != 2 {
			t.Errorf("the preview offers %d cities of Portugal, want 2", n)
		}
		typed = builder(list.ID)
		typed.Set("do", "add-field:1")
		if n := ada.Post(t, "/admin/forms", typed).Want(http.StatusOK).Find("[data-field]").Length(); n != 4 {
			t.Errorf("%d fields after adding one to three", n)
		}
		reply := ada.Post(t, "/admin/forms", builder(list.ID))
		page := ada.Follow(t, reply).Says("Saved “Where you live”.")
		if got := page.Find("[name=end_date]").AttrOr("value", ""); got != "2027-03-31" {
			t.Errorf("last day %q", got)
		}
		var form models.Form
		w.DB.Read.Where("name = ?", "Where you live").First(&form)
		fields := form.Structure[0].InOrder()
		if len(fields) != 3 || fields[0].Name != "country" || fields[2].Name != "country_2" || fields[1].DependsOn != "field_1" || !fields[0].Required {
			t.Errorf("stored %+v", fields)
		}
	})
}

func TestAFormIsRefusedByTheOneRule(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		list := w.PlacesList(t)
		ada := w.SignIn(t, w.Ada)
		for name, row := range map[string]struct {
			change func(v url.Values)
			says   string
		}{
			"no name":               {func(v url.Values) { v.Set("name", " ") }, "Give the form a name."},
			"no label":              {func(v url.Values) { v.Set("label-4", "") }, "Every field needs a name."},
			"nothing to choose":     {func(v url.Values) { v.Set("type-4", "radio") }, "offers nothing to choose from"},
			"depends on a later":    {func(v url.Values) { v["row"] = []string{"part:1", "field:3", "field:2", "field:4"} }, "no drop-down list before it"},
			"a foreign list":        {func(v url.Values) { v.Set("list-2", "999"); v.Set("type-3", "text") }, "a list that does not exist"},
			"a kind of its own":     {func(v url.Values) { v.Set("type-4", "colour") }, "a field is one of"},
			"ends before it starts": {func(v url.Values) { v.Set("start_date", "2027-05-01") }, "The end must come after the start."},
			"no day":                {func(v url.Values) { v.Set("start_date", "soon") }, "not a day"},
		} {
			typed := builder(list.ID)
			row.change(typed)
			ada.Post(t, "/admin/forms", typed).Want(http.StatusUnprocessableEntity).Says(row.says, "Again, in your words")
			if t.Failed() {
				t.Fatalf("%s was not refused as it should be", name)
			}
		}
	})
}

func TestFormsAreFoundCopiedAndDeleted(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		form := w.PreForm(t, models.AssessmentCandidateForm)
		ada := w.SignIn(t, w.Ada)
		ada.Get(t, "/admin/forms?q=BEFORE&type=3").Want(http.StatusOK).Says("Before we start", "2 fields", "Not used yet")
		ada.Get(t, "/admin/forms?q=elsewhere").Want(http.StatusOK).Says("No form fits these filters")
		place := fmt.Sprintf("/admin/forms/%d", form.ID)
		ada.Follow(t, ada.Post(t, place+"/copies", nil)).Says("Copy of Before we start", "Telephone")
		ada.Follow(t, ada.Post(t, place+"/deletion", nil)).Says("Deleted “Before we start”.", "Copy of Before we start")
		ada.Get(t, place).Want(http.StatusNotFound)
		ada.Get(t, "/admin/forms?deleted=true").Says("Before we start", "Bring back")
		ada.Follow(t, ada.Post(t, place+"/restoration", nil)).Says("“Before we start” is back.")
		ada.Get(t, place).Want(http.StatusOK)
		w.DB.Write.Model(&models.Form{}).Where("id = ?", form.ID).Update("is_editable", false)
		ada.Get(t, place).Want(http.StatusOK).Says("keeps it from being edited")
		ada.Post(t, place, url.Values{"name": {"Mine"}, "type": {"3"}}).Want(http.StatusConflict)
	})
}

func TestADropDownListIsATree(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		reply := ada.Post(t, "/admin/lists", url.Values{"name": {"Places"}})
		ada.Follow(t, reply).Says("Made “Places”.")
		place := reply.Header.Get("Location")
		ada.Post(t, "/admin/lists", url.Values{"name": {"places"}}).Want(http.StatusUnprocessableEntity).Says("There is a list with this name already.")
		ada.Post(t, place+"/options", url.Values{"lines": {" \n"}}).Want(http.StatusUnprocessableEntity).Says("Write one option a line.")
		lines := url.Values{"lines": {"Spain\n\tMadrid\nPortugal\n  Lisbon\n  Porto\n"}}
		for range 2 {
			ada.Follow(t, ada.Post(t, place+"/options", lines)).Says("Added the options.")
		}
		page := ada.Get(t, place)
		if all, cities := page.Find(".list-row").Length(), page.Find("li li .list-row").Length(); all != 5 || cities != 3 {
			t.Errorf("%d options, %d of them below another; want 5 and 3", all, cities)
		}
		id := func(value string) string {
			var o models.SelectFieldData
			w.DB.Read.Where("value = ?", value).First(&o)
			return fmt.Sprintf("/admin/list-options/%d", o.ID)
		}
		ada.Follow(t, ada.Post(t, id("Portugal")+"/position", url.Values{"by": {"-1"}}))
		if first := ada.Get(t, place).Find("[name=value]").First().AttrOr("value", ""); first != "Portugal" {
			t.Errorf("%q stands first", first)
		}
		ada.Follow(t, ada.Post(t, id("Portugal")+"/deletion", nil)).Says("Other options stand below “Portugal”.")
		ada.Follow(t, ada.Post(t, id("Porto")+"/deletion", nil)).Says("Deleted “Porto”.")
		ada.Follow(t, ada.Post(t, id("Porto")+"/restoration", nil)).Says("It is back.")
		ada.Follow(t, ada.Post(t, id("Portugal"), url.Values{"value": {"Portugal and the isles"}})).Says("Saved “Portugal and the isles”.")
		ada.Follow(t, ada.Post(t, place+"/deletion", nil)).Says("This list has options.")
		var porto models.SelectFieldData
		w.DB.Read.Where("value = ?", "Porto").First(&porto)
		if porto.ParentValue == nil || *porto.ParentValue != "Portugal and the isles" {
			t.Errorf("the parent of Porto is called %v", porto.ParentValue)
		}
	})
}

func TestSettingsCascade(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita := w.SignIn(t, w.Ada), w.SignIn(t, w.Rita)
		rows := fmt.Sprintf("setting-%d", models.SettingItemsPerPage)
		rita.Get(t, "/account/settings").Want(http.StatusOK).Says("Empty: 50, from the default.")
		ada.Post(t, "/admin/settings", url.Values{rows: {"500"}}).Want(http.StatusUnprocessableEntity).Says("from 10 to 200", "500")
		ada.Follow(t, ada.Post(t, "/admin/settings", url.Values{rows: {"80"}})).Says("Saved the settings.")
		rita.Get(t, "/account/settings").Says("Empty: 80, from your organization.")
		var dark models.SettingsAllowedValue
		w.DB.Read.Where("settings_id = ? AND item_value = 'dark'", models.SettingTheme).First(&dark)
		theme := fmt.Sprintf("setting-%d", models.SettingTheme)
		rita.Follow(t, rita.Post(t, "/account/settings", url.Values{rows: {"20"}, theme: {fmt.Sprint(dark.ID)}})).Says("Saved your settings.")
		all, err := actions.LoadSettings(w.DB.Read, w.Acme.ID, w.Rita.ID)
		if err != nil {
			t.Fatal(err)
		}
		values := map[int64]string{}
		for _, s := range all.InForce(w.Rita.ID) {
			values[s.Setting.ID] = s.Value
		}
		if values[models.SettingItemsPerPage] != "20" || values[models.SettingTheme] != "dark" {
			t.Errorf("in force for Rita: %v", values)
		}
		rita.Follow(t, rita.Post(t, "/account/settings", url.Values{rows: {""}}))
		page := rita.Get(t, "/account/settings").Says("Empty: 80, from your organization.")
		if got := page.Find(fmt.Sprintf("[name=%s] option[selected]", theme)).Text(); got == "" || !strings.Contains(strings.ToLower(got), "dark") {
			t.Errorf("the theme shown is %q", got)
		}
		if got := ada.Get(t, "/admin/settings").Find("[name="+rows+"]").AttrOr("value", ""); got != "80" {
			t.Errorf("the organization's choice became %q", got)
		}
	})
}

func TestEveryKindOfMessageIsListedInAGroup(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ada := w.SignIn(t, w.Ada)
	page := ada.Get(t, "/admin/templates").Want(http.StatusOK).
		Says("To candidates, about an assessment", "To panelists", "Live interviews", "Simulations", "Events", "Other programs", "Accounts", "Text messages, beside the mails")
	if n := page.Find("main section h2").Length(); n != 8 {
		t.Errorf("%d headings, want each group once", n)
	}
	ada.Post(t, "/admin/templates/event-panel", url.Values{"subject": {"Soon"}, "content": {"For {%verification-code}, see {%link}"}}).
		Want(http.StatusUnprocessableEntity).Says("verification-code")
}
