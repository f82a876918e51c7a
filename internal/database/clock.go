package database

import "time"

// Clock tells the time. Everything that stores or compares a time asks one, so that tests can set it.
type Clock interface {
	// Now returns the time in UTC with microseconds, as both databases keep it.
	Now() time.Time
}

// SystemClock is the machine's clock.
type SystemClock struct{}

// Now implements Clock.
func (SystemClock) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
