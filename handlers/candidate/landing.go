package candidate

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Landing is where the link in an invitation leads: what it is about, and the code to go on.
func (s Screens) Landing(c echo.Context) error { return s.landing(c, "", nil) }

// Verify opens the candidate's session.
func (s Screens) Verify(c echo.Context) error {
	var form actions.VerifyCandidate
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	form.Link, form.Address, form.Agent = c.Param("c"), c.RealIP(), c.Request().UserAgent()
	if err := web.Run(c, &form); err != nil {
		if f, ok := fault.As(err); ok && f.Kind == fault.TooMany {
			return s.landing(c, form.Code, fault.Fields{"code": f.Message})
		}
		if fields, refused := web.Refused(err); refused {
			return s.landing(c, form.Code, fields)
		}
		return err
	}
	if err := web.SetToken(c, form.Token); err != nil {
		return err
	}
	return web.Redirect(c, "/attend")
}

// landing shows the invitation, with the code that was typed and why it was refused.
func (s Screens) landing(c echo.Context, code string, refused fault.Fields) error {
	_, participation, err := actions.FollowLink(s.DB.Read.WithContext(web.Context(c)), s.Actions.World.Links, c.Param("c"))
	if err != nil {
		return err
	}
	v, err := s.load(web.Context(c), participation.ID)
	if err != nil {
		return err
	}
	p, err := page(c, titled(v.assessment.Title))
	if err != nil {
		return err
	}
	look, err := s.Actions.PageSettingsIn(web.Context(c), v.organization)
	if err != nil {
		return err
	}
	p.Organization, p.Accent, p.TermsHref = v.organization.Name, look.Accent, look.TermsLink
	if zone, err := time.LoadLocation(v.organization.TimeZone); err == nil && !web.Actor(c).IsSignedIn() {
		p.Zone = zone
	}
	if closed, is := v.closed(p); is {
		return web.Page(c, views.ClosedPage(closed))
	}
	shown := views.Landing{Page: p, Assessment: v.assessment.Title, Description: s.text(&v.assessment.Description), Until: v.until(),
		Link: c.Param("c"), Code: code, Proctored: v.isProctored(), Refused: refused}
	for _, part := range v.parts {
		shown.Sections = append(shown.Sections, part.line())
		shown.Total += seconds(part.placed.MaxSectionTime)
	}
	if a := web.Actor(c); a.AssessmentCandidateID == participation.ID {
		shown.Verified = a.Name
	}
	if refused != nil {
		return web.Form(c, views.LandingPage(shown))
	}
	return web.Page(c, views.LandingPage(shown))
}

func (p part) line() views.SectionLine {
	return views.SectionLine{Title: p.section.Title, Limit: seconds(p.placed.MaxSectionTime), Questions: p.questions}
}

// closed returns the page for an invitation that leads nowhere now: nothing runs, nothing can be started, and not
// everything is done.
func (v visit) closed(p views.Page) (views.Closed, bool) {
	w := p.Words.Closed
	var why error
	var opens *time.Time
	open := 0
	for _, part := range v.parts {
		if part.attempt.IsClosed() || part.isRunning(v.now) {
			return views.Closed{}, false
		}
		if why = v.mayStart(part); why == nil {
			return views.Closed{}, false
		}
		if from, _ := v.window(part); from != nil && v.now.Before(*from) && (opens == nil || from.Before(*opens)) {
			opens = from
		}
		open++
	}
	at := func(t time.Time) string { return t.In(p.Zone).Format("Mon 2 Jan, 15:04 MST") }
	page := views.Closed{Page: p}
	switch until := v.until(); {
	case v.participation.IsWithdrawn() || open == 0:
		page.Title, page.Text = w.Withdrawn, fmt.Sprintf(w.WithdrawnText, v.assessment.Title)
	case opens != nil:
		page.Title, page.Text = w.NotYet, fmt.Sprintf(w.NotYetText, v.assessment.Title, at(*opens))
	case until != nil && !v.now.Before(*until):
		page.Title, page.Text = w.Over, fmt.Sprintf(w.OverText, v.assessment.Title, at(*until))
	default:
		page.Title, page.Text = w.Withdrawn, fmt.Sprintf(w.WithdrawnText, v.assessment.Title)
	}
	return page, true
}
