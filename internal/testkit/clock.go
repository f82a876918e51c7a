package testkit

import (
	"sync"
	"time"
)

// Clock stands still until a test moves it, unless it is a running one.
type Clock struct {
	mu      sync.Mutex
	now     time.Time
	running bool
	ahead   time.Duration // of the machine's clock, when running
}

// NewClock returns a clock at the moment all tests start from: Monday 2 March 2026, 09:00 UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)}
}

// Now implements database.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return time.Now().UTC().Add(c.ahead).Truncate(time.Microsecond)
	}
	return c.now
}

// Advance moves the clock forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now, c.ahead = c.now.Add(d), c.ahead+d
}

// RunningClock returns a clock that goes with the machine's, for tests in which a browser keeps time too.
func RunningClock() *Clock { return &Clock{running: true} }
