package recruiter_test

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

func TestSavedViewsAreKeptDeletedAndBroughtBack(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		open := w.Assessment(t)
		rita, ada := w.SignIn(t, w.Rita), w.SignIn(t, w.Ada)
		lists := []struct{ path, query string }{
			{"/assessments", "status=3"}, {"/questions", "type=essay"}, {"/candidates", "status=70"},
			{fmt.Sprintf("/assessments/%d/pipeline", open.ID), "min=50"},
		}
		for _, list := range lists {
			t.Run(list.path, func(t *testing.T) {
				form := url.Values{"name": {"My own"}, "query": {list.query}}
				rita.Post(t, list.path+"/views", form).Want(http.StatusSeeOther)
				kept := rita.Get(t, list.path).Want(http.StatusOK).Find(".saved-view")
				if href, _ := kept.Find("a").Attr("href"); kept.Length() != 1 || href != list.path+"?"+list.query {
					t.Fatalf("%d views, the first leads to %q", kept.Length(), href)
				}
				deletion, _ := kept.Find("form").Attr("action")
				ada.Post(t, deletion, nil).Want(http.StatusNotFound)
				rita.Post(t, deletion, nil).Want(http.StatusSeeOther)
				shown := rita.Get(t, list.path).Want(http.StatusOK).Says("Deleted the view My own.")
				if shown.Find(".saved-view").Length() != 0 {
					t.Error("the deleted view is still offered")
				}
				undo, _ := shown.Find(".toast form").Attr("action")
				rita.Post(t, undo, nil).Want(http.StatusSeeOther)
				if rita.Get(t, list.path).Find(".saved-view").Length() != 1 {
					t.Error("the view did not come back")
				}
			})
		}
	})
}

func TestASharedViewIsDeletedByItsAuthorOnly(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita, ada := w.SignIn(t, w.Rita), w.SignIn(t, w.Ada)
	rita.Post(t, "/candidates/views", url.Values{"name": {"Ours"}, "query": {"added=7"}, "shared": {"true"}}).Want(http.StatusSeeOther)
	rita.Follow(t, rita.Post(t, "/candidates/views", url.Values{"name": {" "}, "query": {"added=7"}}).Want(http.StatusSeeOther)).Says("name")
	page := ada.Get(t, "/candidates").Want(http.StatusOK).Says("Ours")
	if page.Find(".saved-view").Length() != 0 {
		t.Error("a colleague is offered to delete it")
	}
}

func TestSeveralAssessmentsAtOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		open := w.Assessment(t)
		empty := actions.CreateAssessment{Title: "Nothing in it"}
		w.Record(t, w.As(t, w.Rita), &empty)
		both := url.Values{"ids": {fmt.Sprint(open.ID), fmt.Sprint(empty.Assessment.ID)}}
		rita, otto := w.SignIn(t, w.Rita), w.SignIn(t, w.Otto)
		status := func(id int64) (a models.Assessment) {
			if err := w.DB.Read.First(&a, id).Error; err != nil {
				t.Fatal(err)
			}
			return a
		}
		bulk := func(path, key, value string) {
			t.Helper()
			form := url.Values{"ids": both["ids"], key: {value}}
			otto.Post(t, path, form).Want(http.StatusNotFound)
			rita.Post(t, path, form).Want(http.StatusSeeOther)
		}
		bulk("/assessments/statuses", "status", "2")
		rita.Get(t, "/assessments").Want(http.StatusOK).Says("Closed Dispatcher.", "Nothing in it: An assessment that is a draft cannot become closed.")
		if status(open.ID).StatusID != models.AssessmentClosed || status(empty.Assessment.ID).StatusID != models.AssessmentDraft {
			t.Error("closing several changed the wrong ones")
		}
		bulk("/assessments/statuses", "status", "3")
		rita.Get(t, "/assessments").Want(http.StatusOK).Says("Opened Dispatcher.", "Nothing in it: The assessment cannot be opened yet")
		exported := rita.Get(t, fmt.Sprintf("/assessments/export?format=csv&ids=%d", open.ID)).Want(http.StatusOK).Says("Dispatcher")
		if strings.Contains(exported.Body, "Nothing in it") {
			t.Error("the export holds what was not chosen")
		}
		bulk("/assessments/deletions", "x", "")
		page := rita.Get(t, "/assessments").Want(http.StatusOK).Says("Deleted 2 assessments.")
		undo, _ := page.Find(".toast form").Attr("action")
		if !status(open.ID).IsDeleted {
			t.Fatal("nothing was deleted")
		}
		rita.Post(t, undo, nil).Want(http.StatusSeeOther)
		if titles(rita.Get(t, "/assessments")) != "Nothing in it, Dispatcher" {
			t.Error("they did not come back")
		}
		rita.Post(t, "/assessments/deletions", url.Values{}).Want(http.StatusSeeOther)
		rita.Get(t, "/assessments").Says("Choose at least one assessment.")
	})
}
