package v4_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// Where things are, for short.
const (
	answersPath  = "/api/v4/mobile/answer"
	attemptsPath = "/api/v4/mobile/assessment-section-candidate"
)

// webm is how a recording of a browser begins.
const webm = "\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webmB\x87\x81\x04B\x85\x81\x02"

// mobileAnswer and mobileQuestion are what these tests read of an answer and a question.
type mobileAnswer struct {
	ID             int64
	Question       *mobileQuestion
	QuestionID     int64 `json:"question_id"`
	Status         int
	AnsweredAt     *string `json:"answered_at"`
	Choice         *int64
	Text           *string
	Revision       int64
	MaxSequence    int               `json:"max_sequence"`
	SubmittedFiles []json.RawMessage `json:"submitted_files"`
}

type mobileQuestion struct {
	ID        int64
	Type      models.QuestionType
	Choices   []string
	LeftList  []struct{ ID, HTML string }
	RightList []struct{ ID, HTML string }
}

type mobileAttempt struct {
	ID          int64
	C           string
	IsComplete  bool `json:"isComplete"`
	Questions   []mobileQuestion
	SecondsLeft *int   `json:"seconds_left"`
	Code        string `json:"verification_code"`
}

// app is a candidate's own program, which keeps every byte that it gets.
type app struct {
	testkit.Program
	t    *testing.T
	seen *strings.Builder
}

// appOf signs a participation's candidate in with the link and the code.
func appOf(t *testing.T, w *testkit.World, p models.AssessmentCandidate) app {
	t.Helper()
	var got token
	c := strings.TrimPrefix(w.Link(t, p), "/attend/")
	w.Stranger().JSON(t, "POST", "/api/v4/attend/token", map[string]string{"c": c, "verification_code": p.VerifyCode}).Want(http.StatusOK).Into(&got)
	return app{w.With(got.Access), t, &strings.Builder{}}
}

func (a app) kept(r testkit.Reply) testkit.Reply {
	a.seen.WriteString(r.Body)
	return r
}

func (a app) get(path string) testkit.Reply { a.t.Helper(); return a.kept(a.Get(a.t, path)) }

func (a app) send(method, path string, body any) testkit.Reply {
	a.t.Helper()
	return a.kept(a.JSON(a.t, method, path, body))
}

// upload sends a file in a form.
func (a app) upload(path, name, content string, values map[string]string) testkit.Reply {
	a.t.Helper()
	return a.kept(uploadForm(a.t, a.Program, path, name, content, values))
}

func uploadForm(t *testing.T, p testkit.Program, path, name, content string, values map[string]string) testkit.Reply {
	t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	for k, v := range values {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return p.Send(t, "POST", path, w.FormDataContentType(), form.String())
}

func (a app) attempts() []mobileAttempt {
	a.t.Helper()
	var all []mobileAttempt
	a.get(attemptsPath).Want(http.StatusOK).Into(&all)
	return all
}

func (a app) consent() {
	a.t.Helper()
	a.send("POST", "/api/v4/attend/consent", map[string]bool{"consent": true}).Want(http.StatusOK).Says("consented_at")
}

func (a app) start(attempt int64) mobileAttempt {
	a.t.Helper()
	var t mobileAttempt
	a.send("POST", fmt.Sprintf("%s/%d/start", attemptsPath, attempt), nil).Want(http.StatusOK).Into(&t)
	return t
}

// right returns the members that answer a question rightly, in the numbers of the candidate.
func (q mobileQuestion) right(t *testing.T) map[string]any {
	t.Helper()
	number := func(text string) int64 {
		i := slices.Index(q.Choices, text)
		if i < 0 {
			t.Fatalf("%s is not among %v", text, q.Choices)
		}
		return int64(i + 1)
	}
	switch q.Type {
	case models.MultipleChoice:
		return map[string]any{"choice": number("Lisbon"), "text": ""}
	case models.MultipleAnswer:
		return map[string]any{"choice": fmt.Sprintf("%d%d", number("3"), number("2"))}
	case models.TrueOrFalse:
		return map[string]any{"choice": 1}
	case models.FillBlanks:
		return map[string]any{"text": "four\n"}
	case models.MatchFollowing:
		says := map[string]string{"Cat": "Meow", "Dog": "Woof"}
		pairs := map[string]string{}
		for _, l := range q.LeftList {
			for _, r := range q.RightList {
				if says[l.HTML] == r.HTML {
					pairs[l.ID] = r.ID
				}
			}
		}
		text, err := json.Marshal(pairs)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]any{"text": string(text)}
	}
	t.Fatalf("no answer to %s", q.Type)
	return nil
}

// everyType is an assessment that asks a question of every objective type, shuffled for each candidate.
func everyType(t *testing.T, w *testkit.World, change func(*actions.SectionInput)) models.Assessment {
	t.Helper()
	assessment := w.EveryType(t, change)
	err := w.DB.Write.Model(&models.AssessmentSection{}).Where("assessment_id = ?", assessment.ID).
		Updates(map[string]any{"shuffle_questions": true, "shuffle_choices": true}).Error
	if err != nil {
		t.Fatal(err)
	}
	return assessment
}

func TestAWholeExamOverTheAPI(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := everyType(t, w, nil)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		a := appOf(t, w, p)
		attempt := a.attempts()[0]
		if attempt.C == "" || attempt.Code != p.VerifyCode || len(attempt.Questions) != 0 {
			t.Errorf("before the start: %+v", attempt)
		}
		a.send("POST", fmt.Sprintf("%s/%d/start", attemptsPath, attempt.ID), nil).Want(http.StatusForbidden).Says("/api/v4/attend/consent")
		a.consent()
		started := a.start(attempt.ID)
		if len(started.Questions) != 5 || started.SecondsLeft == nil || *started.SecondsLeft != 1800 {
			t.Fatalf("started: %+v", started)
		}
		var answered mobileAnswer
		for _, q := range started.Questions {
			body := q.right(t)
			body["question_id"], body["status"] = q.ID, 3000
			a.send("POST", answersPath, body).Want(http.StatusCreated).Into(&answered)
			if answered.Status != 3000 || answered.AnsweredAt == nil || answered.Question == nil || answered.Question.ID != q.ID {
				t.Errorf("answered %s: %+v", q.Type, answered)
			}
			a.sameAgain(answered, body)
		}
		a.send("POST", fmt.Sprintf("%s/%d/submission", attemptsPath, attempt.ID), nil).Want(http.StatusOK).Says(`"isComplete":true`)
		a.send("PUT", fmt.Sprintf("%s/%d", answersPath, answered.ID), map[string]any{"text": "late"}).Want(http.StatusGone)
		for _, path := range []string{"/api/v4/mobile/question", "/api/v4/attend/question?id=" + fmt.Sprint(started.Questions[0].ID),
			"/api/v4/mobile/assessment-section", answersPath, "/api/v4/attend/answer", attemptsPath} {
			a.get(path).Want(http.StatusOK)
		}
		a.tellsNoSolution()
		scored := w.Attempts(t, p)[0]
		if scored.Score == nil || *scored.Score != *scored.MaxScore || *scored.Score != byPages(t, w, assessment) {
			t.Errorf("score %v of %v", scored.Score, scored.MaxScore)
		}
	})
}

// sameAgain sends an answer again, as after a lost acknowledgement, and reads it back.
func (a app) sameAgain(answered mobileAnswer, body map[string]any) {
	a.t.Helper()
	var again mobileAnswer
	a.send("POST", answersPath, body).Want(http.StatusCreated).Into(&again)
	if again.Revision != answered.Revision || again.ID != answered.ID {
		a.t.Errorf("sent again: %+v", again)
	}
	a.get(fmt.Sprintf("%s/%d", answersPath, answered.ID)).Want(http.StatusOK).Into(&again)
	wire := func(x mobileAnswer) string { text, _ := json.Marshal([]any{x.Choice, x.Text}); return string(text) }
	if wire(again) != wire(answered) {
		a.t.Errorf("read back: %s, not %s", wire(again), wire(answered))
	}
}

// tellsNoSolution fails the test when any byte that the app got tells a solution.
func (a app) tellsNoSolution() {
	a.t.Helper()
	for _, secret := range []string{"correct", "answer_key", "accepted", "truth", "weights", "feedback", "guidance", "explanation", `"score"`,
		"positiveScore", `"matchMap":{`, `"testCase":{`} {
		if strings.Contains(a.seen.String(), secret) {
			a.t.Errorf("something says %q", secret)
		}
	}
}

// byPages answers the same questions rightly on the pages, and returns the score.
func byPages(t *testing.T, w *testkit.World, assessment models.Assessment) float64 {
	t.Helper()
	p := w.Invited(t, assessment, w.Candidate(t, 1))
	attempt, paper := w.Started(t, p, 0)
	c := w.Visitor(t)
	c.Post(t, w.Link(t, p), url.Values{"code": {p.VerifyCode}}).Want(http.StatusSeeOther)
	for _, x := range paper {
		var q models.QuestionVersion
		if err := w.DB.Read.First(&q, x.QuestionVersionID).Error; err != nil {
			t.Fatal(err)
		}
		key, form := q.Key.Data(), url.Values{"go": {"next"}}
		form["choice"] = key.Correct
		if key.Truth != nil {
			form.Set("truth", fmt.Sprint(*key.Truth))
		}
		for i, gap := range key.Gaps {
			form.Set(fmt.Sprintf("gap%d", i), gap.Accepted[0])
		}
		for left, right := range key.Pairs {
			form.Set("pair-"+left, right)
		}
		c.Post(t, fmt.Sprintf("/attend/answers/%d", x.ID), form).Want(http.StatusSeeOther)
	}
	c.Post(t, fmt.Sprintf("/attend/sections/%d/submission", attempt.ID), nil).Want(http.StatusSeeOther)
	scored := w.Attempts(t, p)[0]
	if scored.Score == nil {
		t.Fatal("the pages scored nothing")
	}
	return *scored.Score
}

// running is a candidate whose first section runs, over the API.
func running(t *testing.T, w *testkit.World, assessment models.Assessment, n int) (app, models.AssessmentCandidate, mobileAttempt) {
	t.Helper()
	p := w.Invited(t, assessment, w.Candidate(t, n))
	a := appOf(t, w, p)
	a.consent()
	return a, p, a.start(a.attempts()[0].ID)
}

func TestTwoDevicesDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a, p, started := running(t, w, w.Assessment(t), 0)
		other := appOf(t, w, p) // goes on where the first was
		var x mobileAnswer
		a.send("POST", answersPath, map[string]any{"question_id": started.Questions[0].ID, "choice": 1}).Want(http.StatusCreated).Into(&x)
		if x.Status != 1000 || x.AnsweredAt != nil || x.Choice == nil || *x.Choice != 1 {
			t.Errorf("a draft: %+v", x)
		}
		path := fmt.Sprintf("%s/%d", answersPath, x.ID)
		other.get(path).Want(http.StatusOK).Says(`"choice":1`)
		other.send("PUT", path, map[string]any{"choice": 2, "status": 3000, "revision": x.Revision}).Want(http.StatusOK).Says(`"status":3000`)
		a.send("PUT", path, map[string]any{"choice": 3, "revision": x.Revision}).Want(http.StatusConflict)
		a.send("POST", answersPath, map[string]any{"question_id": x.QuestionID, "choice": 3}).Want(http.StatusConflict)
		a.get(path).Says(`"choice":2`)
		a.send("PUT", path, map[string]any{"choice": 3}).Want(http.StatusOK).Says(`"status":3000`, `"choice":3`)
		a.send("PUT", path, map[string]any{"choice": 0}).Want(http.StatusOK).Says(`"status":1000`, `"choice":null`)
	})
}

func TestTheDeadlineIsTheServers(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		a, _, started := running(t, w, w.Assessment(t), 0)
		body := map[string]any{"question_id": started.Questions[0].ID, "choice": 1, "status": 3000}
		w.Clock.Advance(30*time.Minute + 10*time.Second)
		a.send("POST", answersPath, body).Want(http.StatusCreated)
		w.Clock.Advance(10 * time.Second)
		body["choice"] = 2
		a.send("POST", answersPath, body).Want(http.StatusGone)
		id := fmt.Sprint(w.Paper(t, started.ID)[0].ID)
		a.upload("/api/v4/mobile/answer-recording", "a.webm", webm, map[string]string{"answer_id": id, "sequence": "1", "type": "webrtc"}).Want(http.StatusGone)
	})
}

func TestAnswersOfOthersAreNotThere(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		a, p, started := running(t, w, assessment, 0)
		b, _, _ := running(t, w, assessment, 1)
		x := w.Paper(t, started.ID)[0]
		own := fmt.Sprint(x.ID)
		for _, reply := range []testkit.Reply{
			b.get(answersPath + "/" + own), b.send("PUT", answersPath+"/"+own, map[string]any{"choice": 1}), b.get("/api/v4/attend/answer/" + own),
			b.send("POST", fmt.Sprintf("%s/%d/submission", attemptsPath, started.ID), nil), b.get(fmt.Sprintf("%s/%d", attemptsPath, started.ID)),
			b.upload("/api/v4/mobile/answer-file", "a.txt", "words", map[string]string{"answer_id": own, "sequence": "1"}),
			b.send("POST", answersPath, map[string]any{"question_id": 99_999, "choice": 1}), a.get("/api/v4/mobile/question/99999"),
			b.get("/api/v4/mobile/assessment-section-candidate/9223372036854775807"), b.get("/api/v4/mobile/form/1"),
		} {
			reply.Want(http.StatusNotFound)
		}
		if answer := w.Paper(t, w.Attempts(t, p)[0].ID)[0]; answer.Revision != 0 {
			t.Error("another candidate's answer was changed")
		}
	})
}

func TestWhoIsNoCandidateAttendsNothing(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a, _, _ := running(t, w, w.Assessment(t), 0)
	rita := w.Program(t, w.Rita)
	for _, path := range []string{answersPath, attemptsPath, "/api/v4/attend/answer", "/api/v4/attend/question", "/api/v4/mobile/question",
		"/api/v4/mobile/form", "/api/v4/mobile/form-submission", "/api/v4/mobile/assessment-section", "/api/v4/mobile/live-session",
		"/api/v4/mobile/live-attendee", "/api/v4/mobile/select-field-data"} {
		rita.Get(t, path).Want(http.StatusForbidden)
		w.Stranger().Get(t, path).Want(http.StatusUnauthorized)
		page := a.get(path).Want(http.StatusOK)
		if page.Header.Get("X-Pagination-Total-Count") == "" || !strings.HasPrefix(page.Body, "[") {
			t.Errorf("%s: no list: %s", path, page.Body)
		}
	}
	rita.JSON(t, "POST", "/api/v4/mobile/file-upload", map[string]string{"data": "YQ=="}).Want(http.StatusForbidden)
	rita.JSON(t, "POST", "/api/v4/attend/consent", map[string]bool{"consent": true}).Want(http.StatusForbidden)
	for _, path := range []string{"/api/v4/models/candidate", "/api/v4/models/question", "/api/v4/models/file", "/api/v4/models/skill"} {
		a.get(path).Want(http.StatusForbidden)
	}
	a.send("POST", "/api/v4/models/file-upload", map[string]string{"data": "YQ=="}).Want(http.StatusForbidden)
	uploadForm(t, a.Program, "/api/v4/spreadsheet", "a.csv", "a\n1\n", nil).Want(http.StatusForbidden)
}
