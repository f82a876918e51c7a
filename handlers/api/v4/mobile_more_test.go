package v4_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/internal/testkit/contract"
	"github.com/assay-hire/assay/models"
)

func TestAnAnswerStartsItsSection(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		a := appOf(t, w, p)
		var capital models.Question
		if err := w.DB.Read.Where("title = ?", "Capital").First(&capital).Error; err != nil {
			t.Fatal(err)
		}
		body := map[string]any{"question_id": capital.ID, "choice": 2, "text": "", "status": 3000, "question": "as shown"}
		a.send("POST", answersPath, body).Want(http.StatusForbidden).Says("consent")
		a.consent()
		created := a.send("POST", answersPath, body).Want(http.StatusCreated).Says(`"choice":2`)
		if !w.Attempts(t, p)[0].IsStarted() || w.Attempts(t, p)[1].IsStarted() {
			t.Error("not the one section was started")
		}
		a.get(created.Header.Get("Location")).Want(http.StatusOK)
		body["question_id"] = capital.ID + 1 // the essay's: one clock runs already
		a.send("POST", answersPath, body).Want(http.StatusConflict)
	})
}

func TestOneQuestionAfterTheOther(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		no := false
		assessment := everyType(t, w, func(in *actions.SectionInput) { in.IsSkipAllowed, in.IsRetake = &no, &no })
		a, _, started := running(t, w, assessment, 0)
		if len(started.Questions) != 0 {
			t.Errorf("%d questions are open at once", len(started.Questions))
		}
		var sheet []mobileAnswer
		a.get(answersPath).Want(http.StatusOK).Into(&sheet)
		if len(sheet) != 5 || sheet[0].Question != nil {
			t.Fatalf("the sheet: %+v", sheet)
		}
		question := func(i int) string { return fmt.Sprintf("/api/v4/mobile/question/%d", sheet[i].QuestionID) }
		a.send("POST", answersPath, map[string]any{"question_id": sheet[0].QuestionID, "choice": 1, "text": "x"}).Want(http.StatusNotFound)
		a.get(question(1)).Want(http.StatusConflict)
		for i := range sheet {
			var q mobileQuestion
			a.get(question(i)).Want(http.StatusOK).Into(&q)
			body := q.right(t)
			body["status"] = 3000
			a.send("PUT", fmt.Sprintf("%s/%d", answersPath, sheet[i].ID), body).Want(http.StatusOK)
		}
		a.send("PUT", fmt.Sprintf("%s/%d", answersPath, sheet[0].ID), map[string]any{"choice": 0, "text": ""}).Want(http.StatusForbidden)
		a.get("/api/v4/attend/question?id=" + fmt.Sprint(sheet[2].QuestionID)).Want(http.StatusOK).Says(fmt.Sprintf(`[{"id":%d,`, sheet[2].QuestionID))
		a.tellsNoSolution()
	})
}

func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a, _, started := running(t, w, everyType(t, w, nil), 0)
	bad := map[models.QuestionType][]string{
		models.MultipleChoice: {`"choice":4`, `"choice":-1`, `"choice":12`, `"choice":"one"`, `"choice":1.5`, `"choice":[1]`, `"choice":99999999999999999999`},
		models.MultipleAnswer: {`"choice":14`, `"choice":10`, `"choice":-12`},
		models.TrueOrFalse:    {`"choice":3`},
		models.FillBlanks:     {`"text":"a\nb"`, `"text":{"a":1}`},
		models.MatchFollowing: {`"text":"a"`, `"text":"[]"`, `"text":"{\"1\":\"9\"}"`, `"text":"{\"a\":\"b\"}"`, `"text":"{\"1\":{}}"`, `"text":"{\"0\":\"1\"}"`},
	}
	for _, q := range started.Questions {
		for _, member := range append(bad[q.Type], `"status":2000`, `"status":0`, `"nothing":1`, `"revision":"x"`) {
			a.kept(a.Send(t, "POST", answersPath, "application/json", fmt.Sprintf(`{"question_id":%d,%s}`, q.ID, member))).Want(http.StatusUnprocessableEntity)
		}
	}
	a.send("POST", answersPath, map[string]any{"choice": 1}).Want(http.StatusUnprocessableEntity).Says("question_id")
	for _, x := range w.Paper(t, started.ID) {
		if x.Revision != 0 {
			t.Errorf("question %d was answered", x.QuestionID)
		}
	}
	a.tellsNoSolution()
}

func TestFieldsLimitWhatIsSent(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a, p, started := running(t, w, w.Assessment(t), 0)
	w.LiveSession(t, p)
	id := w.Paper(t, started.ID)[0].ID
	for path, want := range map[string]string{
		fmt.Sprintf("%s/%d?fields=id,status", answersPath, id):                       `{"id":%d,"status":1000}`,
		fmt.Sprintf("/api/v4/attend/answer/%d?fields[]=id&fields[]=status", id):      `{"id":%d,"status":1000}`,
		fmt.Sprintf("%s?fields=id&id=%d", attemptsPath, started.ID):                  `[{"id":%d}]`,
		fmt.Sprintf("/api/v4/mobile/question/%d?fields=id", started.Questions[0].ID): `{"id":%d}`,
		"/api/v4/mobile/live-session?fields=duration":                                `[{"duration":"01:00:00"}]`,
		"/api/v4/mobile/live-attendee?fields=role,token,joinUrl,status":              `[{"status":1,"role":1,"joinUrl":null,"token":null}]`,
		"/api/v4/mobile/assessment-section?fields=isSkipAllowed&pageSize=1&page=2":   `[{"isSkipAllowed":true}]`,
	} {
		if strings.Contains(want, "%d") {
			var key int64
			if _, err := fmt.Sscanf(path[strings.LastIndexAny(strings.Split(path+"?", "?fields")[0], "/")+1:], "%d", &key); err != nil {
				key = started.ID
			}
			want = fmt.Sprintf(want, key)
		}
		if got := strings.TrimSpace(a.get(path).Want(http.StatusOK).Body); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	a.get("/api/v4/mobile/answer?id=x").Want(http.StatusUnprocessableEntity)
	a.get("/api/v4/mobile/answer?page=0").Want(http.StatusUnprocessableEntity)
}

func TestTheFormBeforeASection(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		w.FormBefore(t, attempt)
		a, b := appOf(t, w, p), appOf(t, w, w.Invited(t, assessment, w.Candidate(t, 1)))
		var forms []struct{ ID int64 }
		a.get("/api/v4/mobile/form").Want(http.StatusOK).Says(`"Shift"`).Into(&forms)
		a.get(fmt.Sprintf("/api/v4/mobile/form/%d?fields=id", forms[0].ID)).Want(http.StatusOK)
		a.consent()
		a.send("POST", fmt.Sprintf("%s/%d/start", attemptsPath, attempt.ID), nil).Want(http.StatusConflict).Says("form")
		const path = "/api/v4/mobile/form-submission"
		entry := func(key, name, value string) map[string]string {
			return map[string]string{"key": key, "name": name, "label": name, "value": value}
		}
		send := func(entries ...map[string]string) testkit.Reply {
			return a.send("POST", path, map[string]any{"form_id": forms[0].ID, "data": entries})
		}
		send(entry("shift", "shift", "Day")).Want(http.StatusUnprocessableEntity).Says(`"field":"school"`)
		send(entry("school", "school", "Old"), entry("", "shift", "Evening")).Want(http.StatusUnprocessableEntity).Says(`"field":"shift"`)
		first := send(entry("school", "school", "Old")).Want(http.StatusCreated)
		send(entry("rtf", "school", "New"), entry("", "shift", "Night")).Want(http.StatusOK).Says(`"key":"rtf"`, `"value":"New"`, `"status":500`)
		one := first.Header.Get("Location")
		b.get(one).Want(http.StatusNotFound)
		b.send("DELETE", one, nil).Want(http.StatusNotFound)
		a.get(one).Want(http.StatusOK).Says(`"Night"`)
		a.send("DELETE", one, nil).Want(http.StatusNoContent)
		a.get(path).Want(http.StatusOK).Says("[]")
		kept := send(entry("school", "school", "Old")).Want(http.StatusCreated).Header.Get("Location")
		a.start(attempt.ID)
		send(entry("school", "school", "Late")).Want(http.StatusConflict)
		a.send("DELETE", kept, nil).Want(http.StatusConflict)
		a.send("POST", path, map[string]any{"form_id": forms[0].ID}).Want(http.StatusUnprocessableEntity).Says(`"field":"data"`)
	})
}

func TestOptionsAndLiveSessions(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		a, b := appOf(t, w, p), appOf(t, w, w.Invited(t, assessment, w.Candidate(t, 1)))
		list, parent, child := w.SelectField(t)
		var options []struct{ ID int64 }
		for query, want := range map[string]int64{"select_field_type_id=" + fmt.Sprint(list.ID) + "&parent_id=" + fmt.Sprint(parent.ID): child.ID,
			"parent_value=Portugal": child.ID} {
			a.get("/api/v4/mobile/select-field-data?" + query).Want(http.StatusOK).Into(&options)
			if len(options) != 1 || options[0].ID != want {
				t.Errorf("%s: %v", query, options)
			}
		}
		s := w.LiveSession(t, p)
		seats := w.Attendees(t, s)
		for path, here := range map[string]bool{fmt.Sprintf("/api/v4/mobile/live-session/%d", s.ID): true, fmt.Sprintf("/api/v4/mobile/live-attendee/%d", seats[0].ID): true,
			fmt.Sprintf("/api/v4/mobile/live-attendee/%d", seats[1].ID): false} {
			status := map[bool]int{true: http.StatusOK, false: http.StatusNotFound}
			a.get(path).Want(status[here])
			b.get(path).Want(http.StatusNotFound)
		}
		for _, other := range seats[1:] {
			if strings.Contains(a.seen.String(), other.Code) || strings.Contains(a.seen.String(), other.Passcode) {
				t.Error("another's seat can be taken")
			}
		}
	})
}

func TestQueriesStayFlat(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	few, _, _ := running(t, w, w.Assessment(t), 0)
	many, _, _ := running(t, w, w.EveryType(t, nil), 1)
	for _, path := range []string{answersPath, "/api/v4/attend/answer", "/api/v4/mobile/question", attemptsPath, "/api/v4/mobile/assessment-section"} {
		queries := func(a app) int {
			a.get(path).Want(http.StatusOK) // what is noted once a minute is noted
			count := w.CountQueries(t)
			a.get(path).Want(http.StatusOK)
			return count()
		}
		if one, five := queries(few), queries(many); five > one {
			t.Errorf("%s takes %d queries for one question and %d for five", path, one, five)
		}
	}
}

func TestWhatCandidatesReadIsComplete(t *testing.T) {
	t.Parallel()
	documented, err := contract.V4()
	if err != nil {
		t.Fatal(err)
	}
	w := testkit.OneWorld(t)
	assessment := w.Assessment(t)
	p := w.Invited(t, assessment, w.Candidate(t, 0))
	w.FormBefore(t, w.Attempts(t, p)[1])
	w.LiveSession(t, p)
	w.SelectField(t)
	placed := public(t, w, assessment)
	a := appOf(t, w, p)
	a.consent()
	a.start(w.Attempts(t, p)[0].ID)
	a.send("POST", "/api/v4/mobile/form-submission", map[string]any{"form_id": formOf(t, w), "data": []map[string]string{{"key": "school", "value": "Old"}}}).
		Want(http.StatusCreated)
	for _, r := range documented {
		if !strings.HasPrefix(r.Name, "mobile.") && r.Name != "attend.answer" {
			continue
		}
		for _, e := range r.Endpoints {
			path := "/api/v4" + e.Path
			if e.Method != http.MethodGet {
				if reply := w.Stranger().Send(t, e.Method, strings.Replace(path, "{id}", "1", 1), "", ""); reply.Status == 404 || reply.Status == 405 {
					t.Errorf("%s %s: %d", e.Method, e.Path, reply.Status)
				}
				continue
			}
			id := placed.ID
			if r.Name != "mobile.public-assessment-section" {
				var rows []map[string]any
				a.get(strings.TrimSuffix(path, "/{id}")).Want(http.StatusOK).Into(&rows)
				if len(rows) == 0 {
					t.Errorf("%s is empty", e.Path)
					continue
				}
				id = int64(rows[0]["id"].(float64))
				hasMembers(t, r, e, rows[0])
			}
			if strings.HasSuffix(path, "{id}") {
				var row map[string]any
				a.get(strings.Replace(path, "{id}", fmt.Sprint(id), 1)).Want(http.StatusOK).Into(&row)
				hasMembers(t, r, e, row)
			}
		}
	}
}

func hasMembers(t *testing.T, r contract.Resource, e contract.Endpoint, row map[string]any) {
	t.Helper()
	for _, f := range r.Fields {
		if _, there := row[f.Name]; !there {
			t.Errorf("%s %s has no %s", e.Op, r.Name, f.Name)
		}
	}
}

func formOf(t *testing.T, w *testkit.World) int64 {
	t.Helper()
	var f models.Form
	if err := w.DB.Read.Where("type = ?", models.CandidateDataForm).First(&f).Error; err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// FuzzAnswerBodies sends anything as an answer: the program answers in its own form, and whatever it took it shows again.
func FuzzAnswerBodies(f *testing.F) {
	for _, seed := range []string{`{"choice":1}`, `{"choice":"13","status":3000}`, `{"text":"{\"1\":\"2\"}"}`, `{"text":"a\nb","status":1000}`,
		`{"choice":null,"text":null,"revision":0,"is_marked":true}`, `{"choice":-9223372036854775808}`, `{"text":"\u0000"}`, `[]`, `{"text":"{\"1\":[[[[1]]]]}"}`} {
		f.Add(0, seed)
		f.Add(4, seed)
	}
	w := testkit.OneWorld(f)
	p := w.Invited(f, w.EveryType(f, nil), w.Candidate(f, 0))
	var got token
	c := strings.TrimPrefix(w.Link(f, p), "/attend/")
	w.Stranger().JSON(f, "POST", "/api/v4/attend/token", map[string]string{"c": c, "verification_code": p.VerifyCode}).Into(&got)
	_, paper := w.Started(f, p, 0)
	candidate := w.With(got.Access)
	f.Fuzz(func(t *testing.T, which int, text string) {
		w.Clock.Advance(time.Second / 10)
		path := fmt.Sprintf("%s/%d", answersPath, paper[(which%len(paper)+len(paper))%len(paper)].ID)
		put := candidate.Send(t, "PUT", path, "application/json", text)
		switch put.Status {
		case 400, 404, 409, 410, 413, 415, 422, 429:
			return
		case 200:
		default:
			t.Fatalf("%q: %d %s", text, put.Status, put.Body)
		}
		if got := candidate.Get(t, path); got.Status == 200 && (got.Body != put.Body || !json.Valid([]byte(got.Body))) {
			t.Errorf("%q: taken as %s, read as %s", text, put.Body, got.Body)
		}
	})
}

func TestAFormTakesAFileThatWasHandedIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		form := models.Form{Owned: attempt.Owned, Name: "Papers", Type: models.CandidateDataForm, Structure: []models.FormPart{{ID: 1,
			Fields: map[string]models.FormField{
				"1": {ID: "licence", Name: "licence", Type: "file", Label: "Licence", Required: true},
				"2": {ID: "school", Name: "school", Type: "text", Label: "School"}}}}}
		if err := w.DB.Write.Create(&form).Error; err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Write.Model(&models.Section{}).Where("id = ?", attempt.SectionID).Update("form_id", form.ID).Error; err != nil {
			t.Fatal(err)
		}
		a, b := appOf(t, w, p), appOf(t, w, w.Invited(t, assessment, w.Candidate(t, 1)))
		var own, foreign, other struct{ ID int64 }
		up := func(who app, name string) testkit.Reply {
			return who.send("POST", "/api/v4/mobile/file-upload", map[string]string{"data": "YQ==", "name": name}).Want(http.StatusCreated)
		}
		up(a, "licence.txt").Into(&own)
		up(a, "new.txt").Into(&other)
		up(b, "other.txt").Into(&foreign)
		send := func(value string) testkit.Reply {
			return a.send("POST", "/api/v4/mobile/form-submission", map[string]any{"form_id": form.ID, "data": []map[string]string{
				{"key": "licence", "name": "licence", "label": "Licence", "value": value}, {"key": "school", "value": "Old"}}})
		}
		send("").Want(http.StatusUnprocessableEntity).Says(`"field":"licence"`)
		send("licence.txt").Want(http.StatusUnprocessableEntity).Says(`"field":"licence"`)
		send(fmt.Sprint(foreign.ID)).Want(http.StatusUnprocessableEntity).Says("Hand it in first")
		var made struct{ ID int64 }
		send(fmt.Sprint(own.ID)).Want(http.StatusCreated).Says(`"value":"licence.txt"`, `"status":500`).Into(&made)
		send("licence.txt").Want(http.StatusOK).Says(`"value":"licence`)
		held := func() (files []int64) {
			if err := w.DB.Read.Model(&models.FormInstanceFile{}).Where("form_instance_id = ? AND field_key = 'licence'", made.ID).Pluck("file_id", &files).Error; err != nil {
				t.Fatal(err)
			}
			return files
		}
		if files := held(); len(files) != 1 || files[0] != own.ID {
			t.Errorf("the form holds %v, want %d", files, own.ID)
		}
		send(fmt.Sprint(other.ID)).Want(http.StatusOK)
		if files := held(); len(files) != 1 || files[0] != other.ID {
			t.Errorf("afterwards the form holds %v, want %d", files, other.ID)
		}
		a.consent()
		a.start(attempt.ID)
	})
}

func TestAnAppThatSendsHeartbeatsIsCreditedItsDisconnections(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		attempt := w.Attempts(t, p)[0]
		a, b := appOf(t, w, p), appOf(t, w, w.Invited(t, w.Assessment(t), w.Candidate(t, 1)))
		a.consent()
		a.start(attempt.ID)
		address := fmt.Sprintf("%s/%d/heartbeat", attemptsPath, attempt.ID)
		credit := func() int { t.Helper(); return w.Attempts(t, p)[0].CreditSeconds }

		w.Clock.Advance(5 * time.Minute)
		a.get("/api/v4/mobile/answer").Want(http.StatusOK)
		if got := credit(); got != 0 {
			t.Fatalf("an app that never said that it is there got %d seconds for thinking", got)
		}
		b.send("POST", address, nil).Want(http.StatusNotFound)
		a.send("POST", address, map[string]bool{"away": true}).Want(http.StatusUnprocessableEntity)
		a.send("POST", address, nil).Want(http.StatusOK).Says(`"credit_seconds":0`, `"seconds_left":1500`)
		for range 4 { // whatever it asks for is a sign of life
			w.Clock.Advance(30 * time.Second)
			a.get("/api/v4/mobile/answer").Want(http.StatusOK)
		}
		if got := credit(); got != 0 {
			t.Errorf("%d seconds were credited to somebody who was there", got)
		}
		w.Clock.Advance(3 * time.Minute)
		a.get("/api/v4/mobile/question").Want(http.StatusOK)
		if got := credit(); got != 180 {
			t.Errorf("%d seconds were credited for three minutes cut off", got)
		}
		a.send("POST", address, nil).Want(http.StatusOK).Says(`"credit_seconds":180`, `"seconds_left":1380`)
		a.send("POST", address, map[string]bool{"leaving": true}).Want(http.StatusOK)
		w.Clock.Advance(5 * time.Minute)
		a.send("POST", address, nil).Want(http.StatusOK).Says(`"credit_seconds":180`)
	})
}
