package candidate

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Overview lists the sections and offers the next one.
func (s Screens) Overview(c echo.Context) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	if v.participation.ConsentedAt == nil {
		return web.Redirect(c, "/attend/consent")
	}
	p, err := page(c, titled(v.assessment.Title))
	if err != nil {
		return err
	}
	if closed, is := v.closed(p); is {
		return web.Page(c, views.ClosedPage(closed))
	}
	answered, err := s.answered(c, v.participation.ID)
	if err != nil {
		return err
	}
	shown := views.Overview{Page: p, Candidate: firstName(web.Actor(c).Name), Assessment: v.assessment.Title, Until: v.until()}
	for _, part := range v.parts {
		shown.Sections = append(shown.Sections, v.overviewSection(part, answered[part.attempt.ID]))
	}
	return web.Page(c, views.OverviewPage(shown))
}

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

// tally is how many questions a paper has, and how many of them are answered.
type tally struct{ Total, Answered int }

func (s Screens) answered(c echo.Context, participationID int64) (map[int64]tally, error) {
	var rows []struct {
		AssessmentSectionCandidateID int64
		Status                       models.AnswerStatus
		N                            int
	}
	err := s.DB.Read.WithContext(web.Context(c)).Model(&models.Answer{}).
		Select("assessment_section_candidate_id, status, count(*) AS n").Where("assessment_candidate_id = ?", participationID).
		Group("assessment_section_candidate_id, status").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	found := map[int64]tally{}
	for _, r := range rows {
		t := found[r.AssessmentSectionCandidateID]
		t.Total += r.N
		if r.Status == models.AnswerCompleted {
			t.Answered += r.N
		}
		found[r.AssessmentSectionCandidateID] = t
	}
	return found, nil
}

func (v visit) overviewSection(p part, t tally) views.OverviewSection {
	line := views.OverviewSection{SectionLine: p.line(), Href: fmt.Sprintf("/attend/sections/%d", p.attempt.ID), Answered: t.Answered, Papers: t.Total}
	from, _ := v.window(p)
	switch {
	case p.attempt.IsClosed() || p.attempt.IsStarted() && p.isTimeUp(v.now):
		line.State = views.SectionDone
	case p.attempt.IsStarted():
		line.State = views.SectionRunning
		line.Left, line.Timed = p.left(v.now)
	case p.isElsewhere():
		line.State, line.Href = views.SectionElsewhere, ""
	case from != nil && v.now.Before(*from):
		line.State, line.Opens = views.SectionLater, from
	case v.mayStart(p) != nil:
		line.State = views.SectionOver
	}
	return line
}

// ConsentForm tells what is recorded.
func (s Screens) ConsentForm(c echo.Context) error { return s.consentForm(c, nil) }

// Consent notes the agreement.
func (s Screens) Consent(c echo.Context) error {
	var form actions.Consent
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	if err := web.Run(c, &form); err != nil {
		if fields, refused := web.Refused(err); refused {
			return s.consentForm(c, fields)
		}
		return err
	}
	return web.Redirect(c, "/attend")
}

func (s Screens) consentForm(c echo.Context, refused fault.Fields) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	p, err := page(c, func(w views.Words) string { return w.Consent.Title })
	if err != nil {
		return err
	}
	shown := views.ConsentPage(views.Consent{Page: p, Proctored: v.isProctored(), Refused: refused})
	if refused != nil {
		return web.Form(c, shown)
	}
	return web.Page(c, shown)
}

// Leave ends the candidate's session on this device.
func (s Screens) Leave(c echo.Context) error {
	v, err := s.visit(c)
	if err != nil {
		return err
	}
	if len(v.parts) == 0 {
		return fault.Missing("section")
	}
	if err := web.Run(c, &actions.SignOut{}); err != nil {
		return err
	}
	if err := web.SetToken(c, ""); err != nil {
		return err
	}
	return web.Redirect(c, "/attend/"+s.Actions.World.Links.Code(v.parts[0].attempt.ID, v.participation.LinkEpoch, v.now))
}
