package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// EventCandidateNotify reminds the candidates of an event: those who registered to attend, those who did not to register.
// Without names it is about all of them.
type EventCandidateNotify struct {
	EventID          int64 `json:"event_id" needs:"yes"`
	EventCandidates  Refs  `json:"eventCandidates"`
	RegisterReminder bool  `json:"register_reminder"`
	AttendReminder   bool  `json:"attend_reminder"`

	// Found are the invitations that are meant, kept for the background work.
	Found Refs `json:"found"`
}

const eventBatch = 100

// Grant implements Action.
func (*EventCandidateNotify) Grant() access.Grant { return "event.invite" }

// Size implements Queued.
func (a *EventCandidateNotify) Size() int { return len(a.Found) }

// Validate implements Action.
func (a *EventCandidateNotify) Validate() error {
	bad := fault.Fields{}
	if a.EventID < 1 {
		bad["event_id"] = "Say which event it is."
	}
	if !a.RegisterReminder && !a.AttendReminder {
		bad["register_reminder"] = "Say who is reminded: register_reminder, attend_reminder or both."
	}
	if len(a.EventCandidates) > mostInvited {
		bad["eventCandidates"] = "That is too many at once."
	}
	return fault.Refuse(bad)
}

// reminds returns the type of message for an invitation, "" for none. The names of the switches are swapped against what
// the document says they do: register_reminder is for who registered.
func (a *EventCandidateNotify) reminds(c models.EventCandidate) string {
	switch {
	case c.IsRegistered() && a.RegisterReminder:
		return notify.EventAttendReminder
	case !c.IsRegistered() && a.AttendReminder:
		return notify.EventRegisterReminder
	default:
		return ""
	}
}

// Perform implements Action.
func (a *EventCandidateNotify) Perform(_ context.Context, w *Work) error {
	o, err := lockEvent(w, a.EventID)
	if err != nil {
		return err
	}
	if err := o.mustGoOn(); err != nil {
		return err
	}
	if err := a.find(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "event-candidate-notify", SubjectType: "event", SubjectID: a.EventID,
		Detail: map[string]any{"candidates": len(a.Found)}})
}

func (a *EventCandidateNotify) find(w *Work) error {
	query := w.Own().Where("event_id = ?", a.EventID)
	named := RefsTo(a.EventCandidates.IDs()).IDs()
	if len(named) > 0 {
		query = query.Where("id IN ?", named)
	}
	var invited []models.EventCandidate
	if err := query.Order("id").Find(&invited).Error; err != nil {
		return fmt.Errorf("find whom to remind: %w", err)
	}
	if len(invited) < len(named) {
		return fault.Missing("event candidate")
	}
	a.Found = Refs{}
	for _, c := range invited {
		if a.reminds(c) != "" {
			a.Found = append(a.Found, Ref{c.ID})
		}
	}
	if len(a.Found) == 0 {
		return fault.New(fault.Conflict, "There is nobody to remind.")
	}
	return nil
}

// Batch implements Queued.
func (a *EventCandidateNotify) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	o, err := lockEvent(w, a.EventID)
	if err != nil {
		return cursor, err
	}
	ids, next := a.Found.chunk(cursor, eventBatch)
	var invited []models.EventCandidate
	if err := locked(w.Own()).Where("id IN ?", ids).Order("id").Find(&invited).Error; err != nil {
		return cursor, fmt.Errorf("load whom to remind: %w", err)
	}
	people, err := guestsOf(w, invited)
	if err != nil {
		return cursor, err
	}
	byType := map[string][]notify.Notice{}
	for _, c := range invited {
		kind, candidate := a.reminds(c), people[c.CandidateID]
		if kind == "" || candidate.ID == 0 {
			w.Refused(fmt.Sprintf("Event candidate %d", c.ID), fault.New(fault.Conflict, "There is nothing to remind of any more."))
			continue
		}
		byType[kind] = append(byType[kind], o.guestNotice(w, kind, candidate))
		w.Done()
	}
	for _, kind := range []string{notify.EventAttendReminder, notify.EventRegisterReminder} {
		if err := w.NotifyAll(ctx, byType[kind]); err != nil {
			return cursor, err
		}
	}
	if err := w.Own().Model(&models.EventCandidate{}).Where("id IN ?", ids).UpdateColumn("reminded_at", w.Now).Error; err != nil {
		return cursor, fmt.Errorf("note the reminders: %w", err)
	}
	return next, nil
}

// guestsOf returns the candidates of invitations who still are candidates.
func guestsOf(w *Work, invited []models.EventCandidate) (map[int64]models.Candidate, error) {
	ids := make([]int64, len(invited))
	for i, c := range invited {
		ids[i] = c.CandidateID
	}
	found, err := byID(w.Own().Where("NOT is_deleted"), ids, func(c models.Candidate) int64 { return c.ID })
	if err != nil {
		return nil, fmt.Errorf("load the invited: %w", err)
	}
	return found, nil
}
