package account_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func setting(id int64, value string) url.Values {
	return url.Values{fmt.Sprintf("setting-%d", id): {value}}
}

// attribute is an attribute of the whole page.
func attribute(r testkit.Reply, name string) string {
	value, _ := r.Find("html").Attr(name)
	return value
}

func TestThemeAndDensityAreObeyed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita := w.SignIn(t, w.Ada), w.SignIn(t, w.Rita)
		const light, dark, compact = "502", "503", "602"
		ada.Post(t, "/admin/settings", setting(models.SettingTheme, dark)).Want(http.StatusSeeOther)
		ada.Post(t, "/admin/settings", setting(models.SettingDensity, compact)).Want(http.StatusSeeOther)
		if page := rita.Get(t, "/account"); attribute(page, "data-theme") != "dark" || attribute(page, "data-density") != "compact" {
			t.Errorf("by the organization: %q, %q", attribute(page, "data-theme"), attribute(page, "data-density"))
		}
		rita.Post(t, "/account/settings", setting(models.SettingTheme, light)).Want(http.StatusSeeOther)
		if page := rita.Get(t, "/account"); attribute(page, "data-theme") != "light" {
			t.Errorf("by the user: %q", attribute(page, "data-theme"))
		}
	})
}

func TestTheRowsOfAPageAreObeyed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Crowd(t, 12, 0)
		rita := w.SignIn(t, w.Rita)
		rows := func() int { return rita.Get(t, "/candidates").Want(http.StatusOK).Find("tbody tr").Length() }
		if got := rows(); got != 12 {
			t.Errorf("at first %d rows", got)
		}
		rita.Post(t, "/account/settings", setting(models.SettingItemsPerPage, "10")).Want(http.StatusSeeOther)
		if got := rows(); got != 10 {
			t.Errorf("then %d rows", got)
		}
		rita.Post(t, "/account/settings", setting(models.SettingItemsPerPage, "1000")).Want(http.StatusUnprocessableEntity).Says("from 10 to 200")
	})
}

func TestTheDaysOfAnInvitationAreOffered(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		w.SignIn(t, w.Ada).Post(t, "/admin/settings", setting(models.SettingInvitationDays, "21")).Want(http.StatusSeeOther)
		page := w.SignIn(t, w.Rita).Get(t, fmt.Sprintf("/assessments/%d/invitations/new", assessment.ID)).Want(http.StatusOK)
		want := w.Clock.Now().AddDate(0, 0, 21).Format("2006-01-02")
		if got, _ := page.Find("input[type=date]").Attr("value"); got != want {
			t.Errorf("the last day offered is %s, want %s", got, want)
		}
	})
}

func TestCandidatesSeeTheColourAndTheTerms(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		link := w.Link(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		ada := w.SignIn(t, w.Ada)
		ada.Post(t, "/admin/settings", setting(models.SettingAccentColour, "teal")).Want(http.StatusUnprocessableEntity).Says("six digits", "teal")
		ada.Post(t, "/admin/settings", setting(models.SettingAccentColour, "#ffe14d")).Want(http.StatusSeeOther)
		ada.Post(t, "/admin/organization", url.Values{"name": {"Acme"}, "time_zone": {"UTC"}, "terms_link": {"https://acme.example.com/terms"}}).Want(http.StatusSeeOther)
		page := w.Visitor(t).Get(t, link).Want(http.StatusOK).Says("--key:#ffe14d", "--on-key:#000000", "https://acme.example.com/terms")
		nonce, _ := page.Find("style").Attr("nonce")
		if nonce == "" || !strings.Contains(page.Header.Get("Content-Security-Policy"), "style-src 'self' 'nonce-"+nonce+"'") {
			t.Errorf("the style is not let in: %q", nonce)
		}
		if ada.Get(t, "/account").Find("style").Length() != 0 {
			t.Error("the colour is on screens of users")
		}
	})
}

func TestOneTimeZoneWhereverItIsChosen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, ada := w.SignIn(t, w.Rita), w.Program(t, w.Ada)
		data := fmt.Sprintf("/api/v4/admin/organization/%d/settings-data", w.Acme.ID)
		inForce := func() (value string, allowed any) {
			var got struct {
				Value   string
				Allowed any `json:"settings_allowed_value_id"`
			}
			w.Program(t, w.Rita).Get(t, "/api/v4/user/me/settings_data/1").Want(http.StatusOK).Into(&got)
			return got.Value, got.Allowed
		}
		var made struct{ ID int64 }
		ada.JSON(t, "POST", data, map[string]any{"settings_id": 1, "settings_allowed_value_id": 1063, "user_id": w.Rita.ID}).Want(http.StatusCreated).Into(&made)
		rita.Get(t, "/").Want(http.StatusOK).Says("Tokyo")
		if value, allowed := inForce(); value != "Asia/Tokyo" || allowed != 1063.0 {
			t.Errorf("through the API: %s, %v", value, allowed)
		}
		ada.Send(t, "DELETE", fmt.Sprintf("%s/%d", data, made.ID), "", "").Want(http.StatusNoContent)
		if value, _ := inForce(); value != "Europe/Lisbon" {
			t.Errorf("taken back: %s", value)
		}
		ada.JSON(t, "POST", data, map[string]any{"settings_id": 1, "settings_allowed_value_id": 1063, "user_id": w.Rita.ID}).Want(http.StatusCreated)
		rita.Post(t, "/account/profile", url.Values{"name": {"Rita"}, "time_zone": {"Europe/Zagreb"}, "locale": {"en-US"}}).Want(http.StatusSeeOther)
		if value, allowed := inForce(); value != "Europe/Zagreb" || allowed != nil {
			t.Errorf("on the profile: %s, %v", value, allowed)
		}
		var left []struct{ ID int64 }
		ada.Get(t, data+"?settings_id=1").Want(http.StatusOK).Into(&left)
		if len(left) != 0 {
			t.Errorf("the old choice still stands: %v", left)
		}
		ada.JSON(t, "POST", data, map[string]any{"settings_id": 1, "settings_allowed_value_id": 1066}).Want(http.StatusCreated)
		w.SignIn(t, w.Paul).Get(t, "/").Want(http.StatusOK).Says("Sydney")
	})
}

func TestNewPeopleBeginWithTheOrganizationsLanguage(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.Program(t, w.Ada)
		ada.JSON(t, "POST", fmt.Sprintf("/api/v4/admin/organization/%d/settings-data", w.Acme.ID),
			map[string]any{"settings_id": models.SettingLanguage, "settings_allowed_value_id": 402}).Want(http.StatusCreated)
		var made struct{ DefaultLocale string }
		ada.JSON(t, "POST", "/api/v4/models/user", map[string]any{"email": "n@acme.example.com", "username": "n@acme.example.com"}).Want(http.StatusCreated).Into(&made)
		if made.DefaultLocale != "de-DE" {
			t.Errorf("begins with %q", made.DefaultLocale)
		}
	})
}

func TestTheSettingsScreenSaysWhatIsOnlyKept(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	page := w.SignIn(t, w.Ada).Get(t, "/admin/settings").Want(http.StatusOK).Says("Kept for other programs")
	for id, kept := range map[int64]bool{models.SettingDateFormat: true, models.SettingFirstDay: true, models.SettingReminderLead: true,
		models.SettingTheme: false, models.SettingItemsPerPage: false, models.SettingAccentColour: false} {
		if got := page.Find(fmt.Sprintf("[aria-labelledby=kept] [name=setting-%d]", id)).Length() == 1; got != kept {
			t.Errorf("setting %d: kept %v", id, got)
		}
	}
}
