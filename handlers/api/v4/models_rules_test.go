package v4_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// first returns the first row of a list.
func first(t *testing.T, program testkit.Program, path string) map[string]any {
	t.Helper()
	var rows []map[string]any
	program.Get(t, "/api/v4"+path).Want(http.StatusOK).Into(&rows)
	if len(rows) == 0 {
		t.Fatalf("%s lists nothing", path)
	}
	return rows[0]
}

// nameIn is the name in a member that holds an object, "" where there is none.
func nameIn(row map[string]any, member string) string {
	o, _ := row[member].(map[string]any)
	name, _ := o["name"].(string)
	return name
}

func TestWhoIsExpanded(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := w.Finished(t, assessment, 1)[0]
		essay := w.EssayOf(t, p)
		w.Assign(t, essay, w.Paul)
		given := actions.Evaluate{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendHold}}
		w.Record(t, w.As(t, w.Paul), &given)
		w.Scheduled(t, w.Invited(t, assessment, w.Candidate(t, 41)))
		event := w.Event(t)
		w.EventUser(t, event, w.Paul, models.EventEvaluator)
		rita, paul := w.Program(t, w.Rita), w.Program(t, w.Paul)
		rita.JSON(t, "POST", "/api/v4/models/assessment-collaborator", map[string]any{"role": 1, "assessment_id": assessment.ID, "user_id": w.Paul.ID}).
			Want(http.StatusCreated)
		rita.JSON(t, "PUT", fmt.Sprintf("/api/v4/models/event/%d", event.ID), map[string]any{"point_of_contact": w.Paul.ID}).Want(http.StatusOK)
		for _, row := range []struct{ path, member, name string }{
			{"/models/assessment?id=" + fmt.Sprint(assessment.ID), "ownedBy", w.Rita.Name},
			{"/models/assessment?id=" + fmt.Sprint(assessment.ID), "organization", w.Acme.Name},
			{"/models/assessment-candidate?", "invitedBy", w.Rita.Name},
			{"/models/assessment-collaborator?", "user", w.Paul.Name},
			{"/models/assessment-collaborator?", "createdBy", w.Rita.Name},
			{"/models/panel?", "user", w.Paul.Name},
			{"/models/panel-candidate?", "addedBy", w.Rita.Name},
			{"/models/evaluation?", "evaluatedBy", w.Paul.Name},
			{"/models/live-session?", "hostedBy", w.Rita.Name},
			{"/models/live-attendee?role=2", "user", w.Paul.Name},
			{"/models/event?", "pointOfContact", w.Paul.Name},
			{"/models/event-user?", "user", w.Paul.Name},
		} {
			if got := nameIn(first(t, rita, row.path+"&expand="+row.member), row.member); got != row.name {
				t.Errorf("%s expands %s to %q, want %q", row.path, row.member, got, row.name)
			}
		}
		if _, shown := first(t, paul, "/models/evaluation?expand=evaluatedBy")["evaluatedBy"]; shown {
			t.Error("a panelist, who sees no users, expands one")
		}
	})
}

func TestRegisteredMeansThatThePersonCameByThemselves(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 42))
		w.Run(t, w.AsCandidate(t, p), &actions.Consent{Agreed: true})
		rita := w.Program(t, w.Rita)
		path := fmt.Sprintf("/models/assessment-section-candidate?assessment_candidate_id=%d", p.ID)
		if got := first(t, rita, path)["isRegistered"]; got != false {
			t.Errorf("whoever was invited and agreed is registered: %v", got)
		}
		if err := w.DB.Write.Model(&models.Candidate{}).Where("id = ?", p.CandidateID).Update("is_registered", true).Error; err != nil {
			t.Fatal(err)
		}
		attempt, candidate := first(t, rita, path), first(t, rita, fmt.Sprintf("/models/candidate?id=%d", p.CandidateID))
		if attempt["isRegistered"] != true || candidate["isRegistered"] != true {
			t.Errorf("attempt %v, candidate %v", attempt["isRegistered"], candidate["isRegistered"])
		}
	})
}

func TestARequestExpandsWithinBounds(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ada := w.Program(t, w.Ada)
	for count, status := range map[int]int{60: http.StatusOK, 61: http.StatusUnprocessableEntity} {
		names := make([]string, count)
		for i := range names {
			names[i] = fmt.Sprintf("candidate.relation%d", i)
		}
		ada.Get(t, "/api/v4/models/assessment-candidate?expand="+strings.Join(names, ",")).Want(status)
	}
}

func TestAnUploadedPictureIsToldToPrograms(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	c := w.Candidate(t, 44)
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	add := actions.AddCandidateFile{CandidateID: c.ID, Type: models.FileTypeDisplayPicture, Name: "dot.png", Content: &dot}
	w.Run(t, w.As(t, w.Rita), &add)
	rita := w.Program(t, w.Rita)
	address, _ := first(t, rita, fmt.Sprintf("/models/candidate-image?id=%d", c.ID))["profile_pic"].(string)
	if shown := object(t, rita.Get(t, address).Want(http.StatusOK)); shown["originalName"] != "dot.png" {
		t.Errorf("the picture's address %q leads to %v", address, shown)
	}
	w.Run(t, w.As(t, w.Rita), &actions.RemoveCandidateFile{CandidateID: c.ID, FileID: add.File.ID})
	if got := first(t, rita, fmt.Sprintf("/models/candidate?id=%d", c.ID))["profile_pic"]; got != nil {
		t.Errorf("after it was removed: %v", got)
	}
}

func TestAnAnswerIsTheSameWhenNothingChanged(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.Finished(t, w.Assessment(t), 2)
	file := w.File(t, models.FileTypeImage)
	ada := w.Program(t, w.Ada)
	for _, path := range []string{
		"/api/v4/models/assessment-candidate?expand=candidate,assessment,status,evaluations,assessmentSectionCandidates,invitedBy",
		"/api/v4/models/skill?fields=name,id,created_at", fmt.Sprintf("/api/v4/models/file/%d", file.ID), "/api/v4/user",
	} {
		tag := ada.Get(t, path).Want(http.StatusOK).Header.Get("ETag")
		for range 8 {
			w.Clock.Advance(time.Second)
			if again := ada.Get(t, path).Header.Get("ETag"); again != tag {
				t.Errorf("%s: another tag a second later", path)
				break
			}
		}
	}
	path := fmt.Sprintf("/api/v4/models/file/%d", file.ID)
	tag := ada.Get(t, path).Header.Get("ETag")
	w.Clock.Advance(time.Minute)
	ada.Send(t, "PUT", path, "application/json", `{"name":"Portrait"}`, "If-Match", tag).Want(http.StatusOK)
}

func TestRowsOfModelsKeepTheirRules(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, ada := w.Program(t, w.Rita), w.Program(t, w.Ada)
		c := w.Candidate(t, 43)
		entry := map[string]any{"candidate_id": c.ID, "organization": "Mill", "title": "Clerk", "started_at": "2018-12-18"}
		made := object(t, rita.JSON(t, "POST", "/api/v4/models/candidate-experience", entry).Want(http.StatusCreated))
		experience := fmt.Sprintf("/api/v4/models/candidate-experience/%.0f", made["id"])
		for _, row := range []struct {
			method, path, body, names string
		}{
			{"POST", "/api/v4/models/candidate-education", fmt.Sprintf(`{"candidate_id":%d,"school":" "}`, c.ID), "school"},
			{"POST", "/api/v4/models/candidate-experience", fmt.Sprintf(`{"candidate_id":%d,"organization":"","title":"Clerk","started_at":"2018-12-18"}`, c.ID), "organization"},
			{"PUT", experience, `{"started_at":null}`, "started_at"},
			{"PUT", experience, `{"title":" "}`, "title"},
			{"POST", "/api/v4/models/assessment-collaborator", fmt.Sprintf(`{"role":1,"assessment_id":%d,"user_id":%d}`, w.Assessment(t).ID, w.Otto.ID), "user_id"},
			{"POST", "/api/v4/models/event", fmt.Sprintf(`{"title":"Day","owned_by":%d}`, w.Otto.ID), "owned_by"},
			{"POST", "/api/v4/models/event", `{"title":"Day","registration_form_id":99999}`, "registration_form_id"},
			{"POST", "/api/v4/models/question", `{"type":"true or false","content":"Water is wet","correct_choice":3}`, "correct_choice"},
			{"POST", "/api/v4/models/question", `{"type":"essay","content":{"text/plain":"Tell"}}`, "content"},
		} {
			ada.Send(t, row.method, row.path, "application/json", row.body).Want(http.StatusUnprocessableEntity).Says(`"` + row.names + `"`)
		}
		for status, kind := range map[int64]any{models.Rejected.ID(): "Rejected", models.Invited.ID(): nil} {
			reason := object(t, ada.JSON(t, "POST", "/api/v4/models/status-reason", map[string]any{"key": "late", "status_id": status}).Want(http.StatusCreated))
			if reason["type"] != kind || reason["label"] != "late" {
				t.Errorf("a reason for status %d: %v", status, reason)
			}
		}
		session := w.LiveSession(t, w.Invited(t, w.Assessment(t), c))
		for _, seat := range w.Attendees(t, session) {
			links, _ := first(t, rita, fmt.Sprintf("/models/live-attendee?id=%d&fields=_links", seat.ID))["_links"].(map[string]any)
			to, _ := links["candidate"].(map[string]any)
			if to["href"] != fmt.Sprintf("/api/v4/models/candidate/%d", c.ID) {
				t.Errorf("the seat of role %d leads to %v", seat.Role, to)
			}
		}
	})
}

func TestNewRowsBeginAsDocumented(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ada := w.Program(t, w.Ada)
	external := w.ExternalAssessment(t)
	section := models.Section{Owned: models.Owned{OrganizationID: w.Acme.ID}, Title: "Loose", SectionTypeID: models.EssaySection}
	if err := w.DB.Write.Create(&section).Error; err != nil {
		t.Fatal(err)
	}
	criterion := object(t, ada.JSON(t, "POST", "/api/v4/models/parameter", map[string]any{"name": "Clarity"}).Want(http.StatusCreated))
	event := object(t, ada.JSON(t, "POST", "/api/v4/models/event", map[string]any{"title": "Hiring day"}).Want(http.StatusCreated))
	for _, row := range []struct {
		path, body string
		want       map[string]any
	}{
		{"candidate", `{"email":"new@example.org"}`, map[string]any{"status_id": 25.0, "isRegistered": false, "icard": nil, "assigned_to": nil}},
		{"assessment", `{"title":"New","description":"<p>x</p>"}`, map[string]any{"status_id": 1.0, "publicLinkUrl": nil, "owned_by": float64(w.Ada.ID)}},
		{"external-assessment", `{}`, map[string]any{"status": 100.0, "duration": nil, "addedCount": 0.0}},
		{"evaluation-invitation", fmt.Sprintf(`{"attend_url":"https://a.example/","external_assessment_id":%d}`, external.ID), map[string]any{"status": 10.0, "score": nil}},
		{"event", `{"title":"Day"}`, map[string]any{"status": 1.0, "is_public": false, "canSelectAssessment": false}},
		{"event-user", fmt.Sprintf(`{"event_id":%.0f,"user_id":%d,"role":"Evaluator"}`, event["id"], w.Paul.ID), map[string]any{"status": 1.0, "panel_id": nil}},
		{"parameter", `{"name":"Calm"}`, map[string]any{"type": 1.0, "max_value": nil}},
		{"parameter", `{"name":"Pace","max_value":100,"recommended_value":80}`, map[string]any{"max_value": 100.0, "recommended_value": 80.0}},
		{"select-field-type", `{"name":"Places"}`, map[string]any{"isPublic": false}},
		{"section-parameter", fmt.Sprintf(`{"section_id":%d,"parameter_id":%.0f}`, section.ID, criterion["id"]), map[string]any{"sort_order": nil, "recommended_value": nil, "is_mandatory": nil}},
		{"form", `{"type":1,"name":"Empty"}`, map[string]any{"status": 0.0, "is_public": false, "article_id": nil, "position_id": nil}},
		{"custom-field-master", `{"type":1,"label":"Town","key":"town"}`, map[string]any{"is_report": false}},
		{"skill", `{"name":"Patience"}`, map[string]any{"external_id": nil, "description": nil}},
	} {
		made := object(t, ada.Send(t, "POST", "/api/v4/models/"+row.path+"/", "application/json", row.body).Want(http.StatusCreated))
		for name, want := range row.want {
			if got, there := made[name]; !there || got != want {
				t.Errorf("a new %s has %s %v, want %v", row.path, name, got, want)
			}
		}
	}
}

func TestWhatIsNotDocumentedIsNotThere(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ada := w.Program(t, w.Ada)
	for _, row := range []struct {
		method, path string
	}{
		{"DELETE", "candidate-calendar/1"}, {"DELETE", "candidate-education/1"}, {"PUT", "candidate-file-attachment/1"}, {"PUT", "candidate-image/1"},
		{"POST", "candidate-image"}, {"POST", "assessment-candidate"}, {"POST", "evaluation-rating"}, {"PUT", "event-candidate/1"}, {"DELETE", "file/1"},
		{"POST", "form-instance-file"}, {"PUT", "form-instance/1"}, {"POST", "live-attendee"}, {"DELETE", "live-attendee/1"}, {"POST", "live-session"},
		{"POST", "menu-card"}, {"DELETE", "panel-candidate/1"}, {"PUT", "panel/1"}, {"DELETE", "panel/1"}, {"PUT", "parameter/1"}, {"POST", "answer"},
		{"PUT", "section-question/1"}, {"DELETE", "section-question/1"}, {"POST", "section"}, {"DELETE", "skill/1"}, {"PUT", "status-reason/1"},
		{"POST", "assessment-section-candidate"}, {"POST", "code-language"}, {"POST", "category"}, {"POST", "notification-log"},
	} {
		reply := ada.JSON(t, row.method, "/api/v4/models/"+row.path, nil)
		if reply.Status != http.StatusMethodNotAllowed || reply.Header.Get("Allow") == "" {
			t.Errorf("%s %s: %d, Allow %q", row.method, row.path, reply.Status, reply.Header.Get("Allow"))
		}
	}
	for _, path := range []string{"pearson-assessment/1", "menu-card/1", "notification-log/1"} {
		if status := ada.Get(t, "/api/v4/models/"+path).Status; !slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed}, status) {
			t.Errorf("GET %s: %d", path, status)
		}
	}
}
