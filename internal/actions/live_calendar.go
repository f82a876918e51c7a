package actions

import (
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// block enters the live session into the calendars of the candidate and the panel.
func (m *liveSession) block(w *Work) error {
	for _, s := range m.seats {
		if s.Role == models.LiveOrganizer {
			continue // who only sets a live session up need not come
		}
		if err := m.blockFor(w, s); err != nil {
			return err
		}
	}
	return nil
}

func (m *liveSession) blockFor(w *Work, s models.LiveAttendee) error {
	kind := models.SlotEventLive
	slot := models.CalendarSlot{Owned: m.session.Owned, Authored: authored(w), UserID: s.UserID, CandidateID: s.CandidateID,
		From: m.session.StartsAt, To: m.session.EndsAt, Event: m.session.Name, Type: models.SlotLive, EventType: &kind,
		LiveSessionID: &m.session.ID}
	if err := w.Tx.Create(&slot).Error; err != nil {
		return fmt.Errorf("enter a live session into the calendar of %s: %w", s.FullName, err)
	}
	return nil
}

// moveBlocks moves the live session in everybody's calendar.
func (m *liveSession) moveBlocks(w *Work) error {
	err := w.Own().Model(&models.CalendarSlot{}).Where("live_session_id = ?", m.session.ID).Updates(map[string]any{
		"from_at": m.session.StartsAt, "to_at": m.session.EndsAt, "updated_by": w.Actor.UserID(), "updated_at": w.Now}).Error
	if err != nil {
		return fmt.Errorf("move a live session in calendars: %w", err)
	}
	return nil
}

// unblock takes the live session out of calendars: of these users, or of everybody's with nil.
func (m *liveSession) unblock(w *Work, users []int64) error {
	slots := w.Own().Where("live_session_id = ?", m.session.ID)
	if users != nil {
		slots = slots.Where("user_id IN ?", users)
	}
	if err := slots.Delete(&models.CalendarSlot{}).Error; err != nil {
		return fmt.Errorf("take a live session out of calendars: %w", err)
	}
	return nil
}

const namedOverlaps = 5

// refuseOverlaps returns a Conflict that names who of these users and, if asked, the candidate is taken while the
// live session lasts, and when. The rows of those people are held, so that nobody books them meanwhile.
func (m *liveSession) refuseOverlaps(w *Work, users []models.User, andCandidate bool) error {
	ids, names := []int64{}, map[int64]string{}
	for _, u := range users {
		ids, names[u.ID] = append(ids, u.ID), u.Name
	}
	taken := w.Own().Where("from_at < ? AND to_at > ? AND type IN ?", m.session.EndsAt, m.session.StartsAt,
		[]models.CalendarSlotType{models.SlotLive, models.SlotBusy})
	if m.session.ID != 0 {
		taken = taken.Where("live_session_id IS NULL OR live_session_id <> ?", m.session.ID)
	}
	if andCandidate {
		taken = taken.Where("user_id IN ? OR candidate_id = ?", ids, m.candidate.ID)
	} else {
		taken = taken.Where("user_id IN ?", ids)
	}
	var slots []models.CalendarSlot
	if err := taken.Order("from_at, id").Limit(namedOverlaps).Find(&slots).Error; err != nil {
		return fmt.Errorf("look into calendars: %w", err)
	}
	var lines []string
	for _, s := range slots {
		name := m.candidate.Name()
		if s.UserID != nil {
			name = names[*s.UserID]
		}
		lines = append(lines, name+" is busy "+stretchIn(s.From, s.To, m.session.TimeZone)+".")
	}
	if len(lines) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "%s Choose another time.", strings.Join(lines, " "))
}

// stretchIn words a stretch of time in a zone, naming the second day only where it is another.
func stretchIn(from, to time.Time, zone string) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	from, to = from.In(location), to.In(location)
	end := to.Format("15:04 MST")
	if from.YearDay() != to.YearDay() || from.Year() != to.Year() {
		end = to.Format("Mon 2 Jan 2006, 15:04 MST")
	}
	return from.Format("Mon 2 Jan 2006, 15:04") + " to " + end
}
