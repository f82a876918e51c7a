package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleAttendee checks a seat that is changed by hand. A seat moves between sessions that are still to come only.
func SettleAttendee(_ context.Context, change *resource.Change) error {
	seat, was := change.Row.(*models.LiveAttendee), change.Was.(*models.LiveAttendee)
	seat.Email = models.NormalEmail(seat.Email)
	if !addresses.Valid(seat.Email) {
		return fault.Field("email", "This is not an e-mail address. It looks like ann@example.org.")
	}
	w := stepOf(change)
	if seat.LiveSessionID == was.LiveSessionID {
		return settleAttendance(w, seat, was)
	}
	var sessions []models.LiveSession
	if err := w.Own().Where("id IN ?", []int64{seat.LiveSessionID, was.LiveSessionID}).Find(&sessions).Error; err != nil {
		return fmt.Errorf("load the seat's sessions: %w", err)
	}
	for _, s := range sessions {
		if s.Status.IsOver() {
			return fault.New(fault.Conflict, "The seat stays where it is: %s is %s.", s.Name, lower(s.Status.Label()))
		}
	}
	return nil
}

// settleAttendance takes what a program that saw the people says of one: that somebody came, left, or never was there. A
// session that is over follows.
func settleAttendance(w *Work, seat, was *models.LiveAttendee) error {
	if seat.Status == was.Status {
		return nil
	}
	switch seat.Status {
	case models.AttendeeScheduled, models.AttendeeNoShow:
		seat.JoinedAt, seat.LeftAt = nil, nil
	case models.AttendeeInProgress, models.AttendeeCompleted:
		if seat.JoinedAt == nil {
			seat.JoinedAt = &w.Now
		}
		if seat.LeftAt == nil && seat.Status == models.AttendeeCompleted {
			seat.LeftAt = &w.Now
		}
	}
	m, err := lockLiveSession(w, seat.LiveSessionID)
	if err != nil {
		return err
	}
	if m.session.Status == models.LiveCancelled {
		return fault.New(fault.Conflict, "The seat stays as it is: the %s was called off.", lower(m.noun()))
	}
	if !m.session.Status.IsOver() {
		return m.begin(w, *seat)
	}
	for i := range m.seats {
		if m.seats[i].ID == seat.ID {
			m.seats[i] = *seat
		}
	}
	if err := m.end(w); err != nil {
		return err
	}
	seat.Status = seat.StatusIn(m.session.Status)
	return nil
}

// begin has a session run that somebody came to.
func (m *liveSession) begin(w *Work, seat models.LiveAttendee) error {
	if m.session.Status != models.LiveScheduled || seat.Status != models.AttendeeInProgress {
		return nil
	}
	if err := w.Tx.Model(&m.session).Update("status", models.LiveInProgress).Error; err != nil {
		return fmt.Errorf("begin the live session: %w", err)
	}
	return nil
}

// SettleOwnSlot checks a slot of the caller's own calendar. Only who holds the role of an evaluator makes one.
func SettleOwnSlot(_ context.Context, change *resource.Change) error {
	slot := change.Row.(*models.CalendarSlot)
	if err := mustBeByHand(change); err != nil || change.Verb == resource.Delete {
		return err
	}
	if change.Verb == resource.Create {
		w := stepOf(change)
		var user models.User
		if err := w.Own().First(&user, change.Ask.Actor.ID).Error; err != nil {
			return fmt.Errorf("load whose calendar it is: %w", err)
		}
		if !user.HasRole(models.Evaluator) {
			return fault.New(fault.Forbidden, "Only evaluators enter when they are free or busy. Ask an administrator for that role.")
		}
		slot.UserID = &user.ID
	}
	return slotProblems(slot, true)
}

// SettleCandidateSlot checks a slot of a candidate's calendar.
func SettleCandidateSlot(_ context.Context, change *resource.Change) error {
	if err := mustBeByHand(change); err != nil {
		return err
	}
	slot := change.Row.(*models.CalendarSlot)
	if slot.CandidateID == nil {
		return fault.Field("candidate_id", "Say whose time it is.")
	}
	return slotProblems(slot, false)
}

// mustBeByHand refuses to change what an appointment entered: it moves with the appointment.
func mustBeByHand(change *resource.Change) error {
	if was, ok := change.Was.(*models.CalendarSlot); ok && was.IsMade() {
		return fault.New(fault.Conflict, "An appointment entered this. Move or cancel the appointment instead.")
	}
	return nil
}

const longestEvent = 500

func slotProblems(slot *models.CalendarSlot, named bool) error {
	bad := fault.Fields{}
	slot.Event = strings.Join(strings.Fields(slot.Event), " ")
	if named && slot.Event == "" {
		bad["event"] = "Say in words what the time is for."
	}
	if len([]rune(slot.Event)) > longestEvent {
		bad["event"] = "Use at most 500 characters."
	}
	if !slot.To.After(slot.From) {
		bad["to"] = "The end must come after the start."
	}
	return fault.Refuse(bad)
}
