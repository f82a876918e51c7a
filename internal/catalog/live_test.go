package catalog_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestASeatShowsItsCodeToItsHolderOnly(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		assessment := w.Assessment(t)
		mine, other := w.Scheduled(t, w.Invited(t, assessment, w.Candidate(t, 0))), w.LiveSession(t, w.Invited(t, assessment, w.Candidate(t, 1)))
		w.DB.Write.Where("live_session_id = ? AND user_id = ?", other.ID, w.Paul.ID).Delete(&models.LiveAttendee{})
		recording := w.Recording(t, mine)
		if got := paul.ids("models.live-session", ""); !slices.Equal(got, []int64{mine.ID}) {
			t.Errorf("a panelist sees %v", got)
		}
		for _, seat := range paul.list("models.live-attendee", "").Objects {
			own := seat.Get("user_id") == w.Paul.ID
			if shown := seat.Get("c") != nil && seat.Get("joinUrl") != nil && seat.Get("passcode") != nil; shown != own {
				t.Errorf("the seat %v shows its code: %t", seat.Get("fullName"), shown)
			}
		}
		seats := rita.list("models.live-attendee", "live_session_id="+str(mine.ID)).Objects
		if len(seats) != 3 || !strings.HasPrefix(seats[0].Get("joinUrl").(string), "http://assay.test/live/") {
			t.Errorf("who schedules sees %v", seats)
		}
		shown := rita.list("models.live-session", "id="+str(mine.ID)+"&expand=recordings,attendees").Objects[0]
		files := shown.Get("recordings").([]any)
		if len(files) != 1 || files[0].(map[string]any)["id"] != recording.FileID || len(shown.Get("attendees").([]resource.Object)) != 3 ||
			shown.Get("duration") != "00:45:00" {
			t.Errorf("shown as %v", shown)
		}
		if got := rita.ids("models.live-session", "uid="+mine.UID); !slices.Equal(got, []int64{mine.ID}) {
			t.Errorf("found by uid: %v", got)
		}
		if got := rita.ids("file", "live_session_id="+str(mine.ID)); !slices.Equal(got, []int64{recording.FileID}) {
			t.Errorf("files: %v", got)
		}
		w.Record(t, w.As(t, w.Rita), &actions.LiveCancel{LiveSessionID: mine.ID})
		seat := seats[0].Get("id").(int64)
		if _, err := rita.write("models.live-attendee", resource.Update, seat, `{"live_session_id":`+str(other.ID)+`}`); fault.KindOf(err) != fault.Conflict {
			t.Errorf("out of what is called off: %v", err)
		}
		if _, err := rita.write("models.live-attendee", resource.Update, seat, `{"status":5}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a status that is none: %v", err)
		}
	})
}

func TestOnlyEvaluatorsEnterTheirOwnTime(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		body := `{"from":"2027-05-01 09:00:00+00","to":"2027-05-01T10:00:00Z","event":" Free  hour ","type":2}`
		made, err := paul.write("calendar", resource.Create, 0, body)
		if err != nil || made.Get("user_id") != w.Paul.ID || made.Get("event") != "Free hour" || made.Get("eventType") != nil || made.Get("isAllDay") != false {
			t.Fatalf("made %v: %v", made, err)
		}
		id := made.Get("id").(int64)
		if _, err := rita.write("calendar", resource.Create, 0, body); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a recruiter's own time: %v", err)
		}
		for _, bad := range []string{`{"to":"2027-05-01T08:00:00Z"}`, `{"type":9}`, `{"event":" "}`, `{"user_id":null,"nonsense":1}`} {
			if _, err := paul.write("calendar", resource.Update, id, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", bad, err)
			}
		}
		if _, err := rita.write("calendar", resource.Update, id, `{"type":3}`); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else's time: %v", err)
		}
		from := time.Date(2027, 5, 1, 9, 0, 0, 0, time.UTC)
		for query, want := range map[string]int{
			"": 1, "startsAt=" + strconv.FormatInt(from.Unix(), 10): 1, "startsAt=" + strconv.FormatInt(from.Unix()+1, 10): 0,
			"from=2027-05-01T09:00:00Z": 1, "from=2027-05-01T09:00:01Z": 0, "user_id=" + str(w.Rita.ID): 0, "type=2": 1, "type=3": 0,
		} {
			if got := paul.ids("calendar", query); len(got) != want {
				t.Errorf("calendar?%s: %v", query, got)
			}
		}
		for query, want := range map[string]int{
			"user_id=" + str(w.Paul.ID): 1, "from=2027-05-01&to=2027-05-02": 1, "from=2027-05-01T09:30:00Z": 0, "to=2027-05-01T09:30:00Z": 0,
		} {
			if got := rita.ids("user-calendar", query); len(got) != want {
				t.Errorf("user-calendar?%s: %v", query, got)
			}
		}
		if _, err := paul.c.Named("user-calendar").Resource.List(context.Background(), w.DB.Read, paul.ask("")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a panelist looks into calendars: %v", err)
		}
		session := w.Scheduled(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		var slots []models.CalendarSlot
		w.DB.Read.Where("live_session_id = ?", session.ID).Order("id").Find(&slots)
		if _, err := paul.write("calendar", resource.Delete, slots[1].ID, ""); fault.KindOf(err) != fault.Conflict {
			t.Errorf("deleting what an appointment entered: %v", err)
		}
		if _, err := rita.write("candidate-calendar", resource.Update, slots[0].ID, `{"type":2}`); fault.KindOf(err) != fault.Conflict {
			t.Errorf("changing what an appointment entered: %v", err)
		}
		if _, err := paul.write("calendar", resource.Delete, id, ""); err != nil {
			t.Error(err)
		}
	})
}

func TestAnEventGoesItsWay(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul, otto := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}, asker{t, w, c, w.Otto}
		made, err := rita.write("event", resource.Create, 0, `{"title":" Open  day ","owned_by":"`+str(w.Rita.ID)+`","location":[],"publicUrl":"x","addedCount":3}`)
		if err != nil || made.Get("title") != "Open day" || made.Get("status") != int64(1) && made.Get("status") != models.EventDraft || len(made.Get("code").(string)) != 10 {
			t.Fatalf("made %v: %v", made, err)
		}
		id := made.Get("id").(int64)
		rows := []struct {
			body string
			want fault.Kind
		}{
			{`{"status":4}`, fault.Invalid}, {`{"canSelectAssessment":true,"status":2}`, ""}, {`{"canSelectAssessment":false}`, fault.Conflict},
			{`{"status":1}`, fault.Invalid}, {`{"owned_by":` + str(w.Otto.ID) + `}`, fault.Invalid}, {`{"title":" "}`, fault.Invalid},
			{`{"start_date":"2027-01-02","end_date":"2027-01-01"}`, fault.Invalid}, {`{"city":"Porto","status":4}`, ""},
		}
		for _, row := range rows {
			if _, err := rita.write("event", resource.Update, id, row.body); fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %q", row.body, err, row.want)
			}
		}
		assessment := w.Assessment(t)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		elsewhere := w.Invited(t, w.Assessment(t), w.Candidate(t, 1))
		held, err := rita.write("event-assessment", resource.Create, 0, `{"event_id":`+str(id)+`,"assessment_id":`+str(assessment.ID)+`}`)
		if err != nil {
			t.Fatal(err)
		}
		candidate := `{"event_id":` + str(id) + `,"candidate_id":` + str(p.CandidateID) + `,"assessment_candidate_id":`
		if _, err := rita.write("event-candidate", resource.Create, 0, candidate+str(elsewhere.ID)+`}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("somebody else's participation: %v", err)
		}
		if _, err := rita.write("event-candidate", resource.Create, 0, candidate+str(p.ID)+`}`); err != nil {
			t.Fatal(err)
		}
		counted := rita.list("event-assessment", "expand=invitedCount,addedCount,declinedCount,assessmentExpanded&event_id="+str(id)).Objects[0]
		sum := counted.Get("invitedCount").(int64) + counted.Get("addedCount").(int64)
		if inner, ok := counted.Get("assessmentExpanded").(resource.Object); sum != 1 || counted.Get("declinedCount") != int64(0) || !ok || inner.Get("title") != "Dispatcher" {
			t.Errorf("counted %v", counted)
		}
		whole := rita.list("event", "assessment_id="+str(assessment.ID)+"&expand=addedCount,invitedCount&s=porto").Objects[0]
		if whole.Get("invitedCount").(int64)+whole.Get("addedCount").(int64) != 1 || whole.Get("rejectedCount") != nil {
			t.Errorf("counted %v", whole)
		}
		if got := rita.ids("event-candidate", "status_sort_key=10&status_sort_key=20&s=cleo"); len(got) != 1 {
			t.Errorf("candidates: %v", got)
		}
		if got := paul.ids("event", ""); len(got) != 0 {
			t.Errorf("a panelist sees events without a part: %v", got)
		}
		part, err := rita.write("event-user", resource.Create, 0, `{"event_id":`+str(id)+`,"user_id":`+str(w.Paul.ID)+`,"role":"Evaluator"}`)
		if err != nil || part.Get("status") != models.EventUserPending {
			t.Fatalf("a part: %v, %v", part, err)
		}
		if got := paul.ids("event", ""); !slices.Equal(got, []int64{id}) {
			t.Errorf("a panelist with a part sees %v", got)
		}
		if _, err := rita.write("event-user", resource.Update, part.Get("id").(int64), `{"role":"Recruiter","panel_id":1}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a recruiter's panel: %v", err)
		}
		if _, err := otto.write("event-assessment", resource.Update, held.Get("id").(int64), `{}`); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm: %v", err)
		}
	})
}

func TestOutsideAssessmentsAreCounted(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		made, err := rita.write("external-assessment", resource.Create, 0, `{"title":"Typing","duration":"01:30:00"}`)
		if err != nil || made.Get("duration") != "01:30:00" || made.Get("status") != models.ExternalActive {
			t.Fatalf("made %v: %v", made, err)
		}
		id := str(made.Get("id").(int64))
		if _, err := rita.write("external-assessment", resource.Update, made.Get("id").(int64), `{"duration":"soon"}`); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a length that is none: %v", err)
		}
		for _, status := range []string{"10", "15"} {
			attempt := str(w.Attempts(t, p)[0].ID)
			invited, err := rita.write("evaluation-invitation", resource.Create, 0, `{"attend_url":"https://p.example/a","external_assessment_id":`+id+
				`,"status":`+status+`,"reprot_url":"https://p.example/r","assessment_section_candidate_is":`+attempt+`}`)
			if err != nil || invited.Get("report_url") != "https://p.example/r" {
				t.Fatalf("invited %v: %v", invited, err)
			}
			if card, ok := invited.Get("candidate").(map[string]any); !ok || card["name"] != "Cleo Costa" {
				t.Errorf("the card is %v", invited.Get("candidate"))
			}
		}
		for _, bad := range []string{`{"attend_url":"javascript:x","external_assessment_id":` + id + `}`, `{"attend_url":"https://p.example","external_assessment_id":99999}`} {
			if _, err := rita.write("evaluation-invitation", resource.Create, 0, bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", bad, err)
			}
		}
		shown := rita.list("external-assessment", "duration=01:30:00").Objects[0]
		if shown.Get("addedCount") != int64(2) || shown.Get("invitedCount") != int64(1) || shown.Get("attendingCount") != int64(1) || shown.Get("selectedCount") != int64(0) {
			t.Errorf("counted %v", shown)
		}
		if got := rita.ids("external-assessment", "duration=00:30:00"); len(got) != 0 {
			t.Errorf("of another length: %v", got)
		}
	})
}
