package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// LiveCancel calls a live session off: nobody can join any more, and calendars are free again.
type LiveCancel struct {
	LiveSessionID int64 `json:"liveSessionID" needs:"yes"`
	IsNotify      bool  `json:"isNotify"`
}

// Grant implements Action.
func (*LiveCancel) Grant() access.Grant { return "live.schedule" }

// Size implements Queued.
func (*LiveCancel) Size() int { return 1 }

// Accepts is another spelling of a member, seen in the document.
func (*LiveCancel) Accepts() map[string]string { return map[string]string{"is_notify": "isNotify"} }

// Validate implements Action.
func (a *LiveCancel) Validate() error { return namesSession(a.LiveSessionID) }

func namesSession(id int64) error {
	if id < 1 {
		return fault.Field("liveSessionID", "Say which live session is meant.")
	}
	return nil
}

// Perform implements Action.
func (a *LiveCancel) Perform(_ context.Context, w *Work) error {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil {
		return err
	}
	return m.mayBecome(models.LiveCancelled)
}

// Batch implements Queued.
func (a *LiveCancel) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil {
		return 0, err
	}
	return only(w, m.callOff(ctx, w, a.IsNotify, "live-cancel"))
}

// callOff cancels a live session in every calendar.
func (m *liveSession) callOff(ctx context.Context, w *Work, isNotify bool, verb string) error {
	if err := m.mayBecome(models.LiveCancelled); err != nil {
		return err
	}
	m.session.Status, m.session.CancelledAt = models.LiveCancelled, &w.Now
	return inTurn(
		func() error { return m.save(w) },
		func() error { return m.unblock(w, nil) },
		func() error { return m.tellAll(ctx, w, isNotify, notify.Cancelled) },
		func() error { return m.note(w, verb, nil) },
	)
}

// mayBecome refuses a change that the state of the live session does not allow. What is scheduled may be scheduled anew.
func (m *liveSession) mayBecome(to models.LiveSessionStatus) error {
	if now := m.session.Status; now != to && !now.MayBecome(to) || now == to && to != models.LiveScheduled {
		return fault.New(fault.Conflict, "This cannot be done any more: the %s is %s.", lower(m.noun()), lower(now.Label()))
	}
	return nil
}
