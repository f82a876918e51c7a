package testkit

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Meeting is an interview of a participation's candidate with Paul, tomorrow at ten in Lisbon for 45 minutes, of which
// nobody was told.
func (w *World) Meeting(t testing.TB, p models.AssessmentCandidate) models.LiveSession {
	t.Helper()
	a := w.Appointing(p)
	w.Record(t, w.As(t, w.Rita), &a)
	return w.SessionOf(t, a.UID)
}

// Appointing is the action that makes such a meeting.
func (w *World) Appointing(p models.AssessmentCandidate) actions.LiveSchedule {
	at := w.Clock.Now().UTC().Truncate(24 * time.Hour).Add(34 * time.Hour)
	return actions.LiveSchedule{AssessmentCandidateID: p.ID, Panel: actions.RefsTo([]int64{w.Paul.ID}), StartDate: at,
		EndDate: at.Add(45 * time.Minute), TimeZone: "Europe/Lisbon"}
}

// SessionOf returns the live session that an action made.
func (w *World) SessionOf(t testing.TB, uid string) models.LiveSession {
	t.Helper()
	var s models.LiveSession
	check(t, w.DB.Read.Where("uid = ?", uid).First(&s).Error)
	return s
}

// Seats returns who takes part in a live session, in the order of their seats.
func (w *World) Seats(t testing.TB, s models.LiveSession) []models.LiveAttendee {
	t.Helper()
	var seats []models.LiveAttendee
	check(t, w.DB.Read.Where("live_session_id = ?", s.ID).Order("id").Find(&seats).Error)
	return seats
}

// Busy enters a busy hour of a user from a moment on.
func (w *World) Busy(t testing.TB, u models.User, from time.Time) models.CalendarSlot {
	t.Helper()
	slot := models.CalendarSlot{Owned: models.Owned{OrganizationID: u.OrganizationID}, UserID: &u.ID, From: from.UTC(),
		To: from.UTC().Add(time.Hour), Event: "Dentist", Type: models.SlotBusy}
	check(t, w.DB.Write.Create(&slot).Error)
	return slot
}

// Event is an open event of Acme's, in a week, with an assessment.
func (w *World) Event(t testing.TB, assessment models.Assessment) models.Event {
	t.Helper()
	from := w.Clock.Now().UTC().Add(7 * 24 * time.Hour)
	to := from.Add(8 * time.Hour)
	city := "Lisbon"
	e := models.Event{Owned: models.Owned{OrganizationID: w.Acme.ID}, Title: "Hiring day", Status: models.EventOpen, Code: "4815162342",
		City: &city, StartDate: &from, EndDate: &to, OwnedBy: &w.Rita.ID, IsPublic: true, SearchText: "hiring day"}
	check(t, w.DB.Write.Create(&e).Error)
	check(t, w.DB.Write.Create(&models.EventAssessment{Owned: e.Owned, EventID: e.ID, AssessmentID: assessment.ID}).Error)
	return e
}
