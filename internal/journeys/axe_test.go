package journeys_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"github.com/labstack/echo/v4"
	"github.com/pquerna/otp/totp"
)

// noPages are GET routes that answer no page to a signed-in user, each with what they answer instead.
var noPages = map[string]string{
	"/setup": "nothing, once it is done", "/sign-in": "leads home", "/sign-in/code": "leads home",
	"/password/reset/:token": "needs a link from a mail", "/invitation/:token": "needs a link from a mail", "/email/:token": "needs a link from a mail",
	"/shared/:token": "needs a link from a recruiter", "/account/picture": "a picture",
	"/account/second-factor": "only while one is being set up", "/palette": "a part of a page",
	"/questions/:id/preview": "a part of a page", "/assessments/:id/pipeline/board": "a part of a page",
	"/assessments/:id/pipeline/cards": "a part of a page", "/assessments/:id/pipeline/events": "a stream",
	"/questions/export": "a file", "/candidates/export": "a file", "/assessments/export": "a file", "/admin/users/export": "a file",
	"/candidates/imports/:id/problems": "a file", "/assessments/:id/results.csv": "a file", "/assessments/:id/results.xlsx": "a file",
	"/participations/:id/report.pdf": "a file", "/docs/api/openapi.json": "a file",
	"/live/:c": "opened as a visitor", "/live/:c/calendar": "a file", "/event/:code": "opened as a visitor",
}

// pages returns what users can open, of one part of the product.
func pages(w *testkit.LiveWorld, belongs func(path string) bool) []string {
	var found []string
	for _, r := range w.Server.Routes() {
		outside := slices.ContainsFunc([]string{"/static", "/files/", "/healthz", "/readyz", "/metrics", "/api/", "/attend"},
			func(prefix string) bool { return strings.HasPrefix(r.Path, prefix) })
		if r.Method == http.MethodGet && r.Path != echo.RouteNotFound && !outside && noPages[r.Path] == "" && belongs(r.Path) {
			found = append(found, r.Path)
		}
	}
	slices.Sort(found)
	return found
}

func TestEveryPageOfUsersIsAccessible(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	rows := w.Rows(t)
	var assessment models.Assessment
	if err := w.DB.Read.First(&assessment, rows["/assessments/:id"]).Error; err != nil {
		t.Fatal(err)
	}
	first := rows["/participations/:id"]
	second := w.Completed(t, w.Invited(t, assessment, w.Candidate(t, 1)), 70).ID
	asked := map[string]string{
		"/questions/tags/new":                     "?id=1",
		"/assessments/:id/compare":                fmt.Sprintf("?ids=%d&ids=%d", first, second),
		"/assessments/:id/pipeline/decisions/new": fmt.Sprintf("?ids=%d&status=%d", first, models.Rejected.ID()),
	}
	for name, row := range map[string]struct {
		user    models.User
		belongs func(path string) bool
		fewest  int
	}{
		"administrator": {w.Ada, isAdmin, 10},
		"panelist":      {w.Paul, func(path string) bool { return path == "/" || isPanel(path) }, 3},
		"recruiter":     {w.Rita, func(path string) bool { return !isAdmin(path) && !isPanel(path) }, 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := signIn(t, w, row.user)
			found := pages(w, row.belongs)
			if len(found) < row.fewest {
				t.Fatalf("only %d pages found: %s", len(found), found)
			}
			for _, path := range found {
				address := rows.Fill(t, strings.NewReplacer(":name", "invitation", ":group", "actions").Replace(path)) + asked[path]
				b.Open(address)
				b.At(strings.SplitN(address, "?", 2)[0])
				b.Inspect()
			}
		})
	}
}

func isAdmin(path string) bool { return strings.HasPrefix(path, "/admin") }

func isPanel(path string) bool { return strings.HasPrefix(path, "/evaluations") }

func TestEveryViewOfThePipelineAndTheBuilderIsAccessible(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	rows := w.Rows(t)
	b := signIn(t, w, w.Rita)
	section := fmt.Sprintf("/assessments/:id/build?section=%d", rows["/assessments/:id/sections/:section"])
	for _, address := range []string{"/assessments/:id/pipeline?view=table", section, section + "&tab=texts", section + "&tab=evaluation",
		"/candidates/:id?tab=education", "/candidates/:id?tab=experience", "/candidates/:id?tab=files", "/questions?q=nothing+like+this"} {
		path, query, _ := strings.Cut(address, "?")
		b.Open(rows.Fill(t, path) + "?" + query)
		b.Inspect()
	}
}

func TestEveryQuestionTypeIsEditedAccessibly(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.EveryType(t, nil)
	essay := w.Essay(t)
	b := signIn(t, w, w.Rita)
	for id := int64(1); id <= essay.ID; id++ {
		b.Open(fmt.Sprintf("/questions/%d", id))
		b.See("About it")
		b.Inspect()
	}
}

func TestEveryPageOfVisitorsIsAccessible(t *testing.T) {
	t.Parallel()
	empty := testkit.NewLiveInstallation(t)
	b := empty.Browser(t)
	b.Open("/setup")
	b.See("Set up Assay")
	b.Inspect()

	w := testkit.NewLiveWorld(t)
	b = w.Browser(t)
	b.Open("/sign-in")
	b.Inspect()
	b.Open("/password/forgotten")
	b.Inspect()
	b.Fill("E-mail", w.Rita.Email)
	b.Click("Mail me a link")
	b.Open(link(t, w, w.Rita.Email, "/password/reset/"))
	b.See("password")
	b.Inspect()
	w.Run(t, w.As(t, w.Ada), &actions.InviteUser{Name: "Nia New", Email: "nia@acme.example.com", Roles: []models.Role{models.Recruiter}})
	b.Open(link(t, w, "nia@acme.example.com", "/invitation/"))
	b.See("Nia")
	b.Inspect()
	w.Run(t, w.As(t, w.Paul), &actions.ChangeEmail{Email: "paul@new.example.com", Password: testkit.Password})
	b.Open(link(t, w, "paul@new.example.com", "/email/"))
	b.See("paul@new.example.com")
	b.Inspect()
	b.Open("/nowhere")
	b.Inspect()
	p := w.Completed(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)), 60)
	share := actions.ShareReport{AssessmentCandidateID: p.ID}
	w.Run(t, w.As(t, w.Rita), &share)
	b.Open(share.URL)
	b.See("Cleo Costa")
	b.Inspect()
	for _, attendee := range w.Attendees(t, w.LiveSession(t, p)) {
		b.Open(actions.LivePath(attendee.Code))
		b.See("By video")
		b.Inspect()
	}
	b.Open(actions.EventPath(w.Event(t).Code))
	b.See("Open day")
	b.Inspect()
}

// link returns the link that a mail to an address holds.
func link(t *testing.T, w *testkit.LiveWorld, to, path string) string {
	t.Helper()
	pattern := regexp.MustCompile(regexp.QuoteMeta(w.URL+path) + `[\w-]+`)
	return pattern.FindString(w.Inbox.WaitForRecipient(t, to).Text)
}

func TestTheSecondFactorIsAccessible(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	b := signIn(t, w, w.Paul)
	b.Open("/account/security")
	b.Fill("Your password", testkit.Password)
	b.Click("Set up a second factor")
	b.At("/account/second-factor")
	b.Inspect()
	secret := testkit.Eval[string](b, `document.querySelector("code").innerText.replace(/\s/g, "")`)
	b.Fill("Then enter the six digits", code(t, secret, w.Clock.Now()))
	b.Click("Switch on")
	b.See("recovery")
	b.Inspect()
	other := w.Browser(t)
	other.Open("/sign-in")
	other.Fill("E-mail", w.Paul.Email)
	other.Fill("Password", testkit.Password)
	other.Click("Sign in")
	other.At("/sign-in/code")
	other.Inspect()
}

func code(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestEveryPageOfACandidateIsAccessible(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Invited(t, w.EveryType(t, nil), w.Candidate(t, 0))
	w.FormBefore(t, w.Attempts(t, p)[0])
	b := w.Browser(t)
	step := func(says string) {
		t.Helper()
		b.See(says)
		b.Inspect()
	}
	b.Open(w.Link(t, p))
	step("Verification code")
	b.Fill("Verification code", p.VerifyCode)
	b.Click("Go on")
	step("I have read this and agree")
	b.Click("I have read this and agree")
	b.Click("Continue")
	step("Hello, Cleo")
	b.Click("Read the instructions")
	step("Fill in the form")
	b.Click("Fill in the form")
	step("About you")
	b.Fill("School", "Coimbra")
	b.Click("Save and go on")
	step("the clock begins")
	b.Click("Start, the clock begins")
	for n := 1; n <= 5; n++ {
		step(fmt.Sprintf("Question %d of 5", n))
		if n < 5 {
			b.Click("Next question")
		}
	}
	b.Click("Look over and submit")
	step("questions are answered")
	b.Click("Submit this section")
	step("That was the last section")
}
