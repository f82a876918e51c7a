package actions

import (
	"context"
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// LiveChangePanel replaces the panel of a live session. Who stays keeps the seat and its code; who is new is told, and who
// left learns that the calendar is free again. A new member who is busy then is refused with a Conflict, unless Force is
// set: an extension of ours.
type LiveChangePanel struct {
	LiveSessionID int64 `json:"liveSessionID" needs:"yes"`
	Panel         Refs  `json:"panel" needs:"yes"`
	IsNotify      bool  `json:"isNotify"`
	Force         bool  `json:"force"`
}

// Grant implements Action.
func (*LiveChangePanel) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (*LiveChangePanel) Size() int { return 1 }

// Validate implements Action.
func (a *LiveChangePanel) Validate() error {
	if err := namesSession(a.LiveSessionID); err != nil {
		return err
	}
	bad := fault.Fields{}
	checkPanelSize(bad, a.Panel, 1)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *LiveChangePanel) Perform(ctx context.Context, w *Work) error {
	_, _, err := a.plan(ctx, w)
	return err
}

// Batch implements Queued.
func (a *LiveChangePanel) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, added, err := a.plan(ctx, w)
	if err != nil {
		return 0, err
	}
	var left, came []models.LiveAttendee
	return only(w, inTurn(
		func() (err error) { left, err = m.release(w, a.Panel.IDs()); return err },
		func() (err error) { came, err = m.admit(w, added); return err },
		func() error { return m.save(w) },
		func() error { return m.tellChange(ctx, w, a.IsNotify, left, came) },
		func() error { return m.note(w, "live-change-panel", map[string]any{"panel": a.Panel.IDs()}) },
	))
}

// plan returns the live session and who is new on its panel, if they can come.
func (a *LiveChangePanel) plan(ctx context.Context, w *Work) (*liveSession, []models.User, error) {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil {
		return nil, nil, err
	}
	if m.session.Status.IsOver() {
		return nil, nil, fault.New(fault.Conflict, "The panel stays as it is: the %s is %s.", lower(m.noun()), lower(m.session.Status.Label()))
	}
	panel, err := panelists(ctx, w, a.Panel)
	if err != nil {
		return nil, nil, err
	}
	now := m.panel()
	added := slices.DeleteFunc(panel, func(u models.User) bool {
		return slices.ContainsFunc(now, func(there models.User) bool { return there.ID == u.ID })
	})
	if a.Force {
		return m, added, nil
	}
	return m, added, m.refuseOverlaps(w, added, false)
}

// release takes the seats of panelists who are not among those who stay, and returns them. Who set the live session up keeps
// a seat, though no longer on the panel.
func (m *liveSession) release(w *Work, staying []int64) ([]models.LiveAttendee, error) {
	var left, kept []models.LiveAttendee
	var users []int64
	for _, s := range m.seats {
		if s.Role != models.LiveModerator || s.UserID == nil || slices.Contains(staying, *s.UserID) {
			kept = append(kept, s)
			continue
		}
		users = append(users, *s.UserID)
		if m.session.HostedBy != nil && *m.session.HostedBy == *s.UserID {
			s.Role = models.LiveOrganizer
			kept = append(kept, s)
			continue
		}
		if err := w.Tx.Delete(&s).Error; err != nil {
			return nil, fmt.Errorf("take a seat: %w", err)
		}
		left = append(left, s)
	}
	m.seats = kept
	if len(users) == 0 {
		return left, nil
	}
	return left, m.unblock(w, users)
}

// admit gives new panelists their seats and enters the live session into their calendars. An organizer who joins the panel
// keeps the seat.
func (m *liveSession) admit(w *Work, added []models.User) ([]models.LiveAttendee, error) {
	var came []models.LiveAttendee
	for _, user := range added {
		at := slices.IndexFunc(m.seats, func(s models.LiveAttendee) bool { return s.UserID != nil && *s.UserID == user.ID })
		if at < 0 {
			if err := m.seatUser(w, user, models.LiveModerator); err != nil {
				return nil, err
			}
			at = len(m.seats) - 1
		}
		m.seats[at].Role = models.LiveModerator
		if err := m.blockFor(w, m.seats[at]); err != nil {
			return nil, err
		}
		came = append(came, m.seats[at])
	}
	return came, nil
}

func (m *liveSession) tellChange(ctx context.Context, w *Work, wanted bool, left, came []models.LiveAttendee) error {
	if !wanted {
		return nil
	}
	if err := m.tell(ctx, w, notify.Cancelled, left); err != nil {
		return err
	}
	return m.tell(ctx, w, notify.Scheduled, came)
}
