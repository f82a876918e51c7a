package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAnotherOrganizationIsFoundedAndManaged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, otto := w.SignIn(t, w.Ada), w.SignIn(t, w.Otto)
		ada.Get(t, "/admin/organizations").Want(http.StatusOK).Says("Acme", "Yours")
		ada.Post(t, "/admin/organizations", url.Values{"name": {" "}, "time_zone": {"Asia/Tokyo"}}).Want(http.StatusUnprocessableEntity).Says("a name")
		made := ada.Post(t, "/admin/organizations", url.Values{"name": {"Acme Japan"}, "time_zone": {"Asia/Tokyo"}}).Want(http.StatusSeeOther)
		at := made.Header.Get("Location")
		ada.Get(t, at).Want(http.StatusOK).Says("Acme Japan", "Ada Admin")
		otto.Get(t, at).Want(http.StatusNotFound)
		otto.Post(t, at, url.Values{"name": {"Taken"}, "time_zone": {"UTC"}}).Want(http.StatusNotFound)
		ada.Post(t, at, url.Values{"name": {""}, "time_zone": {"Asia/Tokyo"}, "city": {"Osaka"}}).Want(http.StatusUnprocessableEntity).Says("a name", "Osaka")
		ada.Post(t, at, url.Values{"name": {"Acme Nippon"}, "time_zone": {"Asia/Tokyo"}}).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/organizations").Says("Acme Nippon")
		ada.Get(t, "/admin/organization").Says("Acme")

		managers := at + "/managers"
		ada.Post(t, managers, url.Values{"email": {"nobody@acme.example.com"}}).Want(http.StatusUnprocessableEntity).Says("has this address", "nobody@acme.example.com")
		ada.Post(t, managers, url.Values{"email": {w.Otto.Email}}).Want(http.StatusUnprocessableEntity)
		ada.Post(t, managers, url.Values{"email": {w.Rita.Email}}).Want(http.StatusSeeOther)
		ada.Post(t, managers, url.Values{"email": {w.Rita.Email}}).Want(http.StatusUnprocessableEntity).Says("already")
		var links []models.OrganizationManager
		w.DB.Read.Order("id").Find(&links)
		if len(links) != 2 || links[0].UserID != w.Ada.ID || links[1].UserID != w.Rita.ID {
			t.Fatalf("links: %+v", links)
		}
		end := func(link models.OrganizationManager) testkit.Reply {
			return ada.Post(t, fmt.Sprintf("%s/%d/removal", managers, link.ID), nil).Want(http.StatusSeeOther)
		}
		ada.Follow(t, end(links[0])).Says("cannot end your own link")
		ada.Follow(t, end(links[1])).Says("manages the organization no longer")
		var left int64
		w.DB.Read.Model(&models.OrganizationManager{}).Where("NOT is_deleted").Count(&left)
		if left != 1 {
			t.Errorf("%d links are left", left)
		}
	})
}

func TestPermissionsOfEveryone(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, paul := w.SignIn(t, w.Ada), w.SignIn(t, w.Paul)
		ada.Get(t, "/admin/permissions").Want(http.StatusOK).Says("Nothing was granted to everyone", "Nobody has more or less", "Master Recruiter")
		paul.Get(t, "/candidates").Want(http.StatusForbidden)
		item := url.Values{"item": {"candidate.view"}}
		ada.Post(t, "/admin/permissions", item).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/permissions").Says("See candidates", "Take back")
		paul.Get(t, "/candidates").Want(http.StatusOK)
		w.SignIn(t, w.Otto).Get(t, "/admin/permissions").Want(http.StatusOK).Says("Nothing was granted to everyone")
		ada.Post(t, fmt.Sprintf("/admin/users/%d/permissions", w.Paul.ID), url.Values{"item": {"candidate.view"}, "permission": {"refused"}}).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/permissions").Says("Refused", w.Paul.Name)
		paul.Get(t, "/candidates").Want(http.StatusForbidden)
		ada.Post(t, "/admin/permissions/removals", item).Want(http.StatusSeeOther)
		ada.Follow(t, ada.Post(t, "/admin/permissions", url.Values{"item": {"moon.shine"}}).Want(http.StatusSeeOther)).Says("no such permission")
	})
}
