package actions

import (
	"context"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/calendar"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// RemindBefore is when a calendar rings before a live session.
const RemindBefore = 15 * time.Minute

// LivePath is the path of the page of an attendee's appointment.
func LivePath(code string) string { return "/live/" + code }

// tell writes to those who have these seats what became of the live session, with the object that their calendars understand.
func (m *liveSession) tell(ctx context.Context, w *Work, tells notify.Appointment, seats []models.LiveAttendee) error {
	var guests, hosts []notify.Notice
	for _, s := range seats {
		notice := m.notice(w, tells, s)
		if s.CandidateID != nil {
			guests = append(guests, notice)
		} else {
			hosts = append(hosts, notice)
		}
	}
	if err := w.NotifyAll(ctx, guests); err != nil {
		return err
	}
	return w.NotifyAll(ctx, hosts)
}

func (m *liveSession) notice(w *Work, tells notify.Appointment, s models.LiveAttendee) notify.Notice {
	toPanel := s.CandidateID == nil
	n := notify.Notice{
		Type: notify.AppointmentType(m.session.Kind == models.LiveSimulation, toPanel, tells), To: s.Email, Phone: s.Phone, Tags: m.tags(w, s),
		AssessmentID: &m.assessment.ID, CandidateID: s.CandidateID, Calendar: m.object(w, tells, s),
	}
	if !toPanel {
		n.AssessmentCandidateID = &m.participation.ID
	}
	return n
}

func (m *liveSession) tags(w *Work, s models.LiveAttendee) notify.Tags {
	zone := m.zoneOf(s)
	tags := notify.Tags{
		"assessment-name": m.assessment.Title, "section-name": m.section, "organization-name": m.organization.Name,
		"starts-at": dateIn(m.session.StartsAt, zone), "ends-at": clockIn(m.session.EndsAt, zone), "place": PlaceOf(m.session),
		"join-link": w.Link(LivePath(s.Code)), "panel-names": strings.Join(namesOf(m.panel()), ", "),
		"candidate-name": m.candidate.Name(), "message": m.message(s),
	}
	if s.CandidateID != nil {
		tags["candidate-first-name"] = m.candidate.FirstName
		if m.candidate.FirstName == "" {
			tags["candidate-first-name"] = m.candidate.Name()
		}
	} else {
		tags["user-name"] = s.FullName
	}
	return tags
}

// zoneOf is the zone in which an attendee is told times: the own one where it is known, else that of the appointment.
func (m *liveSession) zoneOf(s models.LiveAttendee) string {
	own := m.candidate.TimeZone
	if s.UserID != nil {
		own = m.users[*s.UserID].TimeZone
	}
	if own == "" {
		return m.session.TimeZone
	}
	return own
}

func clockIn(at time.Time, zone string) string {
	location, err := time.LoadLocation(zone)
	if err != nil {
		location = time.UTC
	}
	return at.In(location).Format("15:04 MST")
}

// PlaceOf words where a live session takes place.
func PlaceOf(s models.LiveSession) string {
	switch {
	case s.Location != nil:
		return *s.Location
	case s.IsOffline:
		return "on site"
	default:
		return "by video"
	}
}

func (m *liveSession) message(s models.LiveAttendee) string {
	if s.CandidateID != nil {
		return textOf(m.session.CandidateMessage)
	}
	return textOf(m.session.PanelMessage)
}

// object is the appointment as the calendar of an attendee gets it. A candidate sees no address but the organizer's.
func (m *liveSession) object(w *Work, tells notify.Appointment, s models.LiveAttendee) string {
	a := calendar.Appointment{
		UID: m.session.UID, Sequence: m.session.Version, Stamp: w.Now, From: m.session.StartsAt, To: m.session.EndsAt,
		Title: m.session.Name, Text: m.message(s), Place: PlaceOf(m.session), URL: w.Link(LivePath(s.Code)),
		Organizer: m.organizer(), Remind: RemindBefore,
	}
	for _, other := range m.seats {
		if other.ID == s.ID || (s.CandidateID == nil && other.Role != models.LiveOrganizer) {
			a.Attendees = append(a.Attendees, m.attendee(other))
		}
	}
	if s.CandidateID != nil {
		a.Title = m.noun() + " with " + m.organization.Name + ": " + m.assessment.Title
	}
	if tells == notify.Cancelled {
		a.Attendees = []calendar.Attendee{m.attendee(s)}
		return a.Write(calendar.Cancel)
	}
	return a.Write(calendar.Request)
}

func (m *liveSession) attendee(s models.LiveAttendee) calendar.Attendee {
	asked := m.session.AskPanel
	if s.CandidateID != nil {
		asked = m.session.AskCandidate
	}
	return calendar.Attendee{Person: calendar.Person{Name: s.FullName, Email: s.Email}, IsAsked: asked}
}

// organizer is who answers for the appointment: its host, or the first of the panel where a program set it up.
func (m *liveSession) organizer() calendar.Person {
	if m.session.HostedBy != nil {
		if host, known := m.users[*m.session.HostedBy]; known {
			return calendar.Person{Name: host.Name, Email: host.Email}
		}
	}
	for _, user := range m.panel() {
		return calendar.Person{Name: user.Name, Email: user.Email}
	}
	return calendar.Person{}
}

func namesOf(users []models.User) []string {
	names := make([]string, len(users))
	for i, u := range users {
		names[i] = u.Name
	}
	return names
}
