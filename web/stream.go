package web

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// A stream ends after a while, so that whoever listens comes back under the rights that hold then.
const (
	streamTime = 10 * time.Minute
	pulse      = 25 * time.Second
)

// Stream tells an open page of every change as the server-sent event "changed", until the page leaves, closed says that the
// server stops, or the stream has lasted long enough. It says no more: the page asks again under its own rights.
func Stream(c echo.Context, changed, closed <-chan struct{}) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	over, beat := time.NewTimer(streamTime), time.NewTicker(pulse)
	defer over.Stop()
	defer beat.Stop()
	for message := ": listening\n\n"; ; {
		if _, err := fmt.Fprint(c.Response(), message); err != nil {
			return nil // whoever listened is gone
		}
		c.Response().Flush()
		select {
		case <-Context(c).Done():
			return nil
		case <-closed:
			return nil
		case <-over.C:
			return nil
		case <-beat.C:
			message = ": here\n\n"
		case <-changed:
			message = "event: changed\ndata: now\n\n"
		}
	}
}
