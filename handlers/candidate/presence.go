package candidate

import (
	"net/http"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Heartbeat takes a sign of life and answers with the clock: so the time given back or added reaches an open page
// within seconds.
func (s Screens) Heartbeat(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	a := actions.Heartbeat{AttemptID: id, Leaving: c.FormValue("leaving") != ""}
	if position, err := strconv.Atoi(c.FormValue("position")); err == nil {
		a.Position = &position
	}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	if a.Leaving {
		return c.NoContent(http.StatusNoContent)
	}
	if a.Attempt.IsClosed() {
		return web.Redirect(c, "/attend/sections/"+c.Param("id")+"/conclusion")
	}
	p := part{attempt: a.Attempt}
	if err := s.DB.Read.WithContext(web.Context(c)).First(&p.placed, a.Attempt.AssessmentSectionID).Error; err != nil {
		return err
	}
	left, timed := p.left(s.DB.Clock.Now())
	if !timed {
		return c.NoContent(http.StatusNoContent)
	}
	if _, err := page(c, titled("")); err != nil {
		return err
	}
	return web.Part(c, layout.ExamClock(views.ClockOf(id, true, left)))
}

// RecordEvents takes what the exam page observed: parallel lists of kind, seconds ago, duration and size.
func (s Screens) RecordEvents(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	sent, err := c.FormParams()
	if err != nil {
		return fault.New(fault.Invalid, "The events could not be read.")
	}
	nth := func(name string, i int) float64 {
		if i >= len(sent[name]) {
			return 0
		}
		n, err := strconv.ParseFloat(sent[name][i], 64)
		if err != nil || n != n || n > 1e6 {
			return 0
		}
		return n
	}
	a := actions.RecordEvents{AttemptID: id, Device: c.Request().UserAgent()}
	for i, kind := range sent["kind"] {
		a.Events = append(a.Events, actions.ObservedEvent{Kind: models.AttemptEventKind(kind), Seconds: nth("seconds", i),
			Ago: time.Duration(nth("ago", i) * float64(time.Second)), Size: int(nth("size", i))})
	}
	if err := web.Run(c, &a); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
