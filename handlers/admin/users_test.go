package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

func userPath(u models.User, rest string) string { return fmt.Sprintf("/admin/users/%d%s", u.ID, rest) }

func reload(t *testing.T, w *testkit.World, u models.User) models.User {
	t.Helper()
	var now models.User
	if err := w.DB.Read.First(&now, u.ID).Error; err != nil {
		t.Fatal(err)
	}
	return now
}

func TestInvitingSomebodyUntilTheySignIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		form := url.Values{"name": {"Nell Newcomer"}, "email": {"nell@acme.example.com"}, "roles": {"Evaluator", "Hiring Manager"}}
		ada.Post(t, "/admin/users", form).Want(http.StatusSeeOther)
		ada.Get(t, "/admin/users?q=nell&status=new").Want(http.StatusOK).Says("Nell Newcomer", "Hiring Manager", "1 people")
		ada.Post(t, "/admin/users", form).Want(http.StatusUnprocessableEntity).Says("already")

		first := invitation(t, w)
		var nell models.User
		w.DB.Read.Where("email = ?", "nell@acme.example.com").First(&nell)
		ada.Post(t, userPath(nell, "/invitation"), nil).Want(http.StatusSeeOther)
		second := invitation(t, w)
		c := w.Visitor(t)
		c.Get(t, first).Want(http.StatusGone)
		c.Get(t, second).Want(http.StatusOK).Says("Welcome to Acme")
		c.Post(t, second, url.Values{"password": {"pebble lantern orchard violin"}}).Want(http.StatusSeeOther)
		c.Post(t, "/sign-in", url.Values{"email": {nell.Email}, "password": {"pebble lantern orchard violin"}}).Want(http.StatusSeeOther)
		c.Get(t, "/").Want(http.StatusOK).Says("Evaluator")
		ada.Post(t, userPath(nell, "/invitation"), nil)
		if reload(t, w, nell).Status != models.UserActive {
			t.Error("the account is not active")
		}
	})
}

func invitation(t *testing.T, w *testkit.World) string {
	t.Helper()
	var n models.Notification
	if err := w.DB.Read.Order("id DESC").First(&n).Error; err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`http://assay\.test(/invitation/[\w-]+)`).FindStringSubmatch(n.Content)
	if found == nil {
		t.Fatalf("no link in %s", n.Content)
	}
	return found[1]
}

func TestRolesAreChangedWithinBounds(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		post := func(u models.User, roles ...string) testkit.Reply {
			return ada.Post(t, userPath(u, "/roles"), url.Values{"roles": roles})
		}
		post(w.Paul, "Recruiter").Want(http.StatusSeeOther)
		if now := reload(t, w, w.Paul); now.CurrentRole != models.Recruiter || len(now.Roles) != 1 {
			t.Errorf("Paul is %v, works as %s", now.Roles, now.CurrentRole)
		}
		post(w.Paul).Want(http.StatusUnprocessableEntity).Says("at least one role")
		post(w.Paul, "Emperor").Want(http.StatusUnprocessableEntity)
		post(w.Paul, "Super Admin").Want(http.StatusUnprocessableEntity).Says("Only a super administrator")
		post(w.Ada, "Admin", "Master Recruiter", "Evaluator", "Content Manager").Want(http.StatusUnprocessableEntity).Says("Nobody adds roles")
		post(w.Ada, "Evaluator").Want(http.StatusSeeOther)
		if !reload(t, w, w.Ada).HasRole(models.Admin) {
			t.Error("the only administrator gave it up")
		}
		ada.Get(t, userPath(w.Ada, "")).Says("the only administrator")
		post(w.Rita, "Admin", "Master Recruiter").Want(http.StatusSeeOther)
		post(w.Ada, "Evaluator").Want(http.StatusSeeOther)
		if reload(t, w, w.Ada).HasRole(models.Admin) {
			t.Error("with another administrator there, it may be given up")
		}
		ada.Get(t, "/admin/users").Want(http.StatusForbidden)
	})
}

func TestSuspendingActsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita := w.SignIn(t, w.Ada), w.SignIn(t, w.Rita)
		ada.Post(t, userPath(w.Rita, "/suspension"), nil).Want(http.StatusSeeOther)
		rita.Get(t, "/").Want(http.StatusSeeOther)
		ada.Post(t, userPath(w.Rita, "/activation"), nil).Want(http.StatusSeeOther)
		rita.Get(t, "/").Want(http.StatusSeeOther) // the session is gone for good
		w.SignIn(t, w.Rita)
		for _, what := range []string{"/suspension", "/deletion"} {
			ada.Post(t, userPath(w.Ada, what), nil).Want(http.StatusSeeOther)
		}
		if now := reload(t, w, w.Ada); now.Status != models.UserActive || now.IsDeleted {
			t.Error("Ada locked herself out")
		}
	})
}

func TestADeletedAccountFreesItsAddress(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		ada.Post(t, userPath(w.Paul, "/deletion"), nil).Want(http.StatusSeeOther)
		ada.Get(t, userPath(w.Paul, "")).Want(http.StatusNotFound)
		form := url.Values{"name": {"Paul Again"}, "email": {w.Paul.Email}, "roles": {"Evaluator"}}
		ada.Post(t, "/admin/users", form).Want(http.StatusSeeOther)
	})
}

func TestPermissionsBeyondTheRole(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, paul := w.SignIn(t, w.Ada), w.SignIn(t, w.Paul)
		set := func(u models.User, item, permission string) testkit.Reply {
			return ada.Post(t, userPath(u, "/permissions"), url.Values{"item": {item}, "permission": {permission}}).Want(http.StatusSeeOther)
		}
		paul.Get(t, "/admin/audit").Want(http.StatusForbidden)
		set(w.Paul, "audit.view", "granted")
		paul.Get(t, "/admin/audit").Want(http.StatusOK)
		ada.Get(t, userPath(w.Paul, "")).Says("Granted", "Read the audit log")
		set(w.Paul, "audit.view", "refused")
		paul.Get(t, "/admin/audit").Want(http.StatusForbidden)
		set(w.Paul, "audit.view", "")
		set(w.Paul, "organization.found", "granted")
		set(w.Ada, "participation.attend", "granted")
		var left int64
		w.DB.Read.Model(&models.PermissionGrant{}).Count(&left)
		if left != 0 {
			t.Errorf("%d permissions are left", left)
		}
	})
}

func TestASuperAdministratorIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a := actions.CreateUser{Name: "Sol Super", Email: "sol@acme.example.com", Roles: []models.Role{models.SuperAdmin}, Password: testkit.Password}
	w.Run(t, access.Program(w.Acme.ID), &a)
	ada := w.SignIn(t, w.Ada)
	for _, what := range []string{"/suspension", "/deletion", "/second-factor", "/sign-out"} {
		ada.Post(t, userPath(a.User, what), nil).Want(http.StatusSeeOther)
	}
	if now := reload(t, w, a.User); now.Status != models.UserActive || now.IsDeleted {
		t.Error("an administrator changed a super administrator")
	}
	w.SignIn(t, a.User).Post(t, userPath(w.Ada, "/suspension"), nil).Want(http.StatusSeeOther)
	if reload(t, w, w.Ada).Status != models.UserSuspended {
		t.Error("a super administrator cannot suspend an administrator")
	}
}

func TestTheListOfPeopleIsPagedFilteredAndFlat(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada := w.SignIn(t, w.Ada)
		few := queries(t, w, func() { ada.Get(t, "/admin/users").Want(http.StatusOK) })
		for i := range 60 {
			a := actions.CreateUser{Name: fmt.Sprintf("Zoë Person %02d", i), Email: fmt.Sprintf("z%d@acme.example.com", i), Roles: []models.Role{models.Sourcer}}
			w.Run(t, access.Program(w.Acme.ID), &a)
		}
		var page testkit.Reply
		many := queries(t, w, func() { page = ada.Get(t, "/admin/users").Want(http.StatusOK) })
		if many > few {
			t.Errorf("%d queries for few people, %d for many", few, many)
		}
		next, _ := page.Find("a[rel=next]").Attr("href")
		if rows := page.Find("tbody tr").Length(); rows != 50 || next == "" {
			t.Errorf("%d rows, next %q", rows, next)
		}
		if rows := ada.Get(t, next).Want(http.StatusOK).Find("tbody tr").Length(); rows != 13 {
			t.Errorf("%d rows on the second page", rows)
		}
		if rows := ada.Get(t, "/admin/users?q=zoe+person+07").Find("tbody tr").Length(); rows != 1 {
			t.Errorf("%d rows found without accents", rows)
		}
		if rows := ada.Get(t, "/admin/users?role=Evaluator&status=active").Find("tbody tr").Length(); rows != 2 {
			t.Errorf("%d evaluators", rows)
		}
		table := ada.Get(t, "/admin/users/export?role=Evaluator").Want(http.StatusOK)
		if n := strings.Count(table.Body, "\n"); n != 3 {
			t.Errorf("%d lines in the export:\n%s", n, table.Body)
		}
	})
}

// queries counts the reading queries that do takes.
func queries(t *testing.T, w *testkit.World, do func()) (n int) {
	t.Helper()
	name := fmt.Sprintf("count %p", &n)
	count := func(*gorm.DB) { n++ }
	if err := w.DB.Read.Callback().Query().After("gorm:query").Register(name, count); err != nil {
		t.Fatal(err)
	}
	do()
	if err := w.DB.Read.Callback().Query().Remove(name); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPlaceInTheListOfPeopleIsNotTakenFromAnotherOrganization(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	page := w.SignIn(t, w.Ada).Get(t, fmt.Sprintf("/admin/users?after=%d", w.Otto.ID)).Want(http.StatusOK)
	if strings.Contains(page.Body, w.Rita.Email) {
		t.Error("the list goes on behind a name of another organization")
	}
}
