package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestTheExampleDoesItsJob(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.Capital(t)
	w.Capital(t)
	made := actions.CreateServiceAccount{Name: "Example"}
	w.Run(t, w.As(t, w.Ada), &made)
	text, err := json.Marshal(map[string]any{"base_url": w.Runner.BaseURL, "service_account": map[string]string{
		"email": made.Account.Email, "private_key_pem": made.PrivateKey, "audience": w.Runner.BaseURL + "/api/v4/oauth2/token"}})
	if err != nil {
		t.Fatal(err)
	}
	credentials := filepath.Join(t.TempDir(), "credentials.json")
	if err := os.WriteFile(credentials, text, 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(t.Context(), credentials, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	says(t, out.String(), "is open", "example.org is ", "has no score yet", "Nobody has evaluated it yet")
}

func says(t *testing.T, said string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing from: %s", want, said)
		}
	}
}

func TestReportTellsStatusScoreAndRecommendation(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Finished(t, w.Assessment(t), 1)[0]
	essay := w.EssayOf(t, p)
	w.Assign(t, essay, w.Paul)
	w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
		AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendSelect}})
	var out strings.Builder
	c := &client{base: w.Runner.BaseURL, token: w.Program(t, w.Ada).Token}
	if err := report(t.Context(), c, p.ID, &out); err != nil {
		t.Fatal(err)
	}
	var candidate models.Candidate
	if err := w.DB.Read.First(&candidate, p.CandidateID).Error; err != nil {
		t.Fatal(err)
	}
	scored := w.Attempts(t, p)[0]
	if scored.Score == nil {
		t.Fatal("the sample has no score")
	}
	says(t, out.String(), candidate.Email+" is Evaluated.", fmt.Sprintf("Attempt %d scored %.2f.", scored.ID, *scored.Score),
		"A panelist recommends: select.")
}

func TestALostAnswerIsAskedForUnderTheSameKey(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusBadGateway, 0} {
		var keys []string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			keys = append(keys, r.Header.Get("Idempotency-Key"))
			switch {
			case len(keys) > 1:
				w.WriteHeader(http.StatusNoContent)
			case status == 0:
				panic(http.ErrAbortHandler)
			default:
				w.WriteHeader(status)
			}
		}))
		err := (&client{base: server.URL}).post(t.Context(), "/x", map[string]int{"a": 1}, nil)
		server.Close()
		if err != nil || len(keys) != 2 || keys[0] == "" || keys[0] != keys[1] {
			t.Errorf("after %d: %v, keys %v", status, err, keys)
		}
	}
}

func TestOthersInvitationsAreNotOurs(t *testing.T) {
	t.Parallel()
	e := &ears{messages: make(chan message, 2)}
	for i, candidate := range []int64{7, 8} {
		m := message{Type: invited}
		m.Data.ID, m.Data.Object.Candidate = int64(i+1), candidate
		e.messages <- m
	}
	if id, err := e.await(t.Context(), 8); err != nil || id != 2 {
		t.Errorf("participation %d: %v", id, err)
	}
}
