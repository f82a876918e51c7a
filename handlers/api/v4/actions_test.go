package v4_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/internal/testkit/contract"
	"github.com/assay-hire/assay/models"
)

// deed is how the test asks for one documented action.
type deed struct {
	body   string
	status float64 // of the answer: 1 queued, 3 done at once
	number any     // documented type
	links  string  // a link that it must have
	user   func(*testkit.World) models.User
}

// deeds are the actions on assessments, candidates and panels. $name stands for a key of the stage.
func deeds(w *testkit.World) []struct {
	name string
	deed deed
} {
	soon := w.Clock.Now().Add(20 * 24 * time.Hour).UTC().Format("2006-01-02T15:04:05.000Z")
	return []struct {
		name string
		deed deed
	}{
		{"create-assessment", deed{status: 3, number: 14.0, links: "assessment", body: `{"title":"Assessment","start_date":"` + soon + `","end_date":null,"assessmentStatus":1,
			"description":"Assessment Description","externalID":"E-1","cf":[],"owned_by":$rita,"theme":"default","is_practice":false,
			"sections":[{"order":1,"title":"Objective Test","section_type_id":"6","positive_mark":1,"negative_mark":0,"isPlaylist":true,"is_review":false,
			"is_proctor":true,"isSkipAllowed":true,"is_screenshare":false,"max_section_time":60,"combined":[{"question_id":"$question","sort_order":1}]}]}`}},
		{"invite", deed{status: 1, number: 1.0, body: `{"assessmentSectionID":$section,"isNotify":true,"endDate":"` + soon + `","candidates":[{"id":$guest}]}`}},
		{"re-invite", deed{status: 1, number: 13.0, body: `{"assessment_section_id":$section,"isNotify":true,"assessmentCandidates":[{"id":$invited}]}`}},
		{"extend-date", deed{status: 1, number: 5.0, body: `{"isNotify":true,"endDate":"2019-04-18 11:46:23+00","assessmentCandidates":[$invited]}`}},
		{"extend-date", deed{status: 1, number: 5.0, body: `{"isNotify":"true","endDate":"` + soon + `","assessmentCandidates":[{"id":"$invited"}]}`}},
		{"remind-candidate", deed{status: 1, number: 4.0, body: `{"assessmentCandidates":[{"id":$invited}],"isNotify":true,"endDate":"` + soon + `"}`}},
		{"remind-candidate", deed{status: 1, number: 4.0, body: `{"assessmentSections":{"id":$section},"isNotify":true}`}},
		{"add-panel", deed{status: 1, number: 7.0, body: `{"endDate":"` + soon + `","assessmentSections":{"id":$essays},"isNotify":true,"panel":[{"id":$paul}],"assessmentCandidates":[{"id":$done}]}`}},
		{"remind-panel", deed{status: 1, number: 3.0, body: `{"isNotify":true,"endDate":"` + soon + `","assessmentCandidates":[{"id":$done}]}`}},
		{"evaluate", deed{status: 3, number: 19.0, links: "evaluation", user: paul, body: `{"assessmentSectionCandidateID":$attempt,"recommendation":"Select",
			"evaluationComment":"Good communication skill","rating":[]}`}},
		{"change-status", deed{status: 1, number: nil, body: `{"comment":null,"status":null,"type":null,"total_count":0,"isNotify":false,"message":null,
			"reasonText":"Convincing","statusSortKey":70,"assessmentCandidates":[{"id":$done}],"requested_by":null}`}},
	}
}

func TestActionsTakeTheDocumentedForms(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		keys := stage(t, w)
		documented, err := contract.V4()
		if err != nil {
			t.Fatal(err)
		}
		base := map[string][]contract.Field{}
		for _, r := range documented {
			base[r.Name] = r.Fields
		}
		for _, d := range deeds(w) {
			user := w.Rita
			if d.deed.user != nil {
				user = d.deed.user(w)
			}
			program, body := w.Program(t, user), keys.fill(d.deed.body)
			if d.name == "extend-date" && strings.Contains(body, "2019-04") {
				reply := program.Send(t, "POST", "/api/v4/actions/extend-date", "application/json", body).Want(http.StatusUnprocessableEntity)
				if !strings.Contains(reply.Body, "endDate") {
					t.Errorf("a day that is over: %s", reply.Body)
				}
				continue
			}
			made := act(t, program, d.name, body, http.StatusCreated)
			w.Drain(t)
			if made["status"] != d.deed.status || made["type"] != d.deed.number || made["name"] != d.name || made["requested_by"] != float64(user.ID) ||
				(made["external_id"] != nil) != (d.deed.status == 1) || (made["completed_at"] != nil) != (d.deed.status == 3) {
				t.Errorf("%s answered %v", d.name, made)
			}
			for _, f := range base["actions."+d.name] {
				if _, there := made[f.Name]; !there {
					t.Errorf("%s does not answer %s", d.name, f.Name)
				}
			}
			if links, _ := made["_links"].(map[string]any); d.deed.links != "" {
				href, _ := links[d.deed.links].(map[string]any)["href"].(string)
				w.Program(t, w.Ada).Get(t, href).Want(http.StatusOK)
			}
			after := object(t, program.Get(t, fmt.Sprintf("/api/v4/actions/%.0f", made["id"])).Want(http.StatusOK))
			for member, was := range made {
				if !slices.Contains(movesOn, member) && !reflect.DeepEqual(after[member], was) {
					t.Errorf("%s answered %s as %v, and reads it back as %v", d.name, member, was, after[member])
				}
			}
			if after["status"] != 3.0 || after["error_count"] != 0.0 || after["success_count"] == 0.0 {
				t.Errorf("%s ended as %v", d.name, after)
			}
			refuses(t, w, d.name, body, made["id"].(float64))
		}
	})
}

// movesOn are the members of an action that its progress changes.
var movesOn = []string{"status", "total_count", "error_count", "success_count", "completed_at", "started_at", "last_attempt_at", "updated_at", "oldPanel"}

// refuses asks for an action as those who may not, and with what it cannot take.
func refuses(t *testing.T, w *testkit.World, name, body string, id float64) {
	t.Helper()
	address := "/api/v4/actions/" + name
	w.Stranger().Send(t, "POST", address, "application/json", body).Want(http.StatusUnauthorized)
	rita := w.Program(t, w.Rita)
	for sent, want := range map[string]int{`{"no_such_member":1}`: 422, `{}`: 422, `[]`: 400, `{`: 400} {
		if got := rita.Send(t, "POST", address, "application/json", sent); got.Status != want {
			t.Errorf("%s with %s: %d %s", name, sent, got.Status, got.Body)
		}
	}
	rita.Send(t, "POST", address, "text/plain", body).Want(http.StatusUnsupportedMediaType)
	if got := rita.Send(t, "GET", address, "", "").Want(http.StatusMethodNotAllowed); !strings.Contains(got.Header.Get("Allow"), "POST") {
		t.Errorf("reading %s: allowed is %q", name, got.Header.Get("Allow"))
	}
	if name != "create-assessment" {
		otto := w.Program(t, w.Otto)
		switch got := otto.Send(t, "POST", address, "application/json", body); got.Status {
		case http.StatusNotFound, http.StatusUnprocessableEntity:
		case http.StatusCreated: // goes on by itself, and finds nobody
			w.Drain(t)
			ended := object(t, otto.Get(t, fmt.Sprintf("/api/v4/actions/%.0f", object(t, got)["id"])))
			if ended["success_count"] != 0.0 || ended["error_count"] == 0.0 {
				t.Errorf("%s as another firm ended as %v", name, ended)
			}
		default:
			t.Errorf("%s as another firm: %d %s", name, got.Status, got.Body)
		}
	}
	if got := w.Program(t, w.Otto).Get(t, fmt.Sprintf("/api/v4/actions/%.0f", id)); got.Status != http.StatusNotFound {
		t.Errorf("another firm reads %s: %d", name, got.Status)
	}
	if name != "evaluate" {
		w.Program(t, w.Paul).Send(t, "POST", address, "application/json", body).Want(http.StatusForbidden)
	}
}

// keys are rows that the bodies name.
type keys map[string]int64

func (k keys) fill(text string) string {
	for name, id := range k {
		text = strings.ReplaceAll(text, "$"+name, strconv.FormatInt(id, 10))
	}
	return text
}

func stage(t *testing.T, w *testkit.World) keys {
	t.Helper()
	assessment := w.Assessment(t)
	invited := w.Invited(t, assessment, w.Candidate(t, 1))
	done := w.Completed(t, w.Invited(t, assessment, w.Candidate(t, 2)), 80)
	essay := w.EssayOf(t, done)
	return keys{"rita": w.Rita.ID, "paul": w.Paul.ID, "question": w.Capital(t).ID, "guest": w.Candidate(t, 3).ID, "invited": invited.ID, "done": done.ID,
		"section": w.Attempts(t, invited)[0].AssessmentSectionID, "essays": essay.AssessmentSectionID, "attempt": essay.ID}
}

func TestAnEvaluationTakesFilesThatWereUploaded(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		attempt := w.EssayOf(t, w.Completed(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)), 80))
		form := models.Form{Owned: attempt.Owned, Name: "Notes", Type: models.EvaluationForm, Structure: []models.FormPart{{ID: 1,
			Fields: map[string]models.FormField{"1": {ID: "sheet", Name: "sheet", Type: "file", Label: "Score sheet", Required: true}}}}}
		if err := w.DB.Write.Create(&form).Error; err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Write.Model(&models.Section{}).Where("id = ?", attempt.SectionID).Update("evaluation_form_id", form.ID).Error; err != nil {
			t.Fatal(err)
		}
		rita := w.Program(t, w.Rita)
		upload := func(p testkit.Program) int64 {
			var made struct{ ID int64 }
			p.JSON(t, "POST", "/api/v4/models/file-upload", map[string]string{"data": "YQ==", "name": "sheet.txt"}).Want(http.StatusCreated).Into(&made)
			return made.ID
		}
		sheet, photo, adas := upload(rita), upload(rita), upload(w.Program(t, w.Ada))
		evaluate := func(sheet any, files ...int64) testkit.Reply {
			return rita.JSON(t, "POST", "/api/v4/actions/evaluate", map[string]any{"assessmentSectionCandidateID": attempt.ID, "recommendation": "select",
				"formData": map[string]any{"sheet": fmt.Sprint(sheet)}, "files": files})
		}
		evaluate("", photo).Want(http.StatusUnprocessableEntity).Says(`"field":"formData.sheet"`)
		evaluate(adas, photo).Want(http.StatusUnprocessableEntity).Says(`"field":"formData.sheet"`)
		evaluate(sheet, photo, adas).Want(http.StatusUnprocessableEntity).Says(`"field":"files"`)
		evaluate(sheet, photo).Want(http.StatusCreated)
		var inForm, beside []int64
		if err := w.DB.Read.Model(&models.FormInstanceFile{}).Pluck("file_id", &inForm).Error; err != nil || len(inForm) != 1 || inForm[0] != sheet {
			t.Errorf("the form holds %v, want %d: %v", inForm, sheet, err)
		}
		err := w.DB.Read.Model(&models.AssessmentCandidateFile{}).Where("assessment_section_candidate_id = ?", attempt.ID).Pluck("file_id", &beside).Error
		if err != nil || len(beside) != 1 || beside[0] != photo {
			t.Errorf("the attempt holds %v, want %d: %v", beside, photo, err)
		}
	})
}

func TestAPanelistEvaluatesWithAnUpload(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		attempt := w.EssayOf(t, w.Completed(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)), 80))
		w.Assign(t, attempt, w.Paul)
		paul := w.Program(t, w.Paul)
		var encoded, sent struct{ ID int64 }
		paul.JSON(t, "POST", "/api/v4/models/file-upload", map[string]string{"data": "YQ==", "name": "notes.txt"}).Want(http.StatusCreated).Into(&encoded)
		made := uploadForm(t, paul, "/api/v4/models/file", "cv.pdf", "%PDF-1.7\n", map[string]string{"file_type_id": "11"}).Want(http.StatusCreated)
		made.Into(&sent)
		paul.Get(t, made.Header.Get("Location")).Want(http.StatusOK).Says("resourceUrl")
		paul.JSON(t, "POST", "/api/v4/actions/evaluate", map[string]any{"assessmentSectionCandidateID": attempt.ID, "recommendation": "select",
			"files": []int64{encoded.ID, sent.ID}}).Want(http.StatusCreated)
		paul.Get(t, fmt.Sprintf("/api/v4/models/file?assessment_section_candidate_id=%d", attempt.ID)).Want(http.StatusOK).Says(`"notes.txt"`, `"cv.pdf"`)
	})
}
