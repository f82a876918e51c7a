package candidate

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// AttemptEvents tells an open exam page that its clock changed: time was given back or added, or the section was closed.
func (s Screens) AttemptEvents(c echo.Context) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	p, err := v.part(c)
	if err != nil {
		return err
	}
	changed, end := s.Actions.Hub.Subscribe(actions.Topic(actions.TopicAttempt, p.attempt.ID))
	defer end()
	return web.Stream(c, changed, s.Actions.Hub.Closed())
}
