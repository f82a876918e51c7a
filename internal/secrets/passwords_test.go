package secrets_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
)

func passwords(t *testing.T) *secrets.Passwords {
	t.Helper()
	p, err := secrets.NewPasswords(secrets.TestCost, 2)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestVerify(t *testing.T) {
	t.Parallel()
	p := passwords(t)
	long := strings.Repeat("é", secrets.LongestPassword)
	hash, err := p.Hash(t.Context(), "Zürich 1291")
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		password, hash string
		want           bool
	}{
		"right":                   {"Zürich 1291", hash, true},
		"right, typed decomposed": {"Zu\u0308rich 1291", hash, true},
		"wrong":                   {"zürich 1291", hash, false},
		"empty":                   {"", hash, false},
		"unknown user":            {"Zürich 1291", "", false},
		"unknown user, empty":     {"", "", false},
		"far too long":            {long, hash, false},
	} {
		got, err := p.Verify(t.Context(), row.password, row.hash)
		if err != nil || got != row.want {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	if _, err := p.Verify(t.Context(), "x", "not a hash"); err == nil {
		t.Error("a broken hash passed unnoticed")
	}
	if _, err := p.Hash(t.Context(), long); fault.KindOf(err) != fault.Invalid {
		t.Errorf("hashing %d bytes: %v", len(long), err)
	}
}

func TestHashSaltsAndTellsItsCost(t *testing.T) {
	t.Parallel()
	p := passwords(t)
	first, err := p.Hash(t.Context(), "same")
	if err != nil {
		t.Fatal(err)
	}
	second, err := p.Hash(t.Context(), "same")
	if err != nil {
		t.Fatal(err)
	}
	if first == second || !strings.HasPrefix(first, "$argon2id$") {
		t.Errorf("hashes %q and %q", first, second)
	}
	dearer, err := secrets.NewPasswords(secrets.Cost{MemoryKiB: 128, Iterations: 1}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p.Outdated(first) || !dearer.Outdated(first) {
		t.Error("only the dearer cost should find the hash outdated")
	}
}

func TestPasswordsWaitTheirTurnOnlyAsLongAsTheContext(t *testing.T) {
	t.Parallel()
	p := passwords(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Hash(ended, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("Hash: %v", err)
	}
	if _, err := p.Verify(ended, "x", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
	var together sync.WaitGroup
	for range 20 {
		together.Go(func() {
			if _, err := p.Verify(t.Context(), "x", ""); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
}

func TestJudge(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		password string
		known    []string
		weakest  int
		strong   int
		says     string
	}{
		"empty":           {"", nil, 0, 0, "too short"},
		"common":          {"password", nil, 0, 0, "common word"},
		"keys in a row":   {"gtrfdewsaq", nil, 0, 2, "keys"},
		"repeated":        {"aaaaaaaaa", nil, 0, 1, "Repeated"},
		"own address":     {"rita.recruits", []string{"rita.recruits@acme.example"}, 0, 1, "your name"},
		"four words":      {"touchstone patina ferry walnut", nil, 4, 4, ""},
		"other scripts":   {"прибой-самовар-лишайник", nil, 3, 4, ""},
		"very long":       {strings.Repeat("touchstone patina ferry walnut ", 400), nil, 4, 4, ""},
		"emoji and marks": {"👩🏽‍🚀e\u0301\xff", nil, 0, 4, ""},
	} {
		got := secrets.Judge(row.password, row.known...)
		if got.Score < row.weakest || got.Score > row.strong || !strings.Contains(got.Feedback, row.says) {
			t.Errorf("%s: got %+v", name, got)
		}
		if (got.Score >= 3) != (got.Feedback == "") {
			t.Errorf("%s: advice does not fit the score: %+v", name, got)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	p, err := secrets.NewPasswords(secrets.ServerCost, 1)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Verify(b.Context(), "touchstone", ""); err != nil {
			b.Fatal(err)
		}
	}
}
