package ratelimit_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/ratelimit"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func start() *clock { return &clock{time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)} }

func TestAllow(t *testing.T) {
	t.Parallel()
	c := start()
	l := ratelimit.New(ratelimit.Limit{Burst: 3, Every: time.Minute}, 100, c.now)
	for i, step := range []struct {
		wait  time.Duration
		key   string
		ok    bool
		retry time.Duration
	}{
		{0, "rita", true, 0},
		{0, "rita", true, 0},
		{0, "rita", true, 0},
		{0, "rita", false, time.Minute},
		{0, "paul", true, 0},
		{20 * time.Second, "rita", false, 40 * time.Second},
		{40 * time.Second, "rita", true, 0},
		{0, "rita", false, time.Minute},
		{time.Hour, "rita", true, 0},
		{0, "rita", true, 0},
		{0, "rita", true, 0},
		{0, "rita", false, time.Minute},
	} {
		c.at = c.at.Add(step.wait)
		if ok, retry := l.Allow(step.key); ok != step.ok || retry != step.retry {
			t.Errorf("step %d: got %v, %s; want %v, %s", i, ok, retry, step.ok, step.retry)
		}
	}
	l.Forget("rita")
	if ok, _ := l.Allow("rita"); !ok {
		t.Error("a forgotten key is still refused")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	c := start()
	l := ratelimit.New(ratelimit.Limit{Burst: 1, Every: time.Hour}, 2, c.now)
	l.Allow("first")
	l.Allow("second")
	l.Allow("first")
	l.Allow("third")
	if ok, _ := l.Allow("first"); ok {
		t.Error("the key asked about last was forgotten")
	}
	if ok, _ := l.Allow("second"); !ok {
		t.Error("the key asked about longest ago was kept")
	}
}

func TestAllowIsFairUnderConcurrency(t *testing.T) {
	t.Parallel()
	c := start()
	l := ratelimit.New(ratelimit.Limit{Burst: 50, Every: time.Minute}, 10, c.now)
	var allowed atomic.Int64
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() {
			for range 25 {
				if ok, _ := l.Allow("one"); ok {
					allowed.Add(1)
				}
			}
		})
	}
	together.Wait()
	if allowed.Load() != 50 {
		t.Errorf("%d of 200 tries allowed, want 50", allowed.Load())
	}
}

func BenchmarkAllow(b *testing.B) {
	c := start()
	l := ratelimit.New(ratelimit.Limit{Burst: 5, Every: time.Second}, 10_000, c.now)
	keys := make([]string, 20_000)
	for i := range keys {
		keys[i] = fmt.Sprint(i)
	}
	for i := 0; b.Loop(); i++ {
		l.Allow(keys[i%len(keys)])
	}
}
