package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// LiveReminder mails a reminder of live sessions to everybody who takes part, or to the attendees that are named.
type LiveReminder struct {
	LiveSessions Refs `json:"liveSessionID" needs:"yes"`
	Attendees    Refs `json:"liveAttendees"`
	IsNotify     bool `json:"isNotify"`
}

// Grant implements Action.
func (*LiveReminder) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (a *LiveReminder) Size() int { return len(a.LiveSessions) }

// Validate implements Action.
func (a *LiveReminder) Validate() error {
	if len(a.LiveSessions) == 0 || len(a.LiveSessions) > mostAtOnce || len(a.Attendees) > mostAtOnce {
		return fault.Field("liveSessionID", "Say which live sessions are meant: 1 to %d.", mostAtOnce)
	}
	return nil
}

// Perform implements Action.
func (a *LiveReminder) Perform(_ context.Context, w *Work) error {
	a.LiveSessions = RefsTo(a.LiveSessions.IDs())
	var found int64
	if err := w.Own().Model(&models.LiveSession{}).Where("id IN ?", a.LiveSessions.IDs()).Count(&found).Error; err != nil {
		return fmt.Errorf("find live sessions: %w", err)
	}
	if found < int64(len(a.LiveSessions)) {
		return fault.Missing("live session")
	}
	return nil
}

const reminderBatch = 20

// Batch implements Queued.
func (a *LiveReminder) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	ids, next := a.LiveSessions.chunk(cursor, reminderBatch)
	for _, id := range ids {
		m, err := lockLiveSession(w, id)
		if err != nil {
			return cursor, err
		}
		if err := w.unit(func() error { return m.remind(ctx, w, a.IsNotify, a.Attendees.IDs(), "live-reminder") }); err != nil {
			if _, known := fault.As(err); !known {
				return cursor, err
			}
			w.Refused(m.session.Name, err)
			continue
		}
		w.Done()
	}
	return next, nil
}

// remind writes to these attendees, or to all when none is named.
func (m *liveSession) remind(ctx context.Context, w *Work, isNotify bool, attendees []int64, verb string) error {
	if m.session.Status.IsOver() || !m.session.EndsAt.After(w.Now) {
		return fault.New(fault.Conflict, "There is nothing to remind of: the %s is over or called off.", lower(m.noun()))
	}
	seats := m.seats
	if len(attendees) > 0 {
		seats = slices.DeleteFunc(slices.Clone(seats), func(s models.LiveAttendee) bool { return !slices.Contains(attendees, s.ID) })
	}
	if isNotify {
		if err := m.tell(ctx, w, notify.Upcoming, seats); err != nil {
			return err
		}
	}
	now := w.Now
	if err := w.Own().Model(&models.LiveSession{}).Where("id = ?", m.session.ID).UpdateColumn("reminded_at", now).Error; err != nil {
		return fmt.Errorf("note the reminder: %w", err)
	}
	return m.note(w, verb, map[string]any{"attendees": len(seats), "at": now.Format(time.RFC3339)})
}
