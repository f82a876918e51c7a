package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"github.com/labstack/echo/v4"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// outside are routes beside the pages: they need no grant, and what they answer is proved elsewhere.
var outside = []string{"/static", "/files/", "/healthz", "/readyz", "/metrics", "/api/"}

// pages returns the routes of the pages, and fails for one that the table does not know.
func pages(t *testing.T, w *testkit.World) []*echo.Route {
	t.Helper()
	var found []*echo.Route
	for _, r := range w.Server.Routes() {
		if slices.ContainsFunc(outside, func(prefix string) bool { return strings.HasPrefix(r.Path, prefix) }) ||
			r.Method == echo.RouteNotFound {
			continue
		}
		if _, known := needed[r.Method+" "+r.Path]; !known {
			t.Errorf("%s %s has no line in needed: add it to walk_table_test.go with the grant that you expect", r.Method, r.Path)
			continue
		}
		found = append(found, r)
	}
	if len(found) < 50 {
		t.Fatalf("only %d routes found", len(found))
	}
	return found
}

// answers are what a page answers to who may see it, where that is not 200: it leads on, or there is nothing yet.
var answers = map[string]int{
	"GET /setup": http.StatusNotFound, "GET /sign-in": http.StatusSeeOther, "GET /sign-in/code": http.StatusSeeOther,
	"GET /account/picture": http.StatusNotFound, "GET /account/second-factor": http.StatusSeeOther,
}

// asked is what a page must be asked with to answer at all.
var asked = map[string]string{
	"GET /assessments/export": "?format=csv", "GET /questions/export": "?format=gift", "GET /assessments/:id/pipeline/cards": "?column=10&after=1.1",
	"GET /assessments/:id/pipeline/decisions/new": "?ids=1&status=70", "GET /questions/tags/new": "?id=1",
}

// byUnit are routes whose action counts a row that is not there among those that failed, and says so afterwards.
var byUnit = []string{"POST /candidates/:id/participations/:entry/reminders", "POST /candidates/:id/participations/:entry/invitations"}

var parameter = regexp.MustCompile(`:\w+`)

func ask(t *testing.T, c *testkit.Client, method, path string, form url.Values) testkit.Reply {
	t.Helper()
	if method == http.MethodPost {
		return c.Post(t, path, form)
	}
	return c.Do(t, httptest.NewRequest(method, "http://assay.test"+path, nil))
}

func TestEveryRouteAsEveryRole(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	routes := pages(t, w)
	for i, role := range models.Roles {
		a := actions.CreateUser{Name: "Walker", Email: fmt.Sprintf("walker%d@acme.example.com", i), Roles: []models.Role{role}, Password: testkit.Password}
		w.Run(t, access.Program(w.Acme.ID), &a)
		c := w.SignIn(t, a.User)
		for _, r := range routes {
			asRole(t, c, r, w.As(t, a.User))
		}
	}
}

// asRole asks for a route as a signed-in user. What changes something is only asked where it must be refused.
func asRole(t *testing.T, c *testkit.Client, r *echo.Route, actor access.Actor) {
	t.Helper()
	name := r.Method + " " + r.Path
	grant := needed[name]
	path := parameter.ReplaceAllString(r.Path, "1")
	if strings.HasPrefix(r.Path, "/attend") {
		if grant != nobody {
			wantStatus(t, string(actor.Role), name, ask(t, c, r.Method, path, nil), http.StatusUnauthorized)
		}
		return
	}
	if grant != nobody && !access.Can(actor, grant) {
		wantStatus(t, string(actor.Role), name, ask(t, c, r.Method, path, nil), http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet || strings.Contains(r.Path, ":") {
		return
	}
	want := http.StatusOK
	if status, special := answers[name]; special {
		want = status
	}
	wantStatus(t, string(actor.Role), name, ask(t, c, r.Method, path+asked[name], nil), want)
}

func wantStatus(t *testing.T, who, name string, r testkit.Reply, want int) {
	t.Helper()
	if r.Status != want {
		t.Errorf("%s as %s: status %d, want %d", name, who, r.Status, want)
	}
}

func TestEveryRouteAsAVisitor(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	for _, r := range pages(t, w) {
		name := r.Method + " " + r.Path
		if needed[name] == nobody {
			continue
		}
		reply := ask(t, w.Visitor(t), r.Method, parameter.ReplaceAllString(r.Path, "1"), nil)
		if strings.HasPrefix(r.Path, "/attend") {
			wantStatus(t, "a visitor", name, reply, http.StatusUnauthorized)
			continue
		}
		wantStatus(t, "a visitor", name, reply, http.StatusSeeOther)
		if to := reply.Header.Get("Location"); !strings.HasPrefix(to, "/sign-in?") {
			t.Errorf("%s leads a visitor to %s", name, to)
		}
	}
}

// forms are what a POST must hold so that it gets as far as looking for its row.
var forms = map[string]url.Values{
	"POST /admin/users/:id/roles":        {"roles": {"Recruiter"}},
	"POST /admin/users/:id/permissions":  {"item": {"question.view"}, "permission": {"granted"}},
	"POST /admin/fields/:id":             {"label": {"Taken"}, "data_type": {"text"}},
	"POST /admin/categories/:id":         {"name": {"Taken"}},
	"POST /assessments/:id/status":       {"status": {"2"}},
	"POST /candidates/:id":               {"email": {"taken@example.org"}, "first_name": {"Taken"}},
	"POST /questions/imports/:id/commit": {"duplicates": {"skip"}},
}

// ownNames are routes whose parameter is no row's id: there is nothing of another organization behind them.
var ownNames = []string{"/admin/templates/:name", "/assessments/templates/:template"}

func TestRowsOfAnotherOrganizationDoNotExist(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rows := w.Rows(t)
		ada, otto := w.SignIn(t, w.Ada), w.SignIn(t, w.Otto)
		for _, r := range pages(t, w) {
			name := r.Method + " " + r.Path
			if !strings.Contains(r.Path, ":") || needed[name] == nobody || needed[name] == "participation.attend" ||
				slices.ContainsFunc(ownNames, func(p string) bool { return strings.HasPrefix(r.Path, p) }) {
				continue
			}
			path := rows.Fill(t, r.Path) + asked[name]
			reply := ask(t, otto, r.Method, path, forms[name])
			refused := reply.Status == http.StatusSeeOther && slices.Contains(byUnit, name)
			if reply.Status != http.StatusNotFound && !refused {
				t.Errorf("%s, asked as %s by another organization: status %d, want 404", name, path, reply.Status)
			}
			if r.Method == http.MethodGet && !strings.HasSuffix(path, "/events") {
				if own := ask(t, ada, r.Method, path, nil); own.Status != http.StatusOK && own.Status != http.StatusSeeOther {
					t.Errorf("%s, asked as %s by its own: status %d; the sample is wrong", name, path, own.Status)
				}
			}
		}
	})
}
