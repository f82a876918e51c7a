package recruiter_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func pipelinePath(a models.Assessment, rest string) string {
	return fmt.Sprintf("/assessments/%d/pipeline%s", a.ID, rest)
}

func TestTheBoardShowsEverybodyByStatus(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 3)
		w.Invited(t, a, w.Candidate(t, 4))
		w.Record(t, w.As(t, w.Rita), &actions.ChangeStatus{StatusSortKey: models.Hold, ReasonText: "Until the budget is clear",
			AssessmentCandidates: actions.RefsTo([]int64{ps[0].ID})})
		page := w.SignIn(t, w.Rita).Get(t, pipelinePath(a, "")).Want(http.StatusOK)
		if n := page.Find("#col-50 .pc").Length(); n != 2 {
			t.Errorf("%d completed", n)
		}
		if text := page.Find("#col-80").Text(); !strings.Contains(text, "Cleo Costa") || !strings.Contains(text, "Until the budget is clear") {
			t.Errorf("on hold: %s", text)
		}
		if text := page.Find("#funnel").Text(); !strings.Contains(text, "4") || !strings.Contains(text, "75%") {
			t.Errorf("funnel: %s", text)
		}
	})
}

func TestFiltersNarrowBoardAndTable(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 4) // 40, 50, 60, 70
		essay := w.EssayOf(t, ps[3])
		w.Assign(t, essay, w.Paul)
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
			AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendSelect}})
		w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("cut_off", 55)
		w.DB.Write.Model(&models.Candidate{}).Where("id = ?", ps[1].CandidateID).Update("cf", `{"city \"x\"": "Lisboa"}`)
		rita := w.SignIn(t, w.Rita)
		rows := []struct {
			query string
			want  int
		}{
			{"", 4}, {"q=cleo", 1}, {"q=CLÉO", 1}, {"q=%25", 0}, {"min=60", 2}, {"max=40", 1}, {"status=60", 1}, {"days=3", 0},
			{"rec=select", 1}, {"rec=reject", 0}, {fmt.Sprintf("evaluator=%d", w.Paul.ID), 1},
			{fmt.Sprintf("section=%d", essay.AssessmentSectionID), 2}, {fmt.Sprintf("section=%d&cut=below", essay.AssessmentSectionID), 2},
			{"field=" + url.QueryEscape(`city "x"`) + "&value=lisboa", 1}, {"min=junk", 4},
		}
		for _, row := range rows {
			board := rita.Get(t, pipelinePath(a, "?"+row.query)).Want(http.StatusOK)
			if got := board.Find(".pc").Length(); got != row.want {
				t.Errorf("board ?%s: %d cards, want %d", row.query, got, row.want)
			}
			table := rita.Get(t, pipelinePath(a, "?view=table&sort=score&"+row.query)).Want(http.StatusOK)
			if got := table.Find("tbody tr").Length(); got != row.want {
				t.Errorf("table ?%s: %d rows, want %d", row.query, got, row.want)
			}
		}
	})
}

func TestDroppingACardMovesItAndCanBeUndone(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		p := w.Finished(t, a, 1)[0]
		rita := w.SignIn(t, w.Rita)
		drop := func(status models.StatusKey) testkit.Reply {
			return rita.PostPart(t, pipelinePath(a, "/drops"), url.Values{"participation": {fmt.Sprint(p.ID)}, "status": {fmt.Sprint(int(status))}})
		}
		reply := drop(models.Rejected).Want(http.StatusOK).Says("Moved Cleo Costa to Rejected")
		if reply.Find("#col-50 .pc").Length() != 0 || reply.Find(`#col-90[hx-swap-oob] .pc`).Length() != 1 || reply.Find(`#funnel[hx-swap-oob]`).Length() != 1 {
			t.Errorf("the reply lacks a piece:\n%s", reply.Body)
		}
		undo, _ := reply.Find(".toast form").Attr("action")
		rita.PostPart(t, undo, nil).Want(http.StatusOK).Says("back")
		if got := rita.Get(t, pipelinePath(a, "")).Find("#col-50 .pc").Length(); got != 1 {
			t.Errorf("%d completed after undo", got)
		}
		if reply := drop(models.Evaluated); reply.Status != http.StatusConflict || reply.Header.Get("HX-Reswap") != "none" {
			t.Errorf("dropping on a status that is reached: %d", reply.Status)
		}
		drop(models.Selected).Want(http.StatusOK)
		drop(models.Completed).Want(http.StatusOK)
		if got := rita.Get(t, pipelinePath(a, "")).Find("#col-50 .pc").Length(); got != 1 {
			t.Error("dropping back on where it came from did not undo")
		}
	})
}

func TestTheDecisionDialogTellsWhatHappens(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		reason := models.StatusReason{Owned: a.Owned, Key: "skills", Label: "Other skills needed"}
		w.DB.Write.Create(&reason)
		rita := w.SignIn(t, w.Rita)
		form := url.Values{"ids": {fmt.Sprint(ps[0].ID), fmt.Sprint(ps[1].ID)}, "status": {"90"}}
		rita.Get(t, pipelinePath(a, "/decisions/new?"+form.Encode())).Want(http.StatusOK).
			Says("Reject 2 candidates?", "Cleo Costa and Dev Das", "Other skills needed", "go on with other candidates", "at 09:00 WET")
		form.Set("message", "Thanks {%wage}")
		form.Set("tell", "true")
		rita.PostPart(t, pipelinePath(a, "/decisions"), form).Want(http.StatusUnprocessableEntity).Says("not known here", "Thanks {%wage}")
		form.Set("message", "Thanks {%candidate-first-name}")
		form.Set("reason_key", "skills")
		rita.PostPart(t, pipelinePath(a, "/decisions"), form).Want(http.StatusOK).Says("Moved Cleo Costa and 1 more to Rejected")
		rita.Get(t, pipelinePath(a, fmt.Sprintf("/%d", ps[0].ID))).Want(http.StatusOK).Says("Other skills needed", "A message about this leaves Tue 3 Mar, 09:00 WET")
		w.Clock.Advance(24 * time.Hour)
		var n models.Notification
		w.DB.Read.Where("assessment_candidate_id = ? AND type_id = 113", ps[0].ID).First(&n)
		if n.Status != models.NotificationScheduled || !strings.Contains(n.Content, "<p>Thanks Cleo</p>") {
			t.Errorf("message %+v", n)
		}
	})
}

func TestAnotherFirmAndOtherRolesSeeNoPipeline(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		p := w.Finished(t, a, 1)[0]
		otto, paul := w.SignIn(t, w.Otto), w.SignIn(t, w.Paul)
		for _, rest := range []string{"", "/board", "/events", "/cards?column=50&after=1.1", fmt.Sprintf("/%d", p.ID), fmt.Sprintf("/decisions/new?ids=%d", p.ID)} {
			otto.Get(t, pipelinePath(a, rest)).Want(http.StatusNotFound)
			paul.Get(t, pipelinePath(a, rest)).Want(http.StatusForbidden)
		}
		drop := url.Values{"participation": {fmt.Sprint(p.ID)}, "status": {"90"}}
		otto.Post(t, pipelinePath(a, "/drops"), drop).Want(http.StatusNotFound)
		paul.Post(t, pipelinePath(a, "/drops"), drop).Want(http.StatusForbidden)
	})
}

func TestTheDrawerShowsAnswersEvaluationsAndHistory(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		ps := w.Finished(t, a, 2)
		essay := w.EssayOf(t, ps[0])
		w.Assign(t, essay, w.Paul)
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
			AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendHold, EvaluationComment: "Ask about the numbers"}})
		rita, at := w.SignIn(t, w.Rita), pipelinePath(a, fmt.Sprintf("/%d", ps[0].ID))
		rita.Get(t, at).Want(http.StatusOK).Says("Cleo Costa", "Ask about the numbers", "Paul Panelist", "of 100")
		rita.Get(t, at+"?tab=answers").Want(http.StatusOK).Says("What is the capital of Portugal?", "chosen, right", "night shift")
		rita.Get(t, at+"?tab=history").Want(http.StatusOK).Says("Invited", "Paul Panelist evaluated In your words: hold")
	})
}

func TestBlindReviewHidesTheNameUntilTheOwnEvaluationIsIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		p := w.Finished(t, a, 1)[0]
		essay := w.EssayOf(t, p)
		w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("is_blind", true)
		w.Assign(t, essay, w.Paul, w.Rita)
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
			AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendReject, EvaluationComment: "Too short"}})
		rita := w.SignIn(t, w.Rita)
		places := []string{"", "?view=table", fmt.Sprintf("/%d", p.ID), fmt.Sprintf("/%d?tab=history", p.ID), fmt.Sprintf("/decisions/new?ids=%d&status=90", p.ID)}
		for _, place := range places {
			body := rita.Get(t, pipelinePath(a, place)).Want(http.StatusOK).Body
			for _, secret := range []string{"Cleo", "candidate0@", "Too short", ": reject"} {
				if strings.Contains(body, secret) {
					t.Errorf("%q tells %q", place, secret)
				}
			}
		}
		for _, filter := range []string{"?q=cleo", "?rec=reject", "?rec=reject&view=table"} {
			if n := rita.Get(t, pipelinePath(a, filter)).Want(http.StatusOK).Find(".pc, tbody tr").Length(); n != 0 {
				t.Errorf("the filter %s finds who or what is hidden", filter)
			}
		}
		rita.Post(t, fmt.Sprintf("/participations/%d/report/shares", p.ID), url.Values{"days": {"7"}}).Want(http.StatusConflict)
		rita.Get(t, pipelinePath(a, places[2])).Says("1 evaluation shows once yours is in.", fmt.Sprintf("Candidate %d", p.ID))
		w.Record(t, w.As(t, w.Rita), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
			AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendSelect}})
		rita.Get(t, pipelinePath(a, places[2])).Says("Cleo Costa", "Too short")
		if n := rita.Get(t, pipelinePath(a, "?q=cleo&rec=reject")).Find(".pc").Length(); n != 1 {
			t.Errorf("%d found once nothing is hidden", n)
		}
	})
}

func TestAPageOfTheBoardTakesTheSameQueriesHoweverManyThereAre(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		rita := w.SignIn(t, w.Rita)
		w.Finished(t, a, 2)
		for _, view := range []string{"", "?view=table", "?view=table&sort=score"} {
			rita.Get(t, pipelinePath(a, view)) // the session's last use is written once a minute
		}
		count := func(view string) int {
			queries := w.CountQueries(t)
			rita.Get(t, pipelinePath(a, view)).Want(http.StatusOK)
			return queries()
		}
		views := []string{"", "?view=table", "?view=table&sort=score"}
		few := map[string]int{}
		for _, view := range views {
			few[view] = count(view)
		}
		for n := 2; n < 60; n++ {
			w.Completed(t, w.Invited(t, a, w.Candidate(t, n)), float64(n))
		}
		for _, view := range views {
			if many := count(view); few[view] == 0 || many > few[view] {
				t.Errorf("%q: %d queries for 2 candidates, %d for 60", view, few[view], many)
			}
		}
		page := rita.Get(t, pipelinePath(a, ""))
		if n := page.Find("#col-50 .pc").Length(); n != 50 {
			t.Errorf("%d cards at first, want 50", n)
		}
		more, _ := page.Find("#col-50 .col-more").Attr("href")
		part := rita.GetPart(t, more).Want(http.StatusOK)
		if n := part.Find(".pc").Length(); n != 10 {
			t.Errorf("%d more cards, want 10", n)
		}
	})
}

func TestTheTablePagesThroughEverybodyOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		for n := range 60 {
			p := w.Invited(t, a, w.Candidate(t, n))
			if n%3 > 0 {
				w.Completed(t, p, float64(n%7))
			}
		}
		rita := w.SignIn(t, w.Rita)
		for _, sort := range []string{"", "&sort=score"} {
			seen := map[string]int{}
			for next := pipelinePath(a, "?view=table"+sort); next != ""; {
				page := rita.Get(t, next).Want(http.StatusOK)
				for _, row := range page.Find("tbody tr").EachIter() {
					id, _ := row.Attr("id")
					seen[id]++
				}
				next, _ = page.Find(".pager a[rel=next]").Attr("href")
			}
			if len(seen) != 60 {
				t.Errorf("sorted by %q: saw %d of 60", sort, len(seen))
			}
			for id, times := range seen {
				if times > 1 {
					t.Errorf("sorted by %q: saw %s %d times", sort, id, times)
				}
			}
		}
	})
}

func TestAnOpenBoardHearsOfAChange(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		go w.Runner.Hub.Listen(ctx)
		a := w.Assessment(t)
		p := w.Finished(t, a, 1)[0]
		stream := w.SignIn(t, w.Rita).Stream(t, pipelinePath(a, "/events"))
		stream.Await(t, ": listening")
		w.Record(t, w.As(t, w.Rita), &actions.ChangeStatus{StatusSortKey: models.Hold, AssessmentCandidates: actions.RefsTo([]int64{p.ID})})
		stream.Await(t, "event: changed")
	})
}

func TestSavedViewsKeepTheFilters(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a := w.Assessment(t)
		rita := w.SignIn(t, w.Rita)
		form := url.Values{"name": {"Strong"}, "query": {"?min=60&status=50"}, "shared": {"true"}}
		rita.Follow(t, rita.Post(t, pipelinePath(a, "/views"), form)).Says("Saved the view Strong.", "Score 60 or more")
		w.SignIn(t, w.Ada).Get(t, pipelinePath(a, "")).Says("Strong", "min=60&amp;status=50")
		rita.Follow(t, rita.Post(t, pipelinePath(a, "/views"), url.Values{"name": {""}, "query": {"min=60"}}).Want(http.StatusSeeOther)).Says("Give the view a name")
	})
}
