package v4_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

const skillPath = "/api/v4/models/skill"

// keyed posts JSON under a key.
func keyed(t testing.TB, p testkit.Program, path, body, key string) testkit.Reply {
	t.Helper()
	return p.Send(t, "POST", path, "application/json", body, actions.KeyHeader, key)
}

func TestARequestUnderAKeyIsDoneOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, ada := w.Program(t, w.Rita), w.Program(t, w.Ada)
		first := keyed(t, rita, skillPath, `{"name":"Go"}`, "one").Want(http.StatusCreated)
		again := keyed(t, rita, skillPath, `{"name":"Go"}`, "one").Want(http.StatusCreated)
		for _, h := range []string{"Location", "Content-Type"} {
			if first.Header.Get(h) == "" || again.Header.Get(h) != first.Header.Get(h) {
				t.Errorf("%s: %q, then %q", h, first.Header.Get(h), again.Header.Get(h))
			}
		}
		if again.Body != first.Body || first.Header.Get("Idempotency-Replayed") != "" || again.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("answered %s %v, then %s %v", first.Body, first.Header, again.Body, again.Header)
		}
		for _, other := range []testkit.Reply{
			keyed(t, rita, skillPath, `{"name":"C"}`, "one"), keyed(t, rita, skillPath+"?fields=id", `{"name":"Go"}`, "one"),
		} {
			other.Want(http.StatusUnprocessableEntity).Says(actions.KeyHeader)
		}
		keyed(t, ada, skillPath, `{"name":"C"}`, "one").Want(http.StatusCreated) // another actor's key is another key
		keyed(t, rita, skillPath, `{"name":"Go"}`, "two").Want(http.StatusConflict)
		refused := keyed(t, rita, skillPath, `{"nmae":"Go"}`, "three").Want(http.StatusUnprocessableEntity)
		if twice := keyed(t, rita, skillPath, `{"nmae":"Go"}`, "three").Want(refused.Status); twice.Body != refused.Body || twice.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("refused %s, then %s", refused.Body, twice.Body)
		}
		w.Clock.Advance(25 * time.Hour)
		keyed(t, rita, skillPath, `{"name":"Rust"}`, "one").Want(http.StatusCreated)
	})
}

func TestAnActionUnderAKeyIsPerformedOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, assessment, candidate := w.Program(t, w.Rita), w.Assessment(t), w.Candidate(t, 0)
		body := fmt.Sprintf(`{"assessmentID":%d,"candidates":[{"id":%d}],"endDate":"%s"}`, assessment.ID, candidate.ID,
			w.Clock.Now().Add(48*time.Hour).UTC().Format(time.RFC3339))
		first := keyed(t, rita, "/api/v4/actions/invite", body, "invite-1").Want(http.StatusCreated)
		again := keyed(t, rita, "/api/v4/actions/invite", body, "invite-1").Want(http.StatusCreated)
		if first.Body != again.Body || first.Header.Get("Location") != again.Header.Get("Location") {
			t.Errorf("answered %s, then %s", first.Body, again.Body)
		}
		var actions int64
		if err := w.DB.Read.Model(&models.ActionRecord{}).Where("name = ?", "invite").Count(&actions).Error; err != nil || actions != 1 {
			t.Errorf("%d actions: %v", actions, err)
		}
	})
}

func TestWhichKeysAreTaken(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	for _, bad := range []string{"", strings.Repeat("x", 256), "a\tb", "Schlüssel"} {
		keyed(t, rita, skillPath, `{"name":"Go"}`, bad).Want(http.StatusBadRequest).Says(actions.KeyHeader)
	}
	keyed(t, rita, skillPath, `{"name":"Go"}`, strings.Repeat("~ ", 127)+"x").Want(http.StatusCreated)
	keyed(t, w.Stranger(), tokenPath, `{"grant_type":"nothing"}`, "a\tb").Want(http.StatusBadRequest).Says("unsupported_grant_type")
}

func TestOfManyAtOnceUnderAKeyOneWrites(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		replies := make([]testkit.Reply, 8)
		var wg sync.WaitGroup
		for i := range replies {
			wg.Add(1)
			go func() {
				defer wg.Done()
				replies[i] = keyed(t, rita, skillPath, `{"name":"Go"}`, "same")
			}()
		}
		wg.Wait()
		made := 0
		for _, r := range replies {
			switch {
			case r.Status == http.StatusCreated:
				made++
			case r.Status != http.StatusConflict || r.Header.Get("Retry-After") == "":
				t.Errorf("status %d, Retry-After %q: %s", r.Status, r.Header.Get("Retry-After"), r.Body)
			}
		}
		if made == 0 {
			t.Error("nobody was answered")
		}
		rita.Get(t, skillPath).Want(http.StatusOK)
		var skills int64
		if err := w.DB.Read.Model(&models.Skill{}).Count(&skills).Error; err != nil || skills != 1 {
			t.Errorf("%d skills: %v", skills, err)
		}
	})
}

func TestAKeyOutlivesItsServer(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ctx, actor := context.Background(), w.As(t, w.Rita)
		claim := func(hash string) (*actions.KeyClaim, error) {
			c, _, err := w.Runner.ClaimKey(ctx, actor, "key", hash)
			return c, err
		}
		lost, err := claim("a")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := claim("a"); err != actions.ErrKeyBusy {
			t.Errorf("while the first runs: %v", err)
		}
		w.Clock.Advance(61 * time.Second)
		second, err := claim("a")
		if err != nil {
			t.Fatalf("after its server stopped: %v", err)
		}
		skill := func(name string) *actions.CreateCandidate {
			return &actions.CreateCandidate{CandidateInput: actions.CandidateInput{Email: name + "@example.org"}}
		}
		if err := w.Runner.Run(actions.WithClaim(ctx, lost), actor, skill("late")); err == nil {
			t.Error("a request whose key was taken over wrote all the same")
		}
		if err := w.Runner.Run(actions.WithClaim(ctx, second), actor, skill("ann")); err != nil {
			t.Fatal(err)
		}
		if err := w.Runner.ReleaseKey(ctx, second); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(61 * time.Second)
		if _, err := claim("a"); err == nil || !strings.Contains(err.Error(), "its answer was lost") {
			t.Errorf("after the work was done: %v", err)
		}
		if _, err := claim("b"); err == nil || !strings.Contains(err.Error(), "another request") {
			t.Errorf("another request: %v", err)
		}
	})
}
