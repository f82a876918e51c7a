package catalog_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAParticipationMovesByTheTableOnly(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		done := w.Finished(t, w.Assessment(t), 1)[0]
		selected := rita.wrote("assessment-candidate", resource.Update, done.ID, `{"status_id":15,"proviewRating":70}`)
		if selected.Get("status_id") != models.Selected.ID() || selected.Get("proviewRating") != 70 {
			t.Errorf("moved to %v", selected)
		}
		rita.refused("back to what the system reaches", fault.Invalid, "assessment-candidate", resource.Update, done.ID, `{"status_id":13}`)
		rita.refused("a status that does not exist", fault.Invalid, "assessment-candidate", resource.Update, done.ID, `{"status_id":70}`)
		rita.refused("no status", fault.Invalid, "assessment-candidate", resource.Update, done.ID, `{"status_id":null}`)
		rita.refused("into another assessment", fault.Invalid, "assessment-candidate", resource.Update, done.ID, `{"assessment_id":`+str(done.AssessmentID+1)+`}`)
		rita.refused("in the future", fault.Invalid, "assessment-candidate", resource.Update, done.ID, `{"evaluated_at":"2099-01-01"}`)
		rita.refused("one who has begun is deleted", fault.Conflict, "assessment-candidate", resource.Delete, done.ID, "")
		recent := w.Clock.Now().Add(-6 * 24 * time.Hour)
		rita.wrote("assessment-candidate", resource.Update, done.ID, `{"evaluated_at":"`+resource.FormatMoment(recent)+`"}`)
		if got := rita.ids("assessment-candidate", "isRecentEval=1"); !slices.Equal(got, []int64{done.ID}) {
			t.Errorf("evaluated six days ago: %v", got)
		}
		w.Clock.Advance(2 * 24 * time.Hour)
		if got := rita.ids("assessment-candidate", "isRecentEval=1"); len(got) != 0 {
			t.Errorf("evaluated eight days ago: %v", got)
		}
	})
}

func TestADeletedInvitationLeadsNowhere(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, otto := asker{t, w, open(t, w), w.Rita}, asker{t, w, open(t, w), w.Otto}
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		w.Assign(t, w.EssayOf(t, p), w.Paul)
		link := w.Link(t, p)
		if got := rita.ids("assessment-candidate", "isPendingInvite=true&isUnassigned=false"); !slices.Equal(got, []int64{p.ID}) {
			t.Errorf("waiting for the mail: %v", got)
		}
		otto.refused("another firm's", fault.NotFound, "assessment-candidate", resource.Delete, p.ID, "")
		rita.wrote("assessment-candidate", resource.Delete, p.ID, "")
		for _, name := range []string{"models.assessment-section-candidate", "panel-candidate", "assessment-candidate"} {
			if got := rita.ids(name, ""); len(got) != 0 {
				t.Errorf("%s: %v", name, got)
			}
		}
		w.Visitor(t).Get(t, link).Want(http.StatusNotFound)
		var waiting int64
		w.DB.Read.Model(&models.Notification{}).Where("status <> ?", models.NotificationArchived).Where("candidate_id = ?", p.CandidateID).Count(&waiting)
		if waiting != 0 {
			t.Errorf("%d messages still wait to leave", waiting)
		}
	})
}

func TestAnAttemptIsWrittenWithinItsRules(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		const name = "models.assessment-section-candidate"
		rita := asker{t, w, open(t, w), w.Rita}
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempts := w.Attempts(t, p)
		running, _ := w.Started(t, p, 0)
		essay := attempts[1]

		later := w.Clock.Now().Add(30 * 24 * time.Hour)
		moved := rita.wrote(name, resource.Update, essay.ID, `{"start_date":"2026-03-01","end_date":"`+resource.FormatMoment(later)+`"}`)
		if moved.Get("end_date") != resource.FormatMoment(later) || moved.Get("isComplete") != false || moved.Get("timeElapsed") != int64(0) || moved.Get("duration") != "40 minutes" {
			t.Errorf("moved to %v", moved)
		}
		if got := rita.list("assessment-candidate", "").Objects[0]; got.Get("id") != p.ID {
			t.Errorf("listed %v", got)
		}
		rita.refused("an end before the start", fault.Invalid, name, resource.Update, essay.ID, `{"start_date":"2026-03-09","end_date":"2026-03-08"}`)
		rita.refused("a start that is past", fault.Conflict, name, resource.Update, running.ID, `{"start_date":"2026-03-09"}`)
		rita.refused("a score beside the key's", fault.Conflict, name, resource.Update, running.ID, `{"score":3}`)
		rita.refused("backwards", fault.Conflict, name, resource.Update, running.ID, `{"status_id":2}`)
		rita.refused("another's reason", fault.Invalid, name, resource.Update, running.ID, `{"status_reason_id":99999}`)
		shorter := rita.wrote(name, resource.Update, running.ID, `{"end_date":"`+resource.FormatMoment(w.Clock.Now().Add(time.Minute))+`"}`)
		if w.Attempts(t, p)[0].DeadlineAt.Before(*running.DeadlineAt) {
			t.Errorf("a running attempt lost time: %v", shorter)
		}

		w.Clock.Advance(90 * time.Second)
		closed := rita.wrote(name, resource.Update, running.ID, `{"status_id":13}`)
		if closed.Get("isComplete") != true || closed.Get("timeElapsed") != int64(90) || closed.Get("score") != "0.00" {
			t.Errorf("closed %v", closed)
		}
		if status, ok := closed.Get("status").(models.Status); !ok || status.SortKey != models.Completed {
			t.Errorf("the status is %v", closed.Get("status"))
		}
		rita.refused("another end of what was taken here", fault.Conflict, name, resource.Update, running.ID, `{"completed_at":"2026-03-01"}`)
		back := fmt.Sprintf(`{"start_date":null,"end_date":%q,"status_id":13,"completed_at":%q,"score":"0.00","externalComplete":false}`, closed.Get("end_date"), closed.Get("completed_at"))
		if same := rita.wrote(name, resource.Update, running.ID, back); same.Get("completed_at") != closed.Get("completed_at") {
			t.Errorf("sent back as it was read: %v", same)
		}
		outside := rita.wrote(name, resource.Update, essay.ID, `{"completed_at":"2026-03-02 08:00:00+00","externalComplete":true,"score":7.5}`)
		if outside.Get("score") != "7.50" || outside.Get("isComplete") != true || outside.Get("status_id") != models.Completed.ID() {
			t.Errorf("finished elsewhere: %v", outside)
		}
		if got := rita.list("assessment-candidate", "id="+str(p.ID)).Objects[0]; got.Get("status_id") != models.Completed.ID() {
			t.Errorf("the participation is at %v", got.Get("status_id"))
		}
	})
}

func TestAPanelistSeesWhatWasAssigned(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		done := w.Finished(t, w.Assessment(t), 2)
		mine := w.EssayOf(t, done[0])
		w.Assign(t, mine, w.Paul)
		for name, want := range map[string]int{"assessment-candidate": 1, "models.assessment-section-candidate": 1, "models.answer": 1, "panel": 1, "panel-candidate": 1} {
			if got := paul.ids(name, ""); len(got) != want {
				t.Errorf("%s: %v, want %d", name, got, want)
			}
		}
		seen := paul.list("models.assessment-section-candidate", "").Objects[0]
		if keyOf(seen) != mine.ID || seen.Get("c") != nil || seen.Get("verification_code") != nil {
			t.Errorf("the panelist sees %v", seen)
		}
		code, _ := rita.list("models.assessment-section-candidate", "id="+str(mine.ID)).Objects[0].Get("c").(string)
		claim, err := attendlink.Read(code)
		if err != nil || claim.AttemptID != mine.ID || w.Runner.World.Links.Check(claim, done[0].LinkEpoch) != nil {
			t.Errorf("the recruiter's code %q: %v", code, err)
		}
		paul.refused("a panelist decides", fault.Forbidden, "assessment-candidate", resource.Update, done[0].ID, `{"status_id":15}`)
		paul.refused("a panelist assigns", fault.Forbidden, "panel", resource.Create, 0, `{"assessment_section_id":1,"user_id":1}`)
	})
}

func TestAnswersNumberTheChosenOptions(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		p := w.Invited(t, w.EveryType(t, nil), w.Candidate(t, 0))
		_, paper := w.Started(t, p, 0)
		yes := false
		for i, value := range []models.AnswerValue{{Choices: []string{"b"}}, {Choices: []string{"c", "a"}}, {Truth: &yes}, {Gaps: []string{"4"}}} {
			w.Run(t, w.AsCandidate(t, p), &actions.SaveAnswer{AnswerID: paper[i].ID, Revision: 1, Writer: "page", Value: value})
		}
		for i, want := range []struct{ choice, text any }{{int64(2), nil}, {int64(13), nil}, {int64(2), nil}, {nil, "4"}, {nil, nil}} {
			got := rita.list("models.answer", "id="+str(paper[i].ID)).Objects[0]
			if got.Get("choice") != want.choice || got.Get("text") != want.text || got.Get("plainTxtContent") != want.text || got.Get("typingAccuracy") != nil {
				t.Errorf("answer %d: choice %v, text %v", i+1, got.Get("choice"), got.Get("text"))
			}
		}
		if _, err := rita.c.Named("models.answer").Resource.View(context.Background(), w.DB.Read, asker{t, w, rita.c, w.Otto}.ask(""), paper[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm reads an answer: %v", err)
		}
	})
}
