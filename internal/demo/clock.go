package demo

import (
	"sync"
	"time"

	"github.com/assay-hire/assay/internal/database"
)

// Clock tells a time in the past while the sample is made, and the machine's from Release on.
type Clock struct {
	mu   sync.Mutex
	past time.Time
}

// NewClock returns a clock that stands at a time.
func NewClock(at time.Time) *Clock { return &Clock{past: at.UTC().Truncate(time.Microsecond)} }

// Now implements database.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.past.IsZero() {
		return database.SystemClock{}.Now()
	}
	return c.past
}

// Set moves the clock to a time.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = at.UTC().Truncate(time.Microsecond)
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) { c.Set(c.Now().Add(d)) }

// Release lets the clock go with the machine's.
func (c *Clock) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.past = time.Time{}
}
