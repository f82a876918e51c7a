package candidate

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Review shows how far the candidate is, before the section is submitted.
func (s Screens) Review(c echo.Context) error {
	v, p, err := s.sitting(c)
	if err != nil {
		return err
	}
	if !p.attempt.IsStarted() {
		return web.Redirect(c, at(p, ""))
	}
	if !p.isRunning(v.now) {
		return web.Redirect(c, at(p, "/conclusion"))
	}
	answers, _, err := s.paper(c, p)
	if err != nil {
		return err
	}
	chrome, err := page(c, func(w views.Words) string { return w.Review.Title })
	if err != nil {
		return err
	}
	left, timed := p.left(v.now)
	return web.Page(c, views.ReviewPage(views.Review{Page: chrome, Section: p.section.Title, AttemptID: p.attempt.ID,
		Paper: paperOf(p, answers, p.attempt.Position), CanReturn: p.placed.IsReview && p.placed.IsRetake,
		Timed: timed, Clock: views.Countdown(left), Remaining: int(left.Seconds())}))
}

// Submit ends the section.
func (s Screens) Submit(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.SubmitAttempt{AttemptID: id}); err != nil {
		return err
	}
	return web.Redirect(c, fmt.Sprintf("/attend/sections/%d/conclusion", id))
}

// Conclusion says that a section is closed, by whom, and what comes next.
func (s Screens) Conclusion(c echo.Context) error {
	v, p, err := s.sitting(c)
	if err != nil {
		return err
	}
	if !p.attempt.IsStarted() || p.isRunning(v.now) {
		return web.Redirect(c, at(p, ""))
	}
	chrome, err := page(c, titled(p.section.Title))
	if err != nil {
		return err
	}
	counts, err := s.answered(c, v.participation.ID)
	if err != nil {
		return err
	}
	tally := counts[p.attempt.ID]
	shown := views.Conclusion{Page: chrome, Section: p.section.Title, AttemptID: p.attempt.ID, Text: s.text(p.placed.Conclusion),
		Answered: tally.Answered, Total: tally.Total, Readable: p.isReadable()}
	if by := p.attempt.ClosedBy; p.attempt.DeadlineAt != nil && (by == nil || *by == models.ClosedByDeadline) {
		shown.ByTime = p.attempt.DeadlineAt.In(chrome.Zone).Format("15:04")
	}
	next, isLast := v.next(p)
	if shown.IsLastDone = isLast; next != nil {
		shown.Next, shown.NextSection = at(*next, ""), next.line()
	}
	return web.Page(c, views.ConclusionPage(shown))
}

// next returns the next section that can be started, if there is one, and whether there is nothing left at all.
func (v visit) next(done part) (next *part, isLast bool) {
	isLast = true
	for _, p := range v.parts {
		if p.attempt.ID == done.attempt.ID || p.attempt.IsClosed() {
			continue
		}
		isLast = false
		if next == nil && !p.isElsewhere() && v.mayStart(p) == nil {
			next = &p
		}
	}
	return next, isLast
}
