package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestTheOrganizationIsChanged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		form := url.Values{"name": {"Acme Ferries"}, "time_zone": {"Asia/Kolkata"}, "from_address": {"hiring@acme.example.com"}, "city": {"Porto"}}
		ada.Post(t, "/admin/organization", form).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/organization").Want(http.StatusOK).Says("Acme Ferries", "Porto")
		form.Set("time_zone", "Mars/Olympus")
		form.Set("from_address", "nobody")
		ada.Post(t, "/admin/organization", form).Want(http.StatusUnprocessableEntity).Says("no time zone of this name", "not an e-mail address", "Porto")
		w.Visitor(t).Post(t, "/password/forgotten", url.Values{"email": {w.Rita.Email}})
		w.Drain(t)
		var n models.Notification
		if err := w.DB.Read.Last(&n).Error; err != nil || n.FromAddress != "hiring@acme.example.com" {
			t.Errorf("%v: mail leaves from %q", err, n.FromAddress)
		}
	})
}

func TestAFeatureSwitchedOffIsGone(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita := w.SignIn(t, w.Ada), w.SignIn(t, w.Rita)
		rita.Get(t, "/assessments/new").Want(http.StatusOK)
		ada.PostPart(t, "/admin/organization/switches", url.Values{"name": {"hasAssessmentCreate"}}).Want(http.StatusOK).Says("Creating assessments: off.")
		rita.Get(t, "/assessments/new").Want(http.StatusForbidden)
		ada.Post(t, "/admin/organization/switches", url.Values{"name": {"hasAssessmentCreate"}, "on": {"1"}}).Want(http.StatusSeeOther)
		rita.Get(t, "/assessments/new").Want(http.StatusOK)
	})
}

func TestCustomFieldsComeAndGo(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		form := url.Values{"label": {"Notice period"}, "key": {"notice_period"}, "type": {"1"}, "data_type": {"number"}}
		ada.Post(t, "/admin/fields", form).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/fields").Want(http.StatusOK).Says("Notice period", "notice_period")
		ada.Post(t, "/admin/fields", form).Want(http.StatusUnprocessableEntity).Says("already")
		form.Set("key", "9 lives")
		ada.Post(t, "/admin/fields", form).Want(http.StatusUnprocessableEntity).Says("Begin with a letter")
		var field models.CustomField
		w.DB.Read.First(&field)
		path := fmt.Sprintf("/admin/fields/%d", field.ID)
		ada.Post(t, path, url.Values{"label": {"Notice"}, "data_type": {"text"}}).Want(http.StatusSeeOther)
		ada.Post(t, path+"/deletion", nil).Want(http.StatusSeeOther)
		if page := ada.Get(t, "/admin/fields"); page.Find("tbody tr").Length() != 0 {
			t.Error("the deleted field is listed")
		}
		ada.Post(t, path+"/restoration", nil).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/fields").Says("Notice")
	})
}

func TestCategoriesAndReasons(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		ada.Post(t, "/admin/categories", url.Values{"name": {"Ports"}, "type": {"200"}}).Want(http.StatusSeeOther)
		ada.Post(t, "/admin/categories", url.Values{"name": {"PORTS"}, "type": {"200"}}).Want(http.StatusUnprocessableEntity).Says("already")
		ada.Post(t, "/admin/reasons", url.Values{"label": {"No permit"}, "status_id": {fmt.Sprint(models.Rejected.ID())}}).Want(http.StatusSeeOther)
		ada.Post(t, "/admin/reasons", url.Values{"label": {"Odd"}, "status_id": {fmt.Sprint(models.Invited.ID())}}).Want(http.StatusUnprocessableEntity)
		ada.Get(t, "/admin/categories").Want(http.StatusOK).Says("Ports", "No permit")
	})
}

func TestTheAuditLogTellsFiltersAndProves(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		w.SignIn(t, w.Rita)
		w.Candidate(t, 0)
		page := ada.Get(t, "/admin/audit?who=RITA").Want(http.StatusOK).Says("signed in", "added")
		if names := page.Find("tbody strong").Text(); strings.Contains(names, "Ada") {
			t.Error("entries of others are shown")
		}
		if n := ada.Get(t, "/admin/audit?verb=create-candidate&subject=candidate").Find("tbody tr").Length(); n != 1 {
			t.Errorf("%d entries by verb and subject", n)
		}
		if n := ada.Get(t, "/admin/audit?from=2030-01-01").Find("tbody tr").Length(); n != 0 {
			t.Errorf("%d entries of the future", n)
		}
		ada.Post(t, "/admin/audit/verification", nil).Want(http.StatusOK).Says("The chain is whole")
		w.SignIn(t, w.Otto).Get(t, "/admin/audit?who=rita").Want(http.StatusOK).Says("No entries fit")

		if err := w.DB.Write.Model(&models.AuditEntry{}).Where("organization_id = ? AND seq = 3", w.Acme.ID).
			UpdateColumn("actor_name", "Somebody Else").Error; err != nil {
			t.Fatal(err)
		}
		ada.Post(t, "/admin/audit/verification", nil).Want(http.StatusOK).Says("broken at entry 3")
	})
}
