package recruiter_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

func TestCandidatesAreListedFilteredAndPaged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, "/candidates").Want(200).Says("Nobody here yet", "Import a list")
		for n := range 60 {
			w.Candidate(t, n)
		}
		invited := w.Invited(t, w.Assessment(t), w.Candidate(t, 60))
		first := rita.Get(t, "/candidates").Want(200).Says("61 candidates", "Invited", "Dispatcher")
		if n := first.Find("tbody tr").Length(); n != 50 {
			t.Errorf("%d rows on the first page", n)
		}
		next, _ := first.Find(`a[rel=next]`).Attr("href")
		second := rita.Get(t, next).Want(200)
		if n := second.Find("tbody tr").Length(); n != 11 {
			t.Errorf("%d rows on the second page", n)
		}
		back, _ := second.Find(`a[rel=prev]`).Attr("href")
		if n := rita.Get(t, back).Find("tbody tr").Length(); n != 50 {
			t.Errorf("%d rows when going back", n)
		}
		rows := []struct {
			query string
			want  int
		}{
			{"q=CLEO", 13}, {"q=nobody+here", 0}, {"q=%25", 0}, {"resume=yes", 0}, {"resume=no", 50}, {"added=1", 50},
			{fmt.Sprintf("assessment=%d", invited.AssessmentID), 1}, {"status=10", 1}, {"status=70", 0}, {"sort=name", 50}, {"import=7", 0},
		}
		for _, row := range rows {
			if n := rita.Get(t, "/candidates?"+row.query).Want(200).Find("tbody tr").Length(); n != row.want {
				t.Errorf("%s: %d rows, want %d", row.query, n, row.want)
			}
		}
		byName := rita.Get(t, "/candidates?sort=name")
		next, _ = byName.Find(`a[rel=next]`).Attr("href")
		if n := rita.Get(t, next).Find("tbody tr").Length(); n != 11 {
			t.Errorf("%d rows on the second page by name", n)
		}
		if n := w.SignIn(t, w.Otto).Get(t, "/candidates").Want(200).Find("tbody tr").Length(); n != 0 {
			t.Errorf("another firm sees %d", n)
		}
		w.SignIn(t, w.Paul).Get(t, "/candidates").Want(403)
	})
}

func TestListingCandidatesAsksAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		rita := w.SignIn(t, w.Rita)
		queries := 0
		count := func(*gorm.DB) { queries++ }
		for _, err := range []error{w.DB.Read.Callback().Query().After("gorm:query").Register("count", count),
			w.DB.Read.Callback().Row().After("gorm:row").Register("count", count)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		ask := func(path string) int { queries = 0; rita.Get(t, path).Want(200); return queries }
		cleo := w.Candidate(t, 0)
		w.Invited(t, assessment, cleo)
		paths := []string{"/candidates", "/candidates/export?format=csv", fmt.Sprintf("/candidates/%d", cleo.ID)}
		few := map[string]int{}
		for _, p := range paths {
			few[p] = ask(p)
		}
		for n := range 30 {
			w.Invited(t, assessment, w.Candidate(t, n+1))
		}
		for _, p := range paths {
			if many := ask(p); many != few[p] {
				t.Errorf("%s: %d queries for one, %d for many", p, few[p], many)
			}
		}
	})
}

func TestACandidateIsAddedChangedDeletedAndRestored(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		date := models.DateData
		field := models.CustomField{Owned: models.Owned{OrganizationID: w.Acme.ID}, Type: models.CandidateField, Label: "Available from", Key: "from", DataType: &date}
		if err := w.DB.Write.Create(&field).Error; err != nil {
			t.Fatal(err)
		}
		rita := w.SignIn(t, w.Rita)
		form := url.Values{"email": {"ANN@example.org"}, "first_name": {"Ann"}, "last_name": {"Lee"}, "cf.from": {"soon"}}
		rita.Post(t, "/candidates", form).Want(422).Says("Available from is a day", `value="Ann"`, `value="soon"`)
		form.Set("cf.from", "2027-02-28")
		page := rita.Follow(t, rita.Post(t, "/candidates", form).Want(303)).Want(200).Says("Ann Lee", "ann@example.org", "2027-02-28", "Added by Rita")
		rita.Post(t, "/candidates", form).Want(422).Says("already")
		edit, _ := page.Find(`a:contains("Edit")`).Attr("href")
		path := strings.TrimSuffix(edit, "/edit")
		form.Set("cf.from", "")
		form.Set("phone", "+351 1")
		rita.Follow(t, rita.Post(t, path, form).Want(303)).Says("+351 1")
		rita.Post(t, path+"/education", url.Values{"school": {""}}).Want(422).Says("Name the school.")
		rita.Follow(t, rita.Post(t, path+"/education", url.Values{"school": {"Coimbra"}, "started_at": {"2015-09-01"}}).Want(303)).Says("Coimbra", "Sep 2015")
		rita.Follow(t, rita.Post(t, path+"/experience", url.Values{"employer": {"Docks"}, "title": {"Dispatcher"}, "is_current": {"true"}}).Want(303)).Says("Docks", "today")
		id := strings.TrimPrefix(path, "/candidates/")
		w.SignIn(t, w.Otto).Get(t, path).Want(404)
		w.SignIn(t, w.Otto).Post(t, "/candidates/deletions", url.Values{"ids": {id}}).Want(404)
		list := rita.Follow(t, rita.Post(t, "/candidates/deletions", url.Values{"ids": {id}}).Want(303)).Says("Deleted Ann Lee.", "Undo")
		rita.Get(t, path).Want(404)
		undo, _ := list.Find(".toast form").Attr("action")
		rita.Post(t, undo, nil).Want(303)
		rita.Get(t, path).Want(200)
	})
}

func TestFilesOfACandidate(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		cleo := w.Candidate(t, 0)
		rita := w.SignIn(t, w.Rita)
		path := fmt.Sprintf("/candidates/%d/files", cleo.ID)
		rita.Do(t, filePost(t, path, "cv.pdf", "%PDF-1.4 my life", "11")).Want(303)
		page := rita.Get(t, fmt.Sprintf("/candidates/%d?tab=files", cleo.ID)).Says("cv.pdf", "Résumé")
		link, _ := page.Find(`a:contains("cv.pdf")`).Attr("href")
		if got := rita.Get(t, link).Want(200).Body; got != "%PDF-1.4 my life" {
			t.Errorf("got %q", got)
		}
		rita.Do(t, filePost(t, path, "me.txt", "no picture", "44")).Want(422).Says("A picture is a PNG")
		rita.Do(t, filePost(t, path, "empty.pdf", "", "11")).Want(422)
		if n := rita.Get(t, "/candidates?resume=yes").Find("tbody tr").Length(); n != 1 {
			t.Errorf("%d with a résumé", n)
		}
		remove, _ := page.Find(`form[action$="/deletion"]`).Attr("action")
		w.SignIn(t, w.Otto).Post(t, remove, nil).Want(404)
		rita.Post(t, remove, nil).Want(303)
		if body := rita.Get(t, fmt.Sprintf("/candidates/%d?tab=files", cleo.ID)).Body; strings.Contains(body, "cv.pdf") {
			t.Error("the file is still there")
		}
	})
}

func TestExportingCandidatesKeepsTheFilters(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Candidate(t, 0)
		w.Run(t, w.As(t, w.Rita), &actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: "eve@example.org", FirstName: "=1+1"}})
		body := w.SignIn(t, w.Rita).Get(t, "/candidates/export?format=csv&q=eve").Want(200).Body
		if strings.Contains(body, "candidate0") || !strings.Contains(body, "eve@example.org") || strings.Contains(body, ",=1+1") {
			t.Errorf("got %s", body)
		}
		w.SignIn(t, w.Paul).Get(t, "/candidates/export").Want(403)
	})
}

func TestAViewIsSaved(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.Candidate(t, 0)
	rita := w.SignIn(t, w.Rita)
	rita.Post(t, "/candidates/views", url.Values{"name": {"Without résumé"}, "query": {"resume=no"}}).Want(303)
	if href, _ := rita.Get(t, "/candidates").Find(`a:contains("Without résumé")`).Attr("href"); href != "/candidates?resume=no" {
		t.Errorf("the view leads to %q", href)
	}
}

func filePost(t *testing.T, path, name, content, kind string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if kind != "" {
		if err := form.WriteField("type", kind); err != nil {
			t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "http://assay.test"+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return r
}

func TestAPlaceInTheListIsNotTakenFromAnotherOrganization(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Candidate(t, 0)
		foreign := actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: "aa@umbra.example.com", FirstName: "Aa"}}
		w.Run(t, w.As(t, w.Otto), &foreign)
		reply := w.SignIn(t, w.Rita).Get(t, fmt.Sprintf("/candidates?sort=name&after=%d", foreign.Candidate.ID)).Want(http.StatusOK)
		if strings.Contains(reply.Body, "Cleo Costa") {
			t.Error("the list goes on behind a name of another organization")
		}
	})
}

func TestARecruiterGivesTimeAndClosesASection(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt, _ := w.Started(t, p, 0)
		w.Run(t, w.AsCandidate(t, p), &actions.Heartbeat{AttemptID: attempt.ID})
		w.Clock.Advance(2 * time.Minute)
		w.Run(t, w.AsCandidate(t, p), &actions.Heartbeat{AttemptID: attempt.ID})
		rita, profile := w.SignIn(t, w.Rita), fmt.Sprintf("/candidates/%d", p.CandidateID)
		base := fmt.Sprintf("%s/attempts/%d", profile, attempt.ID)
		rita.Get(t, profile).Want(http.StatusOK).Says("2 min of at most 10 min", "after 2 min without a sign of life", "Give time", "Close the section")
		rita.Post(t, base+"/extensions", url.Values{"minutes": {"0"}, "reason": {"x"}}).Want(http.StatusUnprocessableEntity).Says("between a minute and a day")
		rita.Follow(t, rita.Post(t, base+"/extensions", url.Values{"minutes": {"5"}, "reason": {"A fire drill"}})).Says("has more time", "Added by hand: 5 min")
		rita.Post(t, base+"/closure", url.Values{}).Want(http.StatusUnprocessableEntity).Says("Say why")
		rita.Follow(t, rita.Post(t, base+"/closure", url.Values{"reason": {"The hall closes"}})).Says("The section is closed.", "Open again with this time")
		w.SignIn(t, w.Otto).Post(t, base+"/closure", url.Values{"reason": {"x"}}).Want(http.StatusNotFound)
	})
}
