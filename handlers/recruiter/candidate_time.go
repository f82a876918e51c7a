package recruiter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// attemptForm is what the small forms beside a section send.
type attemptForm struct {
	Minutes string `form:"minutes"`
	Reason  string `form:"reason"`
}

// ExtendAttempt gives a candidate more time in one section.
func (s Screens) ExtendAttempt(c echo.Context) error {
	return s.actOnAttempt(c, "extend", "The candidate has more time.", func(attempt int64, form attemptForm) (actions.Action, error) {
		minutes, err := strconv.Atoi(strings.TrimSpace(form.Minutes))
		if err != nil || minutes < 1 || minutes > 24*60 {
			return nil, fault.Field("minutes", "Give between a minute and a day.")
		}
		reason := strings.TrimSpace(form.Reason)
		if reason == "" {
			return nil, fault.Field("reason", "Say why: it stands in the audit log.")
		}
		return &actions.ExtendAttempt{AttemptID: attempt, Seconds: minutes * 60, Reason: reason}, nil
	})
}

// EndAttempt closes a running section.
func (s Screens) EndAttempt(c echo.Context) error {
	return s.actOnAttempt(c, "end", "The section is closed.", func(attempt int64, form attemptForm) (actions.Action, error) {
		return &actions.EndAttempt{AttemptID: attempt, Reason: form.Reason}, nil
	})
}

func (s Screens) actOnAttempt(c echo.Context, name, done string, action func(int64, attemptForm) (actions.Action, error)) error {
	id, attempt, err := entryIDs(c)
	if err != nil {
		return err
	}
	var form attemptForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	a, err := action(attempt, form)
	if err == nil {
		err = web.Run(c, a)
	}
	if kind := fault.KindOf(err); kind == fault.Conflict || kind == fault.Gone {
		done, err = err.Error(), nil
	}
	if err != nil {
		return s.historyAgain(c, err, func(p *views.Candidate, refused fault.Fields) {
			p.Attempt, p.Refused = attempt, fault.Fields{}
			for field, text := range refused {
				p.Refused[name+"."+field] = text
			}
		})
	}
	if err := web.SetFlash(c, done); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id))
}

// fillCredits loads what was given back for lost connections, with the evidence.
func (s Screens) fillCredits(c echo.Context, sections []views.SectionProgress) error {
	ids := make([]int64, len(sections))
	for i, section := range sections {
		ids[i] = section.AttemptID
	}
	var events []models.AttemptEvent
	err := s.own(c).Where("assessment_section_candidate_id IN ? AND kind = ?", ids, models.EventCredit).Order("id").Find(&events).Error
	if err != nil {
		return fmt.Errorf("load credits: %w", err)
	}
	for i := range sections {
		for _, e := range events {
			if e.AssessmentSectionCandidateID == sections[i].AttemptID {
				sections[i].Credits = append(sections[i].Credits, e)
			}
		}
	}
	return nil
}
