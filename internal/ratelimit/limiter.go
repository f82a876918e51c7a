// Package ratelimit bounds how often something may be tried, by token buckets in memory.
package ratelimit

import (
	"container/list"
	"crypto/sha256"
	"sync"
	"time"
)

// Limit allows Burst tries at once and one more every Every.
type Limit struct {
	Burst int
	Every time.Duration
}

// Limiter keeps one bucket per key. It is safe for concurrent use.
type Limiter struct {
	limit Limit
	most  int
	now   func() time.Time

	mu      sync.Mutex
	buckets map[string]*list.Element
	recent  *list.List
}

type bucket struct {
	key string
	// full is when the bucket will hold Burst tokens again; the tokens in it follow from that.
	full time.Time
}

// New returns a limiter that remembers at most mostKeys keys. When there are more, the one asked about longest ago is
// forgotten, and so starts afresh. The clock is now. Burst, Every and mostKeys under 1 count as 1.
func New(limit Limit, mostKeys int, now func() time.Time) *Limiter {
	limit.Burst, limit.Every = max(1, limit.Burst), max(1, limit.Every)
	return &Limiter{limit: limit, most: max(1, mostKeys), now: now, buckets: map[string]*list.Element{}, recent: list.New()}
}

// State is how a key's bucket stands after a try.
type State struct {
	Allowed    bool
	Remaining  int           // tries that are left at once
	RetryAfter time.Duration // until the next try, when none was allowed
	Reset      time.Duration // until Burst tries are left again
}

// Allow takes a token from the key's bucket. Without one left it reports false and how long until the next.
func (l *Limiter) Allow(key string) (ok bool, retryAfter time.Duration) {
	s := l.Take(key)
	return s.Allowed, s.RetryAfter
}

// Take is Allow that also tells what is left.
func (l *Limiter) Take(key string) State {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.find(short(key), now)
	full := b.full
	if full.Before(now) {
		full = now
	}
	capacity := time.Duration(l.limit.Burst) * l.limit.Every
	if over := full.Add(l.limit.Every).Sub(now) - capacity; over > 0 {
		return State{RetryAfter: over, Reset: full.Sub(now)}
	}
	b.full = full.Add(l.limit.Every)
	return State{Allowed: true, Remaining: int((capacity - b.full.Sub(now)) / l.limit.Every), Reset: b.full.Sub(now)}
}

// Forget gives the key a full bucket, as after a successful sign-in.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, known := l.buckets[short(key)]; known {
		l.drop(e)
	}
}

// longestKey bounds what a key costs in memory, for keys hold what visitors type.
const longestKey = 64

func short(key string) string {
	if len(key) <= longestKey {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return string(sum[:])
}

func (l *Limiter) find(key string, now time.Time) *bucket {
	if e, known := l.buckets[key]; known {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if len(l.buckets) >= l.most {
		l.drop(l.recent.Back())
	}
	b := &bucket{key: key, full: now}
	l.buckets[key] = l.recent.PushFront(b)
	return b
}

func (l *Limiter) drop(e *list.Element) {
	delete(l.buckets, l.recent.Remove(e).(*bucket).key)
}
