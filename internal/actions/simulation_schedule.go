package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// SimulationSchedule makes an appointment of a candidate for a simulation, with or without a panel. The attempt is named
// itself or by its section. An attempt has one simulation at a time. Busy calendars are refused as LiveSchedule does.
type SimulationSchedule struct {
	AssessmentCandidateID        int64     `json:"assessmentCandidateID" needs:"yes"`
	AssessmentSectionCandidateID *int64    `json:"assessmentSectionCandidateID"`
	AssessmentSectionID          *int64    `json:"assessmentSectionID"`
	CandidateID                  int64     `json:"candidateID"`
	Email                        string    `json:"email"`
	Panel                        Refs      `json:"panel"`
	StartDate                    time.Time `json:"startDate" needs:"yes"`
	EndDate                      time.Time `json:"endDate" needs:"yes"`
	TimeZone                     string    `json:"timezone"`
	CurrentTimeZone              string    `json:"currentTimezone"`
	CurrentOffset                *int      `json:"currentOffset"`
	IsNotify                     *bool     `json:"isNotify" needs:"yes"`
	Force                        bool      `json:"force"`

	// UID is how calendars know the appointment; the action chooses it.
	UID string `json:"uid" wire:"own"`
}

// Grant implements Action.
func (*SimulationSchedule) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (*SimulationSchedule) Size() int { return 1 }

// Links are the links of the recorded action.
func (a *SimulationSchedule) Links() map[string]string {
	return map[string]string{"liveSession": "/models/live-session?uid=" + a.UID}
}

// Validate implements Action.
func (a *SimulationSchedule) Validate() error {
	bad := fault.Fields{}
	if a.AssessmentCandidateID < 1 {
		bad["assessmentCandidateID"] = "Say whose simulation it is."
	}
	if a.AssessmentSectionCandidateID == nil && a.AssessmentSectionID == nil {
		bad["assessmentSectionCandidateID"] = "Name the attempt or the section."
	}
	checkAppointment(bad, a.StartDate, a.EndDate, a.TimeZone)
	checkPanelSize(bad, a.Panel, 0)
	mustSayNotify(bad, a.IsNotify)
	return fault.Refuse(bad)
}

// mustSayNotify refuses a body without isNotify, where the document demands it.
func mustSayNotify(bad fault.Fields, said *bool) {
	if said == nil {
		bad["isNotify"] = "Say whether candidate and panel are told: true or false."
	}
}

// Perform implements Action.
func (a *SimulationSchedule) Perform(ctx context.Context, w *Work) error {
	a.UID = newAppointment()
	_, _, err := a.plan(ctx, w)
	return err
}

// Batch implements Queued.
func (a *SimulationSchedule) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, panel, err := a.plan(ctx, w)
	if err != nil {
		return 0, err
	}
	return only(w, inTurn(
		func() error { return m.open(w) },
		func() error { return m.seatAll(w, panel) },
		func() error { return m.block(w) },
		func() error { return m.tellAll(ctx, w, *a.IsNotify, notify.Scheduled) },
		func() error {
			return m.note(w, "simulation-schedule", map[string]any{"panel": a.Panel.IDs(), "force": a.Force})
		},
	))
}

func (a *SimulationSchedule) plan(ctx context.Context, w *Work) (*liveSession, []models.User, error) {
	m, err := planLiveSession(w, models.LiveSession{Kind: models.LiveSimulation, UID: a.UID,
		AssessmentCandidateID: a.AssessmentCandidateID, AssessmentSectionID: a.AssessmentSectionID,
		AssessmentSectionCandidateID: a.AssessmentSectionCandidateID, TimeZone: zoneOr(a.TimeZone, a.CurrentTimeZone)}, a.CandidateID)
	if err != nil {
		return nil, nil, err
	}
	if a.CandidateID != 0 && a.CandidateID != m.candidate.ID {
		return nil, nil, fault.Field("candidateID", "The participation is another candidate's.")
	}
	if err := m.mustBeFirst(w); err != nil {
		return nil, nil, err
	}
	panel, err := m.summon(ctx, w, a.Panel, a.StartDate, a.EndDate, a.Force)
	return m, panel, err
}

// mustBeFirst refuses a second simulation of an attempt while the first is to come.
func (m *liveSession) mustBeFirst(w *Work) error {
	if m.session.AssessmentSectionCandidateID == nil {
		return fault.New(fault.Conflict, "%s has no attempt at this section yet: invite first.", m.candidate.Name())
	}
	var open int64
	err := w.Own().Model(&models.LiveSession{}).Where("kind = ? AND assessment_section_candidate_id = ? AND status IN ?", models.LiveSimulation,
		*m.session.AssessmentSectionCandidateID, []models.LiveSessionStatus{models.LiveScheduled, models.LiveInProgress}).Count(&open).Error
	if err != nil {
		return fmt.Errorf("look for a simulation: %w", err)
	}
	if open > 0 {
		return fault.New(fault.Conflict, "%s has an appointment for this simulation. Move it instead.", m.candidate.Name())
	}
	return nil
}
