package v4_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// act posts an action and returns its answer.
func act(t *testing.T, p testkit.Program, name, body string, want int) map[string]any {
	t.Helper()
	reply := p.Send(t, http.MethodPost, "/api/v4/actions/"+name, "application/json", body)
	if reply.Status != want {
		t.Fatalf("%s with %s: %d %s", name, body, reply.Status, reply.Body)
	}
	return object(t, reply)
}

func TestLiveActionsTakeTheDocumentedForms(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		day := w.Clock.Now().UTC().AddDate(0, 0, 2).Truncate(24 * time.Hour)
		body := func(more string) string {
			return fmt.Sprintf(`{"startDate":%q,"endDate":%q,"panel":[{"id":%d}],"assessmentCandidateID":"%d","isNotify":true%s}`,
				day.Add(14*time.Hour).Format("2006-01-02T15:04:05.000Z"), day.Add(15*time.Hour).Format("2006-01-02 15:04:05+00"), w.Paul.ID, p.ID, more)
		}
		made := act(t, rita, "live-schedule", body(""), http.StatusCreated)
		if made["type"] != 8.0 || made["status"] != 1.0 || made["external_id"] == nil || made["completed_at"] != nil || made["askPanel"] != nil ||
			made["isNotify"] != true || made["assessmentCandidateID"] != fmt.Sprint(p.ID) {
			t.Errorf("answered %v", made)
		}
		link := made["_links"].(map[string]any)["liveSession"].(map[string]any)["href"].(string)
		var sessions []map[string]any
		rita.Get(t, link).Into(&sessions)
		if len(sessions) != 1 || sessions[0]["version"] != 0.0 {
			t.Fatalf("%s leads to %v", link, sessions)
		}
		id := int64(sessions[0]["id"].(float64))
		refused := rita.Send(t, http.MethodPost, "/api/v4/actions/live-schedule", "application/json", body(""))
		if refused.Status != http.StatusConflict || !strings.Contains(refused.Body, "is busy") {
			t.Errorf("over a busy time: %d %s", refused.Status, refused.Body)
		}
		act(t, rita, "live-schedule", body(`,"force":true`), http.StatusCreated)
		act(t, rita, "live-reschedule", fmt.Sprintf(`{"liveSessionID":%d,"startDate":%q,"endDate":%q,"timezone":"Asia/Kolkata"}`, id,
			day.AddDate(0, 0, 1).Format("Mon, 02 Jan 2006"), day.AddDate(0, 0, 1).Format("Mon, 02 Jan 2006")), http.StatusCreated)
		act(t, rita, "live-change-panel", fmt.Sprintf(`{"liveSessionID":"%d","panel":[{"id":%d}],"isNotify":"true"}`, id, w.Ada.ID), http.StatusCreated)
		for _, form := range []string{`%d`, `[{"id":%d}]`, `{"id":%d}`, `[%d]`} {
			act(t, rita, "live-reminder", fmt.Sprintf(`{"liveSessionID":`+form+`,"isNotify":false}`, id), http.StatusCreated)
		}
		off := act(t, rita, "live-cancel", fmt.Sprintf(`{"liveSessionID":%d,"is_notify":true}`, id), http.StatusCreated)
		var letters int64
		w.DB.Read.Model(&models.Notification{}).Where("type_id = 630").Count(&letters)
		if letters == 0 || off["type"] != 9.0 {
			t.Errorf("%v told %d of the panel", off, letters)
		}
		var s models.LiveSession
		if err := w.DB.Read.First(&s, id).Error; err != nil || s.Status != models.LiveCancelled || s.TimeZone != "Asia/Kolkata" || s.Version != 3 {
			t.Errorf("the session is %+v: %v", s, err)
		}
		act(t, w.Program(t, w.Paul), "live-cancel", `{}`, http.StatusForbidden)
		act(t, w.Program(t, w.Otto), "live-cancel", fmt.Sprintf(`{"liveSessionID":%d}`, id), http.StatusNotFound)
	})
}

func TestEventAndSimulationActionsTakeTheDocumentedForms(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, e := w.Program(t, w.Rita), w.Event(t)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		at := w.Clock.Now().UTC().Add(50 * time.Hour)
		made := act(t, rita, "simulation-schedule", fmt.Sprintf(`{"startDate":%q,"endDate":%q,"candidateID":%d,"email":"","assessmentCandidateID":%d,
			"assessmentSectionID":%d,"isNotify":true,"timezone":"Asia/Kolkata","panel":[{"id":%d}]}`, at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339),
			p.CandidateID, p.ID, attempt.AssessmentSectionID, w.Paul.ID), http.StatusCreated)
		if made["type"] != 15.0 || made["timezone"] != "Asia/Kolkata" {
			t.Errorf("answered %v", made)
		}
		if got := act(t, rita, "simulation-reminder", fmt.Sprintf(`{"assessmentSectionCandidateID":%d,"isNotify":false}`, attempt.ID), http.StatusCreated); got["type"] != 18.0 {
			t.Errorf("answered %v", got)
		}
		if got := act(t, rita, "simulation-cancel", fmt.Sprintf(`{"assessmentSectionCandidateID":%d,"isNotify":false}`, attempt.ID), http.StatusCreated); got["type"] != 16.0 {
			t.Errorf("answered %v", got)
		}
		invited := act(t, rita, "event-candidate-invite", fmt.Sprintf(`{"isNotify":true,"candidates":{"_content":{"email":"tu@example.org","first_name":"Tu",
			"middle_name":null,"last_name":"Bo","phone":"1234567890","external_id":null}},"event_id":"%d","has_select_assessment":null}`, e.ID), http.StatusCreated)
		if invited["status"] != 3.0 || invited["type"] != 21.0 || invited["completed_at"] == nil || invited["external_id"] == nil || invited["event_id"] != fmt.Sprint(e.ID) {
			t.Errorf("answered %v", invited)
		}
		told := act(t, rita, "event-candidate-notify", fmt.Sprintf(`{"event_id":%d,"register_reminder":false,"attend_reminder":true}`, e.ID), http.StatusCreated)
		if told["status"] != 1.0 || told["external_id"] != nil || told["type"] != 22.0 {
			t.Errorf("answered %v", told)
		}
		w.EventUser(t, e, w.Paul, models.EventEvaluator)
		panel := act(t, rita, "event-panel-notify", fmt.Sprintf(`{"event_id":%d,"eventUsers":[],"register_reminder":false}`, e.ID), http.StatusCreated)
		if panel["status"] != 3.0 || panel["external_id"] != nil || panel["type"] != 24.0 {
			t.Errorf("answered %v", panel)
		}
	})
}

func TestSectionsComeAndGoInAChain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		section := func(order int) string {
			return fmt.Sprintf(`{"order":%d,"title":"Part %d","section_type_id":6,"max_section_time":600,"combined":[{"question_id":%d,"sort_order":1}]}`,
				order, order, w.Capital(t).ID)
		}
		act(t, rita, "create-assessment", `{"title":"Chain","sections":[`+section(1)+`,`+section(2)+`]}`, http.StatusCreated)
		var assessments []map[string]any
		rita.Get(t, "/api/v4/models/assessment?title=Chain").Into(&assessments)
		chain := func() (ids []int64) {
			var rows []map[string]any
			rita.Get(t, fmt.Sprintf("/api/v4/models/assessment-section?assessment_id=%.0f", assessments[0]["id"])).Into(&rows)
			for _, row := range rows {
				ids = append(ids, int64(row["id"].(float64)))
			}
			return ids
		}
		first := chain()
		body := func(kind, more string) string {
			return fmt.Sprintf(`{"parent":%d,"child":%d,"assessmentID":%.0f,"type":%q,"sync":true%s}`, first[0], first[1], assessments[0]["id"], kind, more)
		}
		put := act(t, rita, "section-workflow", body("insert", `,"section":`+section(3)), http.StatusCreated)
		if put["type"] != "insert" || put["status"] != 3.0 || len(chain()) != 3 {
			t.Fatalf("answered %v, the chain is %v", put, chain())
		}
		act(t, rita, "section-workflow", body("delete", ""), http.StatusCreated)
		if got := chain(); len(got) != 2 || got[0] != first[0] || got[1] != first[1] {
			t.Errorf("the chain is %v, was %v", got, first)
		}
		act(t, w.Program(t, w.Paul), "section-workflow", body("delete", ""), http.StatusForbidden)
	})
}

func TestASimulationMoves(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		body := func(in time.Duration) string {
			at := w.Clock.Now().UTC().Add(in)
			return fmt.Sprintf(`{"assessmentCandidateID":%d,"assessmentSectionCandidateID":%d,"isNotify":true,"startDate":%q,"endDate":%q,"timezone":"UTC"}`,
				p.ID, attempt.ID, at.Format(time.RFC3339), at.Add(time.Hour).Format(time.RFC3339))
		}
		act(t, rita, "simulation-schedule", body(30*time.Hour), http.StatusCreated)
		moved := strings.Replace(body(40*time.Hour), fmt.Sprintf(`"assessmentCandidateID":%d,`, p.ID), "", 1)
		if got := act(t, rita, "simulation-reschedule", moved, http.StatusCreated); got["type"] != 17.0 || got["status"] != 1.0 {
			t.Errorf("answered %v", got)
		}
		var s models.LiveSession
		if err := w.DB.Read.Where("kind = ?", "simulation").First(&s).Error; err != nil || !s.StartsAt.Equal(w.Clock.Now().Add(40*time.Hour).Truncate(time.Second)) {
			t.Errorf("the simulation begins %v: %v", s.StartsAt, err)
		}
	})
}
