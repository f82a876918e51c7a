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
	if seat.LiveSessionID == was.LiveSessionID {
		return nil
	}
	w := stepOf(change)
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
