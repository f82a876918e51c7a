package candidate

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

func at(p part, rest string) string { return fmt.Sprintf("/attend/sections/%d%s", p.attempt.ID, rest) }

// Section is a section's instructions; once it is started, the way back to where the candidate was.
func (s Screens) Section(c echo.Context) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	p, err := v.part(c)
	if err != nil {
		return err
	}
	switch {
	case p.attempt.IsClosed():
		return web.Redirect(c, at(p, "/conclusion"))
	case p.attempt.IsStarted():
		return web.Redirect(c, at(p, fmt.Sprintf("/questions/%d", p.attempt.Position+1)))
	case v.participation.ConsentedAt == nil:
		return web.Redirect(c, "/attend/consent")
	case v.mayStart(p) != nil || p.isElsewhere():
		return web.Redirect(c, "/attend")
	}
	return s.instructions(c, v, p)
}

func (s Screens) instructions(c echo.Context, v visit, p part) error {
	chrome, err := page(c, titled(p.section.Title))
	if err != nil {
		return err
	}
	pre, asks, err := s.preForm(c, p)
	if err != nil {
		return err
	}
	shown := views.Section{
		Page: chrome, SectionLine: p.line(), AttemptID: p.attempt.ID, Content: s.text(p.section.Content), Intro: s.text(p.placed.Intro),
		Limit: seconds(p.placed.MaxSectionTime), Extra: time.Duration(p.attempt.ExtraSeconds) * time.Second,
		CreditCap: time.Duration(v.assessment.OutageCreditCap) * time.Second, PerQuestion: seconds(p.placed.MaxQuestionTime),
		IsFree: p.placed.IsFree(), NoSkip: !p.placed.IsSkipAllowed, Final: !p.placed.IsRetake, NoReview: !p.placed.IsReview,
		Objective: p.section.SectionTypeID == models.ObjectiveSection, Positive: p.placed.PositiveMark, Negative: p.placed.NegativeMark,
		HasForm: asks, NeedsForm: asks && pre.filled == nil, Readable: p.isReadable(),
	}
	if _, until := v.window(p); until != nil && shown.Limit > 0 && until.Sub(v.now) < shown.Limit {
		shown.LastMoment, shown.Effective = until, until.Sub(v.now)
	}
	return web.Page(c, views.SectionPage(shown))
}

// text returns HTML to be shown, with pictures that the browser can fetch.
func (s Screens) text(html *string) string {
	if html == nil {
		return ""
	}
	return s.Actions.Files.SignImages(*html)
}

// Start draws the paper and starts the clock. A section that is only read is done with that.
func (s Screens) Start(c echo.Context) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	p, err := v.part(c)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.StartAttempt{AttemptID: p.attempt.ID}); err != nil {
		if f, ok := fault.As(err); ok && (f.Kind == fault.Conflict || f.Kind == fault.Gone) {
			if err := web.SetFlash(c, f.Message); err != nil {
				return err
			}
			return web.Redirect(c, "/attend")
		}
		return err
	}
	if p.isReadable() {
		if err := web.Run(c, &actions.SubmitAttempt{AttemptID: p.attempt.ID}); err != nil {
			return err
		}
		return web.Redirect(c, at(p, "/conclusion"))
	}
	return web.Redirect(c, at(p, fmt.Sprintf("/questions/%d", p.attempt.Position+1)))
}
