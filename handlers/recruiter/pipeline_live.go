package recruiter

import (
	"fmt"
	"net/http"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// A stream ends after a while, so that whoever listens comes back under the rights that hold then.
const (
	streamTime = 10 * time.Minute
	pulse      = 25 * time.Second
)

// PipelineEvents tells an open pipeline that something changed. It says no more: the page asks again under its own
// rights.
func (s Screens) PipelineEvents(c echo.Context) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	changed, end := s.Actions.Hub.Subscribe(actions.Topic(actions.TopicAssessment, p.assessment.ID))
	defer end()
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
		case <-web.Context(c).Done():
			return nil
		case <-over.C:
			return nil
		case <-s.Actions.Hub.Closed():
			return nil
		case <-beat.C:
			message = ": here\n\n"
		case <-changed:
			message = "event: changed\ndata: now\n\n"
		}
	}
}
