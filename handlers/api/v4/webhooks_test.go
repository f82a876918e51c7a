package v4_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

const endpointPath = "/api/v4/webhooks/endpoint"

// receiver is another program that takes messages.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	answer int
	got    []received
}

type received struct {
	id, timestamp, signature string
	body                     []byte
}

func receive(t testing.TB) *receiver {
	t.Helper()
	r := &receiver{answer: http.StatusNoContent}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.got = append(r.got, received{q.Header.Get("webhook-id"), q.Header.Get("webhook-timestamp"), q.Header.Get("webhook-signature"), body})
		w.WriteHeader(r.answer)
		if r.answer != http.StatusNoContent {
			fmt.Fprint(w, "said so")
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) answers(status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = status
}

// taken returns what came since it was last asked.
func (r *receiver) taken() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	got := r.got
	r.got = nil
	return got
}

// isSigned checks a message as a receiver does, with nothing of the sender's.
func (m received) isSigned(t testing.TB, secret string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(m.id + "." + m.timestamp + "." + string(m.body)))
	return slices.Contains(strings.Fields(m.signature), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

func (m received) kind(t testing.TB) string {
	t.Helper()
	var p struct{ Type string }
	if err := json.Unmarshal(m.body, &p); err != nil {
		t.Fatal(err)
	}
	return p.Type
}

func kinds(t testing.TB, all []received) []string {
	t.Helper()
	var names []string
	for _, m := range all {
		names = append(names, m.kind(t))
	}
	slices.Sort(names)
	return names
}

type madeEndpoint struct {
	ID      int64
	Secret  string
	Enabled bool    `json:"is_enabled"`
	Reason  *string `json:"disabled_reason"`
}

func newEndpoint(t testing.TB, p testkit.Program, url string, events ...string) (e madeEndpoint) {
	t.Helper()
	if events == nil {
		events = []string{}
	}
	p.JSON(t, "POST", endpointPath, map[string]any{"url": url, "event_types": events}).Want(http.StatusCreated).Into(&e)
	return e
}

func one(e madeEndpoint) string { return fmt.Sprintf("%s/%d", endpointPath, e.ID) }

func TestAnotherProgramIsToldWhatHappens(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita, otto, r, other := w.Program(t, w.Ada), w.Program(t, w.Rita), w.Program(t, w.Otto), receive(t), receive(t)
		e := newEndpoint(t, ada, r.URL)
		newEndpoint(t, otto, other.URL)
		if !strings.HasPrefix(e.Secret, "whsec_") {
			t.Fatalf("made %+v", e)
		}
		var again madeEndpoint
		if ada.Get(t, one(e)).Want(http.StatusOK).Into(&again); again.Secret != "" {
			t.Error("the secret is told twice")
		}
		e = newEndpoint(t, ada, r.URL+"/narrow", "candidate.deleted")
		w.Drain(t)
		var made struct{ ID int64 }
		rita.JSON(t, "POST", "/api/v4/models/candidate", map[string]any{"email": "ann@example.org"}).Want(http.StatusCreated).Into(&made)
		rita.JSON(t, "POST", "/api/v4/models/candidate", map[string]any{"email": "ann@example.org"}).Want(http.StatusConflict)
		w.Drain(t)
		got := r.taken()
		if k := kinds(t, got); !slices.Equal(k, []string{"candidate.created"}) {
			t.Fatalf("told of %v", k)
		}
		var p struct {
			Timestamp time.Time
			Data      struct {
				ID     int64
				Object struct{ Email string }
			}
		}
		if err := json.Unmarshal(got[0].body, &p); err != nil || p.Data.ID != made.ID || p.Data.Object.Email != "ann@example.org" || p.Timestamp.IsZero() {
			t.Errorf("told %s: %v", got[0].body, err)
		}
		rita.JSON(t, "DELETE", fmt.Sprintf("/api/v4/models/candidate/%d", made.ID), nil).Want(http.StatusNoContent)
		w.Drain(t)
		got = r.taken()
		if len(got) != 2 || got[0].id != got[1].id || !(got[0].isSigned(t, e.Secret) || got[1].isSigned(t, e.Secret)) {
			t.Errorf("of the deletion: %v", got)
		}
		if got := other.taken(); len(got) != 0 {
			t.Errorf("another firm was told %s", got[0].body)
		}
		otto.Get(t, one(e)).Want(http.StatusNotFound)
		rita.Get(t, endpointPath).Want(http.StatusForbidden)
		ada.JSON(t, "DELETE", one(e), nil).Want(http.StatusNoContent)
		ada.Get(t, one(e)).Want(http.StatusNotFound)
	})
}

func TestWhatACandidateDoesIsTold(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		r := receive(t)
		newEndpoint(t, w.Program(t, w.Ada), r.URL, "participation.invited", "participation.started", "participation.completed", "participation.scored",
			"participation.status-changed", "assessment.created", "action.completed")
		assessment := w.Assessment(t)
		w.Drain(t)
		if k := kinds(t, r.taken()); !slices.Contains(k, "assessment.created") || !slices.Contains(k, "action.completed") {
			t.Errorf("of the assessment: %v", k)
		}
		participation := w.Invited(t, assessment, w.Candidate(t, 0))
		w.Drain(t)
		if k := kinds(t, r.taken()); !slices.Contains(k, "participation.invited") {
			t.Errorf("of the invitation: %v", k)
		}
		w.Clock.Advance(time.Minute)
		for i, attempt := range w.Attempts(t, participation) {
			w.Started(t, participation, i)
			w.Clock.Advance(time.Minute)
			w.Run(t, w.AsCandidate(t, participation), &actions.SubmitAttempt{AttemptID: attempt.ID})
			w.Clock.Advance(time.Minute)
		}
		w.Drain(t)
		k := kinds(t, r.taken())
		for _, want := range []string{"participation.started", "participation.completed", "participation.status-changed", "participation.scored"} {
			if !slices.Contains(k, want) {
				t.Errorf("no %s among %v", want, k)
			}
		}
		for _, once := range []string{"participation.started", "participation.completed"} {
			if i := slices.Index(k, once); i >= 0 && slices.Contains(k[i+1:], once) {
				t.Errorf("%s several times: %v", once, k)
			}
		}
	})
}

func TestAChangedPartIsAChangeOfTheWhole(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		r, ada := receive(t), w.Program(t, w.Ada)
		assessment, candidate := w.Assessment(t), w.Candidate(t, 0)
		w.Drain(t)
		newEndpoint(t, ada, r.URL, "candidate.updated", "assessment.updated")
		for path, row := range map[string]map[string]any{
			"candidate-education":     {"candidate_id": candidate.ID, "school": "Evening school"},
			"assessment-collaborator": {"assessment_id": assessment.ID, "user_id": w.Paul.ID, "role": 1},
		} {
			ada.JSON(t, "POST", "/api/v4/models/"+path, row).Want(http.StatusCreated)
		}
		w.Drain(t)
		if k := kinds(t, r.taken()); !slices.Equal(k, []string{"assessment.updated", "candidate.updated"}) {
			t.Errorf("told of %v", k)
		}
	})
}

func TestARotatedSecretSignsForADay(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, r := w.Program(t, w.Ada), receive(t)
		e := newEndpoint(t, ada, r.URL)
		var fresh struct{ Secret string }
		ada.JSON(t, "POST", one(e)+"/rotate-secret", nil).Want(http.StatusOK).Into(&fresh)
		try := func() received {
			ada.JSON(t, "POST", one(e)+"/test", nil).Want(http.StatusAccepted).Says("webhook.test")
			w.Drain(t)
			got := r.taken()
			if len(got) != 1 {
				t.Fatalf("got %d messages", len(got))
			}
			return got[0]
		}
		if m := try(); !m.isSigned(t, e.Secret) || !m.isSigned(t, fresh.Secret) {
			t.Errorf("at once: %s", m.signature)
		}
		w.Clock.Advance(25 * time.Hour)
		if m := try(); m.isSigned(t, e.Secret) || !m.isSigned(t, fresh.Secret) {
			t.Errorf("a day later: %s", m.signature)
		}
	})
}

type shownDelivery struct {
	ID       int64
	Status   string
	Response *int `json:"response_status"`
	Attempts []struct {
		Status  int
		Excerpt string
	}
	Next *string `json:"next_attempt_at"`
}

func deliveriesOf(t testing.TB, p testkit.Program, query string) (all []shownDelivery) {
	t.Helper()
	p.Get(t, "/api/v4/webhooks/delivery?"+query).Want(http.StatusOK).Into(&all)
	return all
}

func TestAFailedDeliveryIsTriedForDaysAndCanBeReplayed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, r := w.Program(t, w.Ada), receive(t)
		e := newEndpoint(t, ada, r.URL)
		since := w.Clock.Now().UTC().Format(time.RFC3339)
		r.answers(http.StatusInternalServerError)
		ada.JSON(t, "POST", one(e)+"/test", nil).Want(http.StatusAccepted)
		w.Drain(t)
		began := w.Clock.Now()
		var ids []string
		for len(ids) < 20 {
			for _, m := range r.taken() {
				ids = append(ids, m.id)
			}
			d := deliveriesOf(t, ada, "endpoint_id="+fmt.Sprint(e.ID))[0]
			if d.Status != "pending" {
				break
			}
			var row models.WebhookDelivery
			if err := w.DB.Read.First(&row, d.ID).Error; err != nil {
				t.Fatal(err)
			}
			w.Clock.Advance(row.NextAttemptAt.Sub(w.Clock.Now()))
			w.Drain(t)
		}
		took := w.Clock.Now().Sub(began)
		if len(ids) != 10 || len(slices.Compact(ids)) != 1 || took < 65*time.Hour || took > 85*time.Hour {
			t.Errorf("%d tries in %s", len(ids), took)
		}
		d := deliveriesOf(t, ada, "status=failed")[0]
		if len(d.Attempts) != 10 || d.Attempts[0].Status != 500 || d.Attempts[0].Excerpt != "said so" || *d.Response != 500 || d.Next != nil {
			t.Errorf("the log says %+v", d)
		}
		r.answers(http.StatusOK)
		var count struct{ Count int }
		ada.JSON(t, "POST", one(e)+"/replay", map[string]any{"since": since}).Want(http.StatusAccepted).Into(&count)
		w.Drain(t)
		if got := r.taken(); count.Count != 1 || len(got) != 1 || got[0].id != ids[0] {
			t.Errorf("replayed %d: %v", count.Count, got)
		}
		ada.JSON(t, "POST", fmt.Sprintf("/api/v4/webhooks/delivery/%d/replay", d.ID), nil).Want(http.StatusAccepted)
		w.Drain(t)
		if got, rest := r.taken(), deliveriesOf(t, ada, "status=failed"); len(got) != 1 || len(rest) != 0 {
			t.Errorf("got %v, left %v", got, rest)
		}
		ada.JSON(t, "POST", one(e)+"/replay", map[string]any{}).Want(http.StatusUnprocessableEntity)
	})
}

func TestAnEndpointIsTurnedOff(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, gone, broken := w.Program(t, w.Ada), receive(t), receive(t)
		gone.answers(http.StatusGone)
		broken.answers(http.StatusBadGateway)
		first, second := newEndpoint(t, ada, gone.URL), newEndpoint(t, ada, broken.URL)
		try := func(e madeEndpoint) {
			ada.JSON(t, "POST", one(e)+"/test", nil).Want(http.StatusAccepted)
			w.Drain(t)
		}
		try(first)
		ada.Get(t, one(first)).Want(http.StatusOK).Into(&first)
		if first.Enabled || first.Reason == nil || !strings.Contains(*first.Reason, "410") {
			t.Errorf("after 410: %+v", first)
		}
		ada.JSON(t, "POST", one(first)+"/test", nil).Want(http.StatusConflict)
		try(second)
		w.Clock.Advance(5*24*time.Hour + time.Minute)
		w.Drain(t)
		ada.Get(t, one(second)).Want(http.StatusOK).Into(&second)
		if second.Enabled || second.Reason == nil {
			t.Errorf("after five days: %+v", second)
		}
		var notices int64
		err := w.DB.Read.Model(&models.Notification{}).Where("to_address = ? AND type_id = 841", w.Ada.Email).Count(&notices).Error
		if err != nil || notices != 2 {
			t.Errorf("%d notices: %v", notices, err)
		}
		if left := deliveriesOf(t, ada, "status=pending"); len(left) != 0 {
			t.Errorf("still on their way: %v", left)
		}
		ada.JSON(t, "PUT", one(second), map[string]any{"is_enabled": true}).Want(http.StatusOK).Into(&second)
		if !second.Enabled || second.Reason != nil {
			t.Errorf("on again: %+v", second)
		}
	})
}

func TestAnActionCallsBack(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, rita, r := w.Program(t, w.Ada), w.Program(t, w.Rita), receive(t)
		assessment := w.Assessment(t)
		body := func(candidate int, more string) string {
			return fmt.Sprintf(`{"assessmentID":%d,"candidates":[{"id":%d}],"endDate":"%s","callbackUrl":"%s"%s}`, assessment.ID,
				w.Candidate(t, candidate).ID, w.Clock.Now().Add(48*time.Hour).UTC().Format(time.RFC3339), r.URL, more)
		}
		var action struct {
			ID     int64
			Status models.ActionStatus
		}
		invite := func(body string) []received {
			rita.Send(t, "POST", "/api/v4/actions/invite", "application/json", body).Want(http.StatusCreated).Into(&action)
			w.Drain(t)
			return r.taken()
		}
		asked := invite(body(0, ""))
		if len(asked) != 1 || asked[0].signature != "" {
			t.Fatalf("called back %d times: %v", len(asked), asked)
		}
		id := action.ID
		if err := json.Unmarshal(asked[0].body, &action); err != nil || action.ID != id || action.Status != models.ActionCompleted {
			t.Errorf("called back with %s: %v", asked[0].body, err)
		}
		var secret struct{ Secret string }
		ada.JSON(t, "POST", "/api/v4/webhooks/callback-secret", nil).Want(http.StatusOK).Into(&secret)
		if signed := invite(body(1, "")); len(signed) != 1 || !signed[0].isSigned(t, secret.Secret) {
			t.Errorf("signed: %v", signed)
		}
		fourth := body(3, "")
		for _, wrong := range []string{"not a url", "ftp://example.com/x", "https://a:b@example.com"} {
			refused := strings.Replace(fourth, r.URL, wrong, 1)
			rita.Send(t, "POST", "/api/v4/actions/invite", "application/json", refused).Want(http.StatusUnprocessableEntity).Says("callbackUrl")
		}
		if none := invite(body(2, `,"skipCallback":true`)); len(none) != 0 {
			t.Errorf("called back all the same: %s", none[0].body)
		}
	})
}

func TestWhatAnEndpointMayBe(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ada := w.Program(t, w.Ada)
	for _, body := range []string{`{}`, `{"url":""}`, `{"url":"example.com"}`, `{"url":"https://a:b@example.com"}`, `{"url":"https://example.com","event_types":["x"]}`,
		`{"url":"https://example.com","event_types":[1]}`, `{"url":"https://example.com","description":"` + strings.Repeat("x", 501) + `"}`} {
		ada.Send(t, "POST", endpointPath, "application/json", body).Want(http.StatusUnprocessableEntity)
	}
	ada.Get(t, "/api/v4/webhooks/event-type").Want(http.StatusOK).Says("candidate.created", "live-session.cancelled")
}

func TestMessagesNameTheirResource(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ada, r := w.Program(t, w.Ada), receive(t)
		newEndpoint(t, ada, r.URL, "participation.invited", "live-session.scheduled")
		w.Scheduled(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		w.Drain(t)
		named := map[string]string{}
		for _, m := range r.taken() {
			var body struct{ Data struct{ Resource string } }
			if err := json.Unmarshal(m.body, &body); err != nil {
				t.Fatal(err)
			}
			named[m.kind(t)] = body.Data.Resource
		}
		invited := named["participation.invited"]
		if len(named) != 2 || invited != "assessment-candidate" || named["live-session.scheduled"] != "models.live-session" {
			t.Errorf("messages name %v", named)
		}
		w.Stranger().Get(t, "/docs/api").Want(http.StatusOK).Says("POST "+strings.TrimPrefix(endpointPath, "/api/v4"), `resource&#34;: &#34;`+invited+`&#34;`)
	})
}
