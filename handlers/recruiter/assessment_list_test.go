package recruiter_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// titles are the assessments of a list page, in order.
func titles(r testkit.Reply) string {
	return strings.Join(r.Find("tbody th").Map(func(_ int, s *goquery.Selection) string { return s.Text() }), ", ")
}

func TestAssessmentsAreListed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.SignIn(t, w.Rita)
		rita.Get(t, "/assessments").Want(http.StatusOK).Says("No assessments yet", "Build the first one")
		open := w.Assessment(t)
		w.Invited(t, open, w.Candidate(t, 0))
		for i, title := range []string{"Zürich driver", "Analyst", "100% remote"} {
			end := w.Clock.Now().Add(time.Duration(3-i) * 24 * time.Hour)
			a := actions.CreateAssessment{Title: title}
			if i < 2 {
				a.EndDate = &end
			}
			w.Record(t, w.As(t, w.Rita), &a)
			names := []string{"Operations"}
			if i == 0 {
				w.Run(t, w.As(t, w.Rita), &actions.UpdateAssessment{ID: a.Assessment.ID, Title: title, EndDate: &end, Categories: &names})
			}
		}
		var category models.Category
		if err := w.DB.Read.Where("name = ?", "Operations").First(&category).Error; err != nil {
			t.Fatal(err)
		}
		rows := []struct{ query, want string }{
			{"", "100% remote, Analyst, Zürich driver, Dispatcher"},
			{"?sort=title", "100% remote, Analyst, Dispatcher, Zürich driver"},
			{"?sort=ends", "Analyst, Zürich driver, Dispatcher, 100% remote"},
			{"?status=3", "Dispatcher"},
			{"?q=zurich", "Zürich driver"},
			{"?q=0%25", "100% remote"},
			{fmt.Sprintf("?category=%d", category.ID), "Zürich driver"},
			{fmt.Sprintf("?owner=%d", w.Rita.ID), "100% remote, Analyst, Zürich driver, Dispatcher"},
			{"?q=nothing", ""},
		}
		for _, row := range rows {
			if got := titles(rita.Get(t, "/assessments"+row.query).Want(http.StatusOK)); got != row.want {
				t.Errorf("%q lists %q, want %q", row.query, got, row.want)
			}
		}
		if got := rita.Get(t, "/assessments?status=3").Find(".b-stage").Text(); !strings.Contains(got, "Mailed") && !strings.Contains(got, "Invited") {
			t.Errorf("the invited candidate is not counted: %q", got)
		}
		csv := rita.Get(t, "/assessments/export?format=csv&q=zurich").Want(http.StatusOK).Says("Zürich driver", "Rita Recruiter")
		if strings.Contains(csv.Body, "Analyst") {
			t.Error("the export does not follow the filter")
		}
		rita.Get(t, "/assessments/export?format=exe").Want(http.StatusUnprocessableEntity)
		if body := w.SignIn(t, w.Otto).Get(t, "/assessments").Body; strings.Contains(body, "Analyst") {
			t.Error("another firm sees them")
		}
	})
}

func TestAssessmentListGoesOnAndItsQueriesStayFlat(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	make60 := func(from int) {
		for i := range 60 {
			end := w.Clock.Now().Add(time.Duration(i%7) * time.Hour)
			w.Record(t, w.As(t, w.Rita), &actions.CreateAssessment{Title: fmt.Sprintf("Assessment %03d", from+i), EndDate: &end})
		}
	}
	make60(0)
	for _, sort := range []string{"", "title", "ends"} {
		seen := map[string]bool{}
		for path := "/assessments?sort=" + sort; path != ""; {
			page := rita.Get(t, path).Want(http.StatusOK)
			for _, title := range strings.Split(titles(page), ", ") {
				if seen[title] {
					t.Errorf("sort %q shows %s twice", sort, title)
				}
				seen[title] = true
			}
			path, _ = page.Find("a[rel=next]").Attr("href")
		}
		if len(seen) != 60 {
			t.Errorf("sort %q reaches %d of 60", sort, len(seen))
		}
	}
	few := queries(t, w, func() { rita.Get(t, "/assessments?q="+url.QueryEscape("Assessment 001")).Want(http.StatusOK) })
	many := queries(t, w, func() { rita.Get(t, "/assessments?q=Assessment").Want(http.StatusOK) })
	if few != many || few > 15 {
		t.Errorf("%d queries for one row, %d for fifty", few, many)
	}
}

// queries counts what is asked of the database while fn runs.
func queries(t *testing.T, w *testkit.World, fn func()) int {
	t.Helper()
	n := 0
	count := func(*gorm.DB) { n++ }
	const name = "test:count"
	for _, err := range []error{w.DB.Read.Callback().Query().Before("gorm:query").Register(name, count),
		w.DB.Read.Callback().Row().Before("gorm:row").Register(name, count)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	fn()
	for _, err := range []error{w.DB.Read.Callback().Query().Remove(name), w.DB.Read.Callback().Row().Remove(name)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func TestBuilderQueriesStayFlat(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	section := sectioned(t, rita, drafted(t, rita, "Planner"), "Knowledge")
	build := strings.Replace(section, "/sections/", "/build?section=", 1)
	pick := func(n int) {
		form := url.Values{}
		for range n {
			form.Add("question", fmt.Sprint(w.Capital(t).ID))
		}
		rita.Post(t, section+"/questions", form).Want(http.StatusSeeOther)
	}
	pick(1)
	few := queries(t, w, func() { rita.Get(t, build).Want(http.StatusOK) })
	pick(20)
	many := queries(t, w, func() { rita.Get(t, build).Want(http.StatusOK) })
	if few != many {
		t.Errorf("%d queries for one question, %d for 21", few, many)
	}
}

func TestAnAssessmentIsDuplicatedDeletedAndRestored(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	path := fmt.Sprintf("/assessments/%d", w.Assessment(t).ID)
	rita.Follow(t, rita.Post(t, path+"/copies", nil)).Want(http.StatusOK).Says("Dispatcher (copy)", "Draft", "In your words")
	list := rita.Follow(t, rita.Post(t, path+"/deletion", nil)).Says("Deleted Dispatcher.", path+"/restoration")
	if titles(list) != "Dispatcher (copy)" {
		t.Errorf("listed: %s", titles(list))
	}
	rita.Get(t, path+"/build").Want(http.StatusNotFound)
	rita.Follow(t, rita.Post(t, path+"/restoration", nil)).Want(http.StatusOK).Says("Dispatcher is back.")
}
