package v4_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
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
		fmt.Sprintf("%s/%d?fields=id,status", answersPath, id):                                  `{"id":%d,"status":1000}`,
		fmt.Sprintf("/api/v4/attend/answer/%d?fields[]=id&fields[]=status", id):                 `{"id":%d,"status":1000}`,
		fmt.Sprintf("%s?fields=id&id=%d", attemptsPath, started.ID):                             `[{"id":%d}]`,
		fmt.Sprintf("/api/v4/mobile/question/%d?fields=id", started.Questions[0].ID):            `{"id":%d}`,
		"/api/v4/mobile/live-session?fields=duration":                                           `[{"duration":"01:00:00"}]`,
		"/api/v4/mobile/live-attendee?fields=role,token,joinUrl,status":                         `[{"status":1,"role":1,"joinUrl":null,"token":null}]`,
		fmt.Sprintf("/api/v4/mobile/assessment-section?fields=isSkipAllowed&pageSize=1&page=2"): `[{"isSkipAllowed":true}]`,
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

func TestFilesOfAnAnswer(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		a := appOf(t, w, p)
		a.consent()
		started := a.start(a.attempts()[1].ID)
		id := fmt.Sprint(w.Paper(t, started.ID)[0].ID)
		values := map[string]string{"answer_id": id, "sequence": "1"}
		a.upload("/api/v4/mobile/answer-file", `..\..\Notes.HTML`, "<html><script>x</script>", values).Want(http.StatusCreated).
			Says(`"file_type_id":25`, `"name":"Notes"`, `"extension":"html"`, `"sequence":1`, `"originalName":"Notes.HTML"`)
		values["type"], values["sequence"] = "webrtc", "3"
		a.upload("/api/v4/mobile/answer-recording", "a.webm", webm, values).Want(http.StatusCreated).Says(`"file_type_id":5`, `"type":"webrtc"`, `"sequence":3`)
		a.upload("/api/v4/mobile/answer-recording", "a.webm", "<html>", values).Want(http.StatusUnprocessableEntity).Says(`"field":"file"`)
		a.upload("/api/v4/mobile/answer-recording", "a.webm", "", values).Want(http.StatusUnprocessableEntity).Says("empty")
		values["type"] = "tape"
		a.upload("/api/v4/mobile/answer-recording", "a.webm", webm, values).Want(http.StatusUnprocessableEntity).Says(`"field":"type"`)
		a.upload("/api/v4/mobile/answer-file", "a.txt", "x", map[string]string{"answer_id": id}).Want(http.StatusUnprocessableEntity).Says(`"field":"sequence"`)
		a.upload("/api/v4/mobile/answer-file", "a.bin", strings.Repeat("x", 21<<20), map[string]string{"answer_id": id, "sequence": "1"}).
			Want(http.StatusUnprocessableEntity).Says("larger")
		a.send("POST", "/api/v4/mobile/answer-file", map[string]any{"answer_id": id}).Want(http.StatusUnsupportedMediaType)

		var x mobileAnswer
		a.get(answersPath + "/" + id).Want(http.StatusOK).Into(&x)
		if x.Status != 3000 || x.MaxSequence != 3 || len(x.SubmittedFiles) != 1 {
			t.Errorf("with files: %+v", x)
		}
		a.send("PUT", answersPath+"/"+id, map[string]any{"text": "See the notes."}).Want(http.StatusOK).Says(`"text":"See the notes."`)
		rita := w.Program(t, w.Rita)
		rita.Get(t, "/api/v4/models/file?answer_id="+id+"&file_type_id%5B0%5D=25").Want(http.StatusOK).Says(`"Notes.HTML"`)
		a.send("POST", fmt.Sprintf("%s/%d/submission", attemptsPath, started.ID), nil).Want(http.StatusOK)
		a.upload("/api/v4/mobile/answer-file", "a.txt", "words", map[string]string{"answer_id": id, "sequence": "2"}).Want(http.StatusGone)
	})
}

func TestFilesInBase64(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, a := w.Program(t, w.Rita), appOf(t, w, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		plain := base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR??>>~~"))
		for _, data := range []string{plain, strings.TrimRight(plain, "="), strings.NewReplacer("+", "-", "/", "_").Replace(plain),
			"data:text/html;base64," + plain, plain[:10] + "\r\n" + plain[10:]} {
			rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": data, "name": "dot.png", "is_public": true}).Want(http.StatusCreated).
				Says(`"status":100`, `"is_public":true`, `"name":"dot"`, `"extension":"png"`)
			a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": data, "file_type_id": 11}).Want(http.StatusCreated).Says(`"file_type_id":11`)
		}
		var kept models.File
		if err := w.DB.Read.Where("original_name = ?", "dot.png").First(&kept).Error; err != nil || kept.MediaType != "image/png" {
			t.Errorf("%v: %+v", err, kept)
		}
		for _, data := range []any{"", "   ", "!!!!", "data:,x", "data:image/png;base64", "data:image/png;base64,", "YQ", 5, "=====", "Y===Q", nil} {
			status := http.StatusUnprocessableEntity
			if data == "YQ" {
				status = http.StatusCreated
			}
			rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": data}).Want(status)
		}
		a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": plain, "file_type_id": 31}).Want(http.StatusUnprocessableEntity)
		a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": plain, "is_public": true}).Want(http.StatusUnprocessableEntity)
		rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": plain, "file_type_id": 999}).Want(http.StatusUnprocessableEntity).Says("file_type_id")
		w.Program(t, w.Paul).JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": plain}).Want(http.StatusForbidden)
	})
}

func TestUploadsAndTables(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		made := uploadForm(t, rita, "/api/v4/models/file", "cv.pdf", "%PDF-1.7\n", map[string]string{"file_type_id": "11", "name": "Résumé"}).
			Want(http.StatusCreated).Says(`"name":"Résumé"`, `"originalName":"cv.pdf"`, `"extension":"pdf"`, `"resourceUrl":"http`)
		rita.Get(t, made.Header.Get("Location")).Want(http.StatusOK).Says(`"cv.pdf"`)
		w.Program(t, w.Otto).Get(t, made.Header.Get("Location")).Want(http.StatusNotFound)
		uploadForm(t, rita, "/api/v4/models/file", "cv.pdf", "%PDF-1.7\n", nil).Want(http.StatusUnprocessableEntity).Says("file_type_id")

		sheet := uploadForm(t, rita, "/api/v4/spreadsheet", "people.csv", "name;city;;name\nAnn;Porto;x;A.\nBo;\"Lisbon\nand around\"\n", nil)
		var rows []map[string]string
		sheet.Want(http.StatusOK).Into(&rows)
		if len(rows) != 2 || rows[0]["name"] != "Ann" || rows[0]["column 3"] != "x" || rows[0]["name 2"] != "A." || rows[1]["city"] != "Lisbon\nand around" || rows[1]["name 2"] != "" {
			t.Errorf("rows: %v", rows)
		}
		rita.Get(t, sheet.Header.Get("Location")).Want(http.StatusOK).Says(`"people.csv"`)
		uploadForm(t, rita, "/api/v4/spreadsheet", "people.xls", "\xd0\xcf\x11\xe0 old", nil).Want(http.StatusUnprocessableEntity)
		uploadForm(t, rita, "/api/v4/spreadsheet", "bomb.xlsx", "PK\x03\x04 and nothing else", nil).Want(http.StatusUnprocessableEntity)
		uploadForm(t, rita, "/api/v4/spreadsheet", "people.csv", "", nil).Want(http.StatusUnprocessableEntity)
	})
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

// public opens the first section of an assessment to everybody.
func public(t *testing.T, w *testkit.World, assessment models.Assessment) models.AssessmentSection {
	t.Helper()
	var placed models.AssessmentSection
	err := w.DB.Read.Where("assessment_id = ?", assessment.ID).Order("sort_order").First(&placed).Error
	if err == nil {
		err = w.DB.Write.Model(&placed).Update("is_public", true).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return placed
}

func TestRegistering(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		placed := public(t, w, assessment)
		const path = "/api/v4/mobile/register"
		page := fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID)
		w.Stranger().Get(t, page).Want(http.StatusOK).Says(`"is_public":true`, `"Knowledge"`, `"isRetake":`, `"Dispatcher"`)
		w.Program(t, w.Otto).Get(t, page+"?fields=id").Want(http.StatusOK).Says(fmt.Sprintf(`{"id":%d}`, placed.ID))
		w.Stranger().Get(t, fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID+1)).Want(http.StatusNotFound)

		known := w.Candidate(t, 0)
		stranger := func(email string) testkit.Reply {
			return w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": email, "first_name": "Eve"})
		}
		fresh, again, old := stranger("new@example.org"), stranger("NEW@example.org "), stranger(known.Email)
		for _, reply := range []testkit.Reply{fresh, again, old} {
			if reply.Want(http.StatusCreated).Body != fresh.Body {
				t.Errorf("one is told %s, another %s", fresh.Body, reply.Body)
			}
		}
		count := func(model any, where string, args ...any) (n int64) {
			if err := w.DB.Read.Model(model).Where(where, args...).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := count(&models.AssessmentCandidate{}, "assessment_id = ?", assessment.ID); n != 2 {
			t.Errorf("%d take part", n)
		}
		if count(&models.Candidate{}, "email = ? AND is_registered", "new@example.org") != 1 ||
			count(&models.Candidate{}, "email = ? AND first_name = ? AND NOT is_registered", known.Email, known.FirstName) != 1 {
			t.Error("a stranger was believed, or not noted")
		}
		if n := count(&models.Notification{}, "to_address = ?", "new@example.org"); n != 2 {
			t.Errorf("%d mails went to who registered twice", n)
		}

		var got struct {
			ID int64
			C  string
		}
		w.Program(t, w.Otto).JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusCreated).Into(&got)
		var p models.AssessmentCandidate
		if err := w.DB.Read.Where("id = (SELECT assessment_candidate_id FROM assessment_section_candidates WHERE id = ?)", got.ID).First(&p).Error; err != nil {
			t.Fatal(err)
		}
		w.Stranger().JSON(t, "POST", "/api/v4/attend/token", map[string]string{"c": got.C, "verification_code": p.VerifyCode}).Want(http.StatusOK)
		appOf(t, w, p).send("POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusCreated).Says(fmt.Sprintf(`"id":%d`, got.ID))

		w.With("guess").JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID}).Want(http.StatusUnauthorized)
		w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": "nobody"}).Want(http.StatusUnprocessableEntity).Says("email")
		w.Stranger().JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID + 1, "email": "a@example.org"}).Want(http.StatusNotFound)
		w.Program(t, w.Rita).JSON(t, "POST", path, map[string]any{"assessment_section_id": placed.ID, "email": "a@example.org"}).Want(http.StatusUnprocessableEntity)
	})
}

func TestRegisteringIsBounded(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	placed := public(t, w, w.Assessment(t))
	body := map[string]any{"assessment_section_id": placed.ID, "email": "much@example.org"}
	for range 50 {
		if w.Stranger().JSON(t, "POST", "/api/v4/mobile/register", body).Status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("a mailbox can be filled")
}

func TestAClosedAssessmentIsNotPublic(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	assessment := w.Assessment(t)
	placed := public(t, w, assessment)
	page := fmt.Sprintf("/api/v4/mobile/public-assessment-section/%d", placed.ID)
	w.Stranger().Get(t, page).Want(http.StatusOK)
	if err := w.DB.Write.Model(&assessment).Update("end_date", w.Clock.Now().Add(time.Hour)).Error; err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(2 * time.Hour)
	w.Stranger().Get(t, page).Want(http.StatusNotFound)
	w.Stranger().JSON(t, "POST", "/api/v4/mobile/register", map[string]any{"assessment_section_id": placed.ID, "email": "a@example.org"}).Want(http.StatusNotFound)
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
