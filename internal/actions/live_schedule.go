package actions

import (
	"context"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// LiveSchedule makes an appointment of a candidate with a panel: a session, a seat with its own code for everybody, and
// an entry in the calendars of the candidate and the panel. The candidate is named by the participation, or by candidate
// and section. A time at which one of them is busy is refused with a Conflict that says who and when, unless Force is
// set: an extension of ours.
type LiveSchedule struct {
	AssessmentCandidateID int64     `json:"assessmentCandidateID"`
	CandidateID           int64     `json:"candidateID"`
	AssessmentSectionID   *int64    `json:"assessmentSectionID"`
	Panel                 Refs      `json:"panel" needs:"yes"`
	StartDate             time.Time `json:"startDate" needs:"yes"`
	EndDate               time.Time `json:"endDate" needs:"yes"`
	TimeZone              string    `json:"timezone"`
	CurrentTimeZone       string    `json:"currentTimezone"`
	CurrentOffset         *int      `json:"currentOffset"`
	IsOffline             bool      `json:"isOffline"`
	Location              string    `json:"location"`
	AskCandidate          bool      `json:"askCandidate"`
	AskPanel              bool      `json:"askPanel"`
	CandidateMessage      string    `json:"candidateMessage"`
	PanelMessage          string    `json:"panelMessage"`
	IsNotify              bool      `json:"isNotify"`
	Force                 bool      `json:"force"`

	// UID is how calendars know the appointment; the action chooses it and looks the session up by it.
	UID string `json:"uid" wire:"own"`
}

// Grant implements Action.
func (*LiveSchedule) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (*LiveSchedule) Size() int { return 1 }

// Links are the links of the recorded action.
func (a *LiveSchedule) Links() map[string]string {
	return map[string]string{"liveSession": "/models/live-session?uid=" + a.UID}
}

// Validate implements Action.
func (a *LiveSchedule) Validate() error {
	bad := fault.Fields{}
	if a.AssessmentCandidateID == 0 && (a.CandidateID == 0 || a.AssessmentSectionID == nil) {
		bad["assessmentCandidateID"] = "Name the participation, or the candidate and the section."
	}
	checkAppointment(bad, a.StartDate, a.EndDate, a.TimeZone)
	checkPanelSize(bad, a.Panel, 1)
	if len([]rune(a.Location)) > longestPlace {
		bad["location"] = "A place is named in at most 500 characters."
	}
	for name, text := range map[string]string{"candidateMessage": a.CandidateMessage, "panelMessage": a.PanelMessage} {
		if len([]rune(text)) > longestNotice {
			bad[name] = "A message has at most 4,000 characters."
		}
	}
	return fault.Refuse(bad)
}

// Perform implements Action: it refuses while the caller waits what can be refused.
func (a *LiveSchedule) Perform(ctx context.Context, w *Work) error {
	a.UID = newAppointment()
	_, _, err := a.plan(ctx, w)
	return err
}

// Batch implements Queued.
func (a *LiveSchedule) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, panel, err := a.plan(ctx, w)
	if err != nil {
		return 0, err
	}
	return only(w, inTurn(
		func() error { return m.open(w) },
		func() error { return m.seatAll(w, panel) },
		func() error { return m.block(w) },
		func() error { return m.tellAll(ctx, w, a.IsNotify, notify.Scheduled) },
		func() error {
			return m.note(w, "live-schedule", map[string]any{"panel": a.Panel.IDs(), "force": a.Force})
		},
	))
}

// plan finds everybody, and refuses what cannot be.
func (a *LiveSchedule) plan(ctx context.Context, w *Work) (*liveSession, []models.User, error) {
	m, err := planLiveSession(w, models.LiveSession{
		Kind: models.LiveInterview, UID: a.UID, AssessmentCandidateID: a.AssessmentCandidateID,
		AssessmentSectionID: a.AssessmentSectionID, TimeZone: zoneOr(a.TimeZone, a.CurrentTimeZone), IsOffline: a.IsOffline,
		Location: optional(a.Location), AskCandidate: a.AskCandidate, AskPanel: a.AskPanel,
		CandidateMessage: optional(a.CandidateMessage), PanelMessage: optional(a.PanelMessage),
	}, a.CandidateID)
	if err != nil {
		return nil, nil, err
	}
	panel, err := m.summon(ctx, w, a.Panel, a.StartDate, a.EndDate, a.Force)
	return m, panel, err
}

// summon sets the time of a new live session and returns its panel, if everybody is free.
func (m *liveSession) summon(ctx context.Context, w *Work, named Refs, from, to time.Time, force bool) ([]models.User, error) {
	if err := m.setTime(w, from, to); err != nil {
		return nil, err
	}
	panel, err := panelists(ctx, w, named)
	if err != nil || force {
		return panel, err
	}
	return panel, m.refuseOverlaps(w, panel, true)
}

// tellAll is tell for everybody, if it is wanted.
func (m *liveSession) tellAll(ctx context.Context, w *Work, wanted bool, tells notify.Appointment) error {
	if !wanted {
		return nil
	}
	return m.tell(ctx, w, tells, m.seats)
}

// newAppointment returns what calendars know an appointment by.
func newAppointment() string { return secrets.LinkCode() + "@assay" }

// zoneOr returns the zone if it is named, else the other where that is one.
func zoneOr(zone, otherwise string) string {
	if zone == "" && models.KnownZone(otherwise) {
		return otherwise
	}
	return zone
}
