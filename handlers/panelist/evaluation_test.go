package panelist_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func workspace(a models.AssessmentSectionCandidate) string {
	return fmt.Sprintf("/evaluations/%d", a.ID)
}

func TestAPanelistWorksThroughTheQueue(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		first, second := w.EssayOf(t, ps[0]), w.EssayOf(t, ps[1])
		clarity := w.Criterion(t, first, "Clarity", true)
		w.Assign(t, first, w.Paul)
		w.Assign(t, second, w.Paul)
		w.Assign(t, w.EssayOf(t, w.Invited(t, a, w.Candidate(t, 2))), w.Paul)
		paul := w.SignIn(t, w.Paul)
		paul.Get(t, "/evaluations").Want(http.StatusOK).Says("2 candidates wait for your evaluation.", "Cleo Costa", "Dev Das", "1 more is yours")
		paul.Get(t, workspace(first)).Want(http.StatusOK).Says("Tell of a disagreement", "night shift", "Clarity", "Submit and open the next")

		form := url.Values{"recommendation": {"select"}, "comment": {"Sound and short"}, "revision": {"0"}}
		refused := paul.Post(t, workspace(first), form).Want(http.StatusUnprocessableEntity).Says("Rate Clarity before you submit.", "Sound and short")
		if refused.Find(`[name=recommendation][value=select][checked]`).Length() != 1 {
			t.Error("the refused form lost the recommendation")
		}
		without := url.Values{"comment": {"Sound and short"}, "revision": {"0"}}
		paul.Post(t, workspace(first), without).Want(http.StatusUnprocessableEntity).Says("Choose select, hold or reject.", "Rate Clarity before you submit.")
		form.Set(fmt.Sprintf("rating-%d", clarity.ID), "4")
		reply := paul.Post(t, workspace(first), form)
		if to := reply.Header.Get("Location"); to != workspace(second) {
			t.Errorf("leads to %q, want the next in the queue", to)
		}
		paul.Follow(t, reply).Says("Your evaluation of Cleo Costa is in.", "Dev Das")
		done := paul.Get(t, workspace(first)).Want(http.StatusOK).Says("Your evaluation", "Sound and short")
		if done.Find("#scorecard [type=submit]").Length() != 0 {
			t.Error("a submitted evaluation can be submitted again")
		}
	})
}

func TestDraftsAreKeptAndAreTheAuthorsAlone(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		essay := w.EssayOf(t, w.Finished(t, w.Assessment(t), 1)[0])
		clarity, pia := w.Criterion(t, essay, "Clarity", true), w.Panelist(t, 1)
		w.Assign(t, essay, w.Paul, pia)
		var answer models.Answer
		w.DB.Read.Where("assessment_section_candidate_id = ?", essay.ID).First(&answer)
		form := url.Values{fmt.Sprintf("rating-%d", clarity.ID): {"3"}, "comment": {"Half a thought"}, "revision": {"0"},
			fmt.Sprintf("note-%d", answer.ID): {"Why six?"}}
		paul := w.SignIn(t, w.Paul)
		reply := paul.PostPart(t, workspace(essay)+"/draft", form).Want(http.StatusOK).Says("Draft saved")
		if got, _ := reply.Find("#revision[hx-swap-oob]").Attr("value"); got != "1" {
			t.Errorf("revision %q", got)
		}
		paul.PostPart(t, workspace(essay)+"/draft", form).Want(http.StatusOK).Says("A newer draft was saved")
		page := paul.Get(t, workspace(essay)).Says("Half a thought", "Why six?")
		if page.Find(fmt.Sprintf(`[name=rating-%d][value="3"][checked]`, clarity.ID)).Length() != 1 {
			t.Error("the rating was not kept")
		}
		paul.Get(t, "/evaluations").Says("Draft")
		for _, user := range []models.User{pia, w.Rita} {
			if body := w.SignIn(t, user).Get(t, workspace(essay)).Want(http.StatusOK).Body; strings.Contains(body, "Half a thought") {
				t.Errorf("%s reads Paul's draft", user.Name)
			}
		}
	})
}

func TestOthersStayHiddenUntilTheOwnIsIn(t *testing.T) {
	t.Parallel()
	for _, hidden := range []bool{true, false} {
		t.Run(fmt.Sprint(hidden), func(t *testing.T) {
			t.Parallel()
			testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
				essay := w.EssayOf(t, w.Finished(t, w.Assessment(t), 1)[0])
				w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("hide_others", hidden)
				pia := w.Panelist(t, 1)
				w.Assign(t, essay, w.Paul, pia)
				verdict := url.Values{"recommendation": {"reject"}, "comment": {"Not convinced"}}
				w.SignIn(t, pia).Post(t, workspace(essay), verdict).Want(http.StatusSeeOther)
				paul := w.SignIn(t, w.Paul)
				before := paul.Get(t, workspace(essay)).Want(http.StatusOK)
				if strings.Contains(before.Body, "Not convinced") == hidden {
					t.Errorf("hidden %v, but the page says:\n%s", hidden, before.Body)
				}
				paul.Post(t, workspace(essay), url.Values{"recommendation": {"select"}}).Want(http.StatusSeeOther)
				paul.Get(t, workspace(essay)).Says("Not convinced")
			})
		})
	}
}

func TestBlindReviewNamesNobody(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		essay := w.EssayOf(t, p)
		w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("is_blind", true)
		w.Assign(t, essay, w.Paul)
		paul := w.SignIn(t, w.Paul)
		nameless := func(place string) {
			t.Helper()
			page := paul.Get(t, place).Want(http.StatusOK).Says(fmt.Sprintf("Candidate %d", p.ID))
			if strings.Contains(page.Body, "Cleo") || strings.Contains(page.Body, "candidate0@") {
				t.Errorf("%s names the candidate", place)
			}
		}
		nameless("/")
		nameless("/evaluations")
		nameless(workspace(essay))
		reply := paul.Post(t, workspace(essay), url.Values{"recommendation": {"select"}}).Want(http.StatusSeeOther)
		if body := paul.Follow(t, reply).Body; strings.Contains(body, "Cleo") {
			t.Error("the message afterwards names the candidate")
		}
		nameless(workspace(essay))
	})
}

func TestWhoWasNotAskedFindsNothing(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		essay := w.EssayOf(t, w.Finished(t, w.Assessment(t), 1)[0])
		for _, user := range []models.User{w.Paul, w.Otto} {
			client := w.SignIn(t, user)
			client.Get(t, workspace(essay)).Want(http.StatusNotFound)
			client.Post(t, workspace(essay), url.Values{"recommendation": {"select"}}).Want(http.StatusNotFound)
			client.Post(t, workspace(essay)+"/draft", url.Values{"comment": {"x"}}).Want(http.StatusNotFound)
		}
		w.SignIn(t, w.Rita).Post(t, workspace(essay), url.Values{"recommendation": {"select"}}).Want(http.StatusSeeOther)
	})
}

func TestTheQueueTakesOneQueryHoweverLong(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		for _, p := range w.Finished(t, a, 2) {
			w.Assign(t, w.EssayOf(t, p), w.Paul)
		}
		paul := w.SignIn(t, w.Paul)
		count := func() int {
			queries := w.CountQueries(t)
			paul.Get(t, "/evaluations").Want(http.StatusOK)
			return queries()
		}
		few := count()
		for n := 2; n < 12; n++ {
			w.Assign(t, w.EssayOf(t, w.Completed(t, w.Invited(t, a, w.Candidate(t, n)), 50)), w.Paul)
		}
		if many := count(); few == 0 || many > few {
			t.Errorf("%d queries for 2, %d for 12", few, many)
		}
	})
}
