package v4_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/internal/testkit/contract"
	"github.com/assay-hire/assay/models"
)

// alternatives are documented as mandatory, and the document's own samples or another member stand in for them.
var alternatives = map[string]bool{
	"invite assessmentSectionID": true, "simulation-schedule assessmentSectionCandidateID": true,
	"section-workflow parent": true, "section-workflow child": true, "section-workflow section": true,
}

// bodies are one good body for every documented action.
func bodies(t *testing.T, w *testkit.World) map[string]map[string]any {
	t.Helper()
	keys, all := stage(t, w), map[string]map[string]any{}
	for _, d := range deeds(w) {
		var body map[string]any
		if err := json.Unmarshal([]byte(keys.fill(d.deed.body)), &body); err != nil {
			t.Fatal(err)
		}
		if _, forSections := body["assessmentSections"]; d.name != "remind-candidate" || !forSections {
			all[d.name] = body
		}
	}
	at := w.Clock.Now().UTC().Add(50 * time.Hour).Truncate(time.Hour)
	when := map[string]any{"startDate": at, "endDate": at.Add(time.Hour), "timezone": "UTC", "isNotify": true}
	with := func(more map[string]any) map[string]any {
		body := map[string]any{}
		for _, part := range []map[string]any{when, more} {
			for name, value := range part {
				body[name] = value
			}
		}
		return body
	}
	panel, event := []map[string]int64{{"id": w.Paul.ID}}, w.Event(t)
	w.EventUser(t, event, w.Paul, models.EventEvaluator)
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 4))
	live, attempt := w.Scheduled(t, p), w.Attempts(t, p)[0]
	all["live-schedule"] = with(map[string]any{"panel": panel, "assessmentCandidateID": p.ID})
	all["live-reschedule"] = with(map[string]any{"liveSessionID": live.ID})
	all["live-change-panel"] = map[string]any{"liveSessionID": live.ID, "panel": panel}
	all["live-cancel"] = map[string]any{"liveSessionID": live.ID}
	all["live-reminder"] = map[string]any{"liveSessionID": live.ID}
	all["simulation-schedule"] = with(map[string]any{"assessmentCandidateID": p.ID, "assessmentSectionCandidateID": attempt.ID})
	all["simulation-reschedule"] = with(map[string]any{"assessmentSectionCandidateID": attempt.ID})
	for _, name := range []string{"simulation-cancel", "simulation-reminder"} {
		all[name] = map[string]any{"assessmentSectionCandidateID": attempt.ID, "isNotify": true}
	}
	all["event-candidate-invite"] = map[string]any{"event_id": event.ID, "candidates": map[string]any{"_content": map[string]any{"email": "tu@example.org"}}}
	all["event-candidate-notify"] = map[string]any{"event_id": event.ID, "attend_reminder": true}
	all["event-panel-notify"] = map[string]any{"event_id": event.ID}
	all["section-workflow"] = map[string]any{"assessmentID": w.Assessment(t).ID, "type": "insert", "parent": nil, "child": nil, "section": map[string]any{"title": "x", "section_type_id": 4}}
	return all
}

func TestWhatTheDocumentDemandsOfAnActionIsDemanded(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	documented, err := contract.V4()
	if err != nil {
		t.Fatal(err)
	}
	all, rita := bodies(t, w), w.Program(t, w.Rita)
	checked := 0
	for _, r := range documented {
		name, isAction := strings.CutPrefix(r.Name, "actions.")
		if !isAction || len(r.Endpoints) == 0 {
			continue
		}
		for _, member := range r.Endpoints[0].Body {
			if !member.Mandatory || alternatives[name+" "+member.Name] {
				continue
			}
			for what, leave := range map[string]func(map[string]any){"without": func(b map[string]any) { delete(b, member.Name) }, "null for": func(b map[string]any) { b[member.Name] = nil }} {
				body := map[string]any{}
				for key, value := range all[name] {
					body[key] = value
				}
				leave(body)
				reply := rita.JSON(t, http.MethodPost, "/api/v4/actions/"+name, body)
				if reply.Status != http.StatusUnprocessableEntity || !strings.Contains(reply.Body, fmt.Sprintf("\"field\":%q", member.Name)) {
					t.Errorf("%s %s %s: %d %s", name, what, member.Name, reply.Status, reply.Body)
				}
				checked++
			}
		}
	}
	if checked < 80 {
		t.Errorf("only %d bodies were tried", checked)
	}
}

func TestActionsAreForTheDocumentedRoles(t *testing.T) {
	t.Parallel()
	for _, public := range actions.List {
		for role, want := range map[models.Role]bool{models.MasterRecruiter: true, models.Recruiter: true, models.APIUser: true, models.Evaluator: public.Name == "evaluate"} {
			if public.Name == "correct-key" {
				continue // ours
			}
			if got := access.Can(access.Actor{Kind: access.User, Role: role}, public.New().Grant()); got != want {
				t.Errorf("%s as %s: %v, want %v", public.Name, role, got, want)
			}
		}
	}
}
