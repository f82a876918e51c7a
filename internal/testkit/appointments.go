package testkit

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// make writes a row as it is.
func (w *World) make(t testing.TB, row any) {
	t.Helper()
	check(t, w.DB.Write.Create(row).Error)
}

// acmes and ritas are what rows hold that are Acme's and that Rita made.
func (w *World) acmes() models.Owned { return models.Owned{OrganizationID: w.Acme.ID} }

func (w *World) ritas() models.Authored {
	return models.Authored{CreatedBy: &w.Rita.ID, UpdatedBy: &w.Rita.ID}
}

func digits(t testing.TB, n int) string {
	t.Helper()
	code, err := secrets.NumericCode(n)
	check(t, err)
	return "1" + code
}

// LiveSession is an hour tomorrow at which a participation's candidate, Paul as moderator and Rita as organizer meet.
func (w *World) LiveSession(t testing.TB, p models.AssessmentCandidate) models.LiveSession {
	t.Helper()
	start := w.Clock.Now().Add(24 * time.Hour)
	s := models.LiveSession{Owned: w.acmes(), Authored: w.ritas(), Name: digits(t, 6), Status: models.LiveScheduled,
		StartsAt: start, EndsAt: start.Add(time.Hour), TimeZone: "Europe/Lisbon", HostedBy: &w.Rita.ID,
		Kind: models.LiveInterview, AssessmentCandidateID: p.ID, UID: secrets.Token()}
	w.make(t, &s)
	var candidate models.Candidate
	check(t, w.DB.Read.First(&candidate, p.CandidateID).Error)
	w.seat(t, s, models.LiveAttendee{Role: models.LiveParticipant, CandidateID: &candidate.ID, Email: candidate.Email, FullName: candidate.Name()})
	w.seat(t, s, models.LiveAttendee{Role: models.LiveModerator, UserID: &w.Paul.ID, Email: w.Paul.Email, FullName: w.Paul.Name})
	w.seat(t, s, models.LiveAttendee{Role: models.LiveOrganizer, UserID: &w.Rita.ID, Email: w.Rita.Email, FullName: w.Rita.Name})
	return s
}

func (w *World) seat(t testing.TB, s models.LiveSession, a models.LiveAttendee) {
	t.Helper()
	a.Owned, a.Authored, a.LiveSessionID, a.Status = s.Owned, s.Authored, s.ID, models.AttendeeScheduled
	a.Code, a.Passcode = secrets.Token(), digits(t, 8)
	w.make(t, &a)
}

// Attendees returns who takes part in a live session: the candidate, then Paul, then Rita.
func (w *World) Attendees(t testing.TB, s models.LiveSession) []models.LiveAttendee {
	t.Helper()
	var found []models.LiveAttendee
	check(t, w.DB.Read.Where("live_session_id = ?", s.ID).Order("id").Find(&found).Error)
	return found
}

// Recording is a recording of a live session.
func (w *World) Recording(t testing.TB, s models.LiveSession) models.LiveRecording {
	t.Helper()
	r := models.LiveRecording{Owned: s.Owned, LiveSessionID: s.ID, FileID: w.File(t, models.FileTypeLiveRecording).ID}
	w.make(t, &r)
	return r
}

// Slot is an hour of a user's calendar that begins in the given time.
func (w *World) Slot(t testing.TB, user models.User, kind models.CalendarSlotType, in time.Duration) models.CalendarSlot {
	t.Helper()
	from := w.Clock.Now().Add(in)
	s := models.CalendarSlot{Owned: user.Owned, Authored: w.ritas(), UserID: &user.ID, From: from, To: from.Add(time.Hour),
		Event: "Interviews", Type: kind}
	w.make(t, &s)
	return s
}

// CandidateSlot is an hour of a candidate's calendar that begins in the given time.
func (w *World) CandidateSlot(t testing.TB, c models.Candidate, kind models.CalendarSlotType, in time.Duration) models.CalendarSlot {
	t.Helper()
	from := w.Clock.Now().Add(in)
	s := models.CalendarSlot{Owned: c.Owned, Authored: w.ritas(), CandidateID: &c.ID, From: from, To: from.Add(time.Hour),
		Event: "Interview", Type: kind}
	w.make(t, &s)
	return s
}

// Event is a public, open event of Rita's next week.
func (w *World) Event(t testing.TB) models.Event {
	t.Helper()
	start := w.Clock.Now().Add(7 * 24 * time.Hour)
	end, city := start.Add(8*time.Hour), "Lisbon"
	e := models.Event{Owned: w.acmes(), Authored: w.ritas(), IsPublic: true, Status: models.EventOpen, Title: "Open day",
		Code: digits(t, 9), City: &city, StartDate: &start, EndDate: &end, OwnedBy: &w.Rita.ID,
		SearchText: textfold.Fold("Open day Lisbon")}
	w.make(t, &e)
	return e
}

// EventAssessment puts an assessment into an event.
func (w *World) EventAssessment(t testing.TB, e models.Event, a models.Assessment) models.EventAssessment {
	t.Helper()
	row := models.EventAssessment{Owned: e.Owned, Authored: w.ritas(), EventID: e.ID, AssessmentID: a.ID}
	w.make(t, &row)
	return row
}

// EventCandidate invites a candidate to an event.
func (w *World) EventCandidate(t testing.TB, e models.Event, c models.Candidate) models.EventCandidate {
	t.Helper()
	row := models.EventCandidate{Owned: e.Owned, Authored: w.ritas(), EventID: e.ID, CandidateID: c.ID}
	w.make(t, &row)
	return row
}

// EventUser asks a user to play a part in an event.
func (w *World) EventUser(t testing.TB, e models.Event, u models.User, role models.EventRole) models.EventUser {
	t.Helper()
	row := models.EventUser{Owned: e.Owned, Authored: w.ritas(), EventID: e.ID, UserID: u.ID, Role: role, Status: models.EventUserPending}
	w.make(t, &row)
	return row
}

// MenuCard is a card with the given assessments.
func (w *World) MenuCard(t testing.TB, assessments ...models.Assessment) models.MenuCard {
	t.Helper()
	card := models.MenuCard{Owned: w.acmes(), Authored: w.ritas(), Name: "Autumn", Code: digits(t, 7), SearchText: "autumn"}
	w.make(t, &card)
	for _, a := range assessments {
		w.make(t, &models.MenuCardAssessment{Owned: card.Owned, Authored: w.ritas(), MenuCardID: card.ID, AssessmentID: a.ID})
	}
	return card
}
