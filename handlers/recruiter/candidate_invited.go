package recruiter

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// participationForm is what the small forms beside a participation send.
type participationForm struct {
	Date    string `form:"end_date"`
	Time    string `form:"end_time"`
	Zone    string `form:"end_zone"`
	Section int64  `form:"section"`
}

// RemindParticipant mails the candidate a reminder.
func (s Screens) RemindParticipant(c echo.Context) error {
	return s.actOnParticipant(c, "", "Reminded.", func(ref []actions.ParticipationRef, _ *time.Time, _ int64) actions.Action {
		return &actions.RemindCandidate{Participants: ref, IsNotify: true}
	})
}

// ExtendParticipant moves the last day.
func (s Screens) ExtendParticipant(c echo.Context) error {
	return s.actOnParticipant(c, views.LastDayExtends, "Moved the last day and wrote to the candidate.", func(ref []actions.ParticipationRef, end *time.Time, _ int64) actions.Action {
		a := &actions.ExtendDate{Participants: ref, IsNotify: true}
		if end != nil {
			a.EndDate = *end
		}
		return a
	})
}

// ReInviteParticipant opens an assessment, or one section of it, again.
func (s Screens) ReInviteParticipant(c echo.Context) error {
	return s.actOnParticipant(c, views.LastDayInvites, "Invited again.", func(ref []actions.ParticipationRef, end *time.Time, section int64) actions.Action {
		return &actions.ReInvite{Participants: ref, EndDate: end, AssessmentSectionID: section, IsNotify: true}
	})
}

// actOnParticipant records an action on one participation. What a refused form held is shown in it again.
func (s Screens) actOnParticipant(c echo.Context, name, done string, action func([]actions.ParticipationRef, *time.Time, int64) actions.Action) error {
	id, participation, err := entryIDs(c)
	if err != nil {
		return err
	}
	var form participationForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	var row models.ActionRecord
	end, err := readMoment(form.Date, form.Time, form.Zone)
	if err == nil {
		row, err = s.Actions.Record(web.Context(c), web.Actor(c), action([]actions.ParticipationRef{{ID: participation}}, end, form.Section))
	}
	if err != nil {
		return s.historyAgain(c, err, func(p *views.Candidate, refused fault.Fields) {
			p.LastDay = views.LastDay{Participation: participation, Form: name, Date: form.Date, Time: form.Time, Zone: form.Zone, Section: form.Section}
			p.Refused = refused
		})
	}
	if err := s.DB.Read.WithContext(web.Context(c)).First(&row, row.ID).Error; err != nil {
		return fmt.Errorf("load the action: %w", err)
	}
	if refusals := views.Refusals(row); len(refusals) > 0 {
		done = refusals[0]
	}
	if err := web.SetFlash(c, done); err != nil {
		return err
	}
	return web.Redirect(c, views.CandidateHref(id))
}
