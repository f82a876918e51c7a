package actions

import (
	"context"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// LiveReschedule moves a live session to another time; one to which somebody did not come can be held anew. Two equal
// days without a time of day move it to that day and keep its hours. A time at which somebody is busy is refused with a
// Conflict, unless Force is set: an extension of ours.
type LiveReschedule struct {
	LiveSessionID   int64     `json:"liveSessionID" needs:"yes"`
	StartDate       time.Time `json:"startDate" needs:"yes"`
	EndDate         time.Time `json:"endDate" needs:"yes"`
	TimeZone        string    `json:"timezone" needs:"yes"`
	CurrentTimeZone string    `json:"currentTimezone"`
	CurrentOffset   *int      `json:"currentOffset"`
	IsNotify        bool      `json:"isNotify"`
	Force           bool      `json:"force"`
}

// Grant implements Action.
func (*LiveReschedule) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (*LiveReschedule) Size() int { return 1 }

// Validate implements Action.
func (a *LiveReschedule) Validate() error {
	if err := namesSession(a.LiveSessionID); err != nil {
		return err
	}
	bad := fault.Fields{}
	checkAppointment(bad, a.StartDate, a.EndDate, a.TimeZone)
	if a.TimeZone == "" {
		bad["timezone"] = "Say in which time zone you schedule, such as Europe/Lisbon."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *LiveReschedule) Perform(_ context.Context, w *Work) error {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil {
		return err
	}
	return m.move(w, a.StartDate, a.EndDate, a.TimeZone, a.Force)
}

// Batch implements Queued.
func (a *LiveReschedule) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil {
		return 0, err
	}
	return only(w, m.reschedule(ctx, w, "live-reschedule", a.IsNotify, func() error {
		return m.move(w, a.StartDate, a.EndDate, a.TimeZone, a.Force)
	}))
}

// reschedule moves a live session in every calendar.
func (m *liveSession) reschedule(ctx context.Context, w *Work, verb string, isNotify bool, move func() error) error {
	before := m.session.StartsAt.UTC().Format(time.RFC3339)
	return inTurn(
		move,
		func() error { return m.save(w) },
		func() error { return m.moveBlocks(w) },
		func() error { return m.tellAll(ctx, w, isNotify, notify.Changed) },
		func() error { return m.note(w, verb, map[string]any{"before": before}) },
	)
}

// move gives the live session another time, if everybody is free then. It writes nothing.
func (m *liveSession) move(w *Work, from, to time.Time, zone string, force bool) error {
	if err := m.mayBecome(models.LiveScheduled); err != nil {
		return err
	}
	if zone != "" {
		m.session.TimeZone = zone
	}
	if from.Equal(to) && from.UTC().Truncate(24*time.Hour).Equal(from) {
		from, to = m.sameHoursOn(from)
	}
	if err := m.setTime(w, from, to); err != nil {
		return err
	}
	m.session.Status, m.session.RemindedAt = models.LiveScheduled, nil
	for i := range m.seats {
		m.seats[i].JoinedAt, m.seats[i].LeftAt, m.seats[i].IsAccepted = nil, nil, nil
	}
	if force {
		return nil
	}
	return m.refuseOverlaps(w, m.panel(), true)
}

// sameHoursOn returns when the live session takes place on another day at its time of day, in its zone.
func (m *liveSession) sameHoursOn(day time.Time) (from, to time.Time) {
	location, err := time.LoadLocation(m.session.TimeZone)
	if err != nil {
		location = time.UTC
	}
	day = day.UTC()
	was := m.session.StartsAt.In(location)
	from = time.Date(day.Year(), day.Month(), day.Day(), was.Hour(), was.Minute(), was.Second(), 0, location)
	return from, from.Add(m.session.EndsAt.Sub(m.session.StartsAt))
}
