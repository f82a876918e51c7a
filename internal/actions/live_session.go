package actions

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// liveSession is a live session or a simulation with who takes part and all that a message about it needs.
type liveSession struct {
	session       models.LiveSession
	participation models.AssessmentCandidate
	candidate     models.Candidate
	section       string // its title; "" where the live session is about none
	seats         []models.LiveAttendee
	users         map[int64]models.User // those who have a seat
	setting
}

const passcodeDigits = 6

// lockLiveSession loads a live session and holds its row until the transaction ends.
func lockLiveSession(w *Work, id int64) (*liveSession, error) {
	var m liveSession
	if err := locked(w.Own()).First(&m.session, id).Error; err != nil {
		return nil, database.Fault(err, "live session")
	}
	if err := m.loadSubject(w); err != nil {
		return nil, err
	}
	return &m, m.loadSeats(w)
}

// lockSimulation is lockLiveSession for the last simulation of an attempt: the one that is still to come, where there is one.
func lockSimulation(w *Work, attemptID int64) (*liveSession, error) {
	var ids []int64
	err := w.Own().Model(&models.LiveSession{}).Where("kind = ? AND assessment_section_candidate_id = ?", models.LiveSimulation, attemptID).
		Order("CASE WHEN status IN (1, 2) THEN 0 ELSE 1 END, id DESC").Limit(1).Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("find the simulation: %w", err)
	}
	if len(ids) == 0 {
		return nil, fault.Missing("simulation")
	}
	return lockLiveSession(w, ids[0])
}

// loadSubject loads whom and what the live session is about.
func (m *liveSession) loadSubject(w *Work) error {
	if err := w.Own().First(&m.participation, m.session.AssessmentCandidateID).Error; err != nil {
		return database.Fault(err, "assessment candidate")
	}
	if err := locked(w.Own()).First(&m.candidate, m.participation.CandidateID).Error; err != nil {
		return fmt.Errorf("load the live session's candidate: %w", err)
	}
	var err error
	if m.setting, err = loadSetting(w, m.participation.AssessmentID); err != nil {
		return err
	}
	return m.loadSection(w)
}

func (m *liveSession) loadSection(w *Work) error {
	if m.session.AssessmentSectionID == nil {
		return nil
	}
	at := slices.IndexFunc(m.sections, func(s models.AssessmentSection) bool { return s.ID == *m.session.AssessmentSectionID })
	if at < 0 {
		return fault.Field("assessmentSectionID", "The section belongs to another assessment.")
	}
	var section models.Section
	if err := w.Own().First(&section, m.sections[at].SectionID).Error; err != nil {
		return fmt.Errorf("load the live session's section: %w", err)
	}
	m.section = section.Title
	return nil
}

func (m *liveSession) loadSeats(w *Work) error {
	if err := locked(w.Own()).Where("live_session_id = ?", m.session.ID).Order("id").Find(&m.seats).Error; err != nil {
		return fmt.Errorf("load who takes part: %w", err)
	}
	var ids []int64
	for _, s := range m.seats {
		if s.UserID != nil {
			ids = append(ids, *s.UserID)
		}
	}
	var err error
	if m.users, err = byID(locked(w.Own()).Order("id"), ids, func(u models.User) int64 { return u.ID }); err != nil {
		return fmt.Errorf("load the users who take part: %w", err)
	}
	return nil
}

// open writes the session's row.
func (m *liveSession) open(w *Work) error {
	m.session.Owned, m.session.Authored = m.participation.Owned, authored(w)
	m.session.Status, m.session.HostedBy = models.LiveScheduled, w.Actor.UserID()
	m.session.Name = m.noun() + ": " + m.assessment.Title + ", " + m.candidate.Name()
	if err := w.Tx.Create(&m.session).Error; err != nil {
		return database.Fault(fmt.Errorf("open a live session: %w", err), "live session")
	}
	return nil
}

// noun is what people call the live session.
func (m *liveSession) noun() string {
	if m.session.Kind == models.LiveSimulation {
		return "Simulation"
	}
	return "Interview"
}

// seatAll gives the candidate, the panel and whoever set the live session up their seats.
func (m *liveSession) seatAll(w *Work, panel []models.User) error {
	phone := m.candidate.Phone
	if err := m.seat(w, models.LiveAttendee{Role: models.LiveParticipant, CandidateID: &m.candidate.ID, Email: m.candidate.Email,
		FullName: m.candidate.Name(), Phone: phone}); err != nil {
		return err
	}
	for _, user := range panel {
		if err := m.seatUser(w, user, models.LiveModerator); err != nil {
			return err
		}
	}
	host := w.Actor.UserID()
	if host == nil || m.users[*host].ID != 0 {
		return nil
	}
	var user models.User
	if err := w.Own().First(&user, *host).Error; err != nil {
		return fmt.Errorf("load who schedules: %w", err)
	}
	return m.seatUser(w, user, models.LiveOrganizer)
}

func (m *liveSession) seatUser(w *Work, user models.User, role models.LiveRole) error {
	if m.users == nil {
		m.users = map[int64]models.User{}
	}
	m.users[user.ID] = user
	return m.seat(w, models.LiveAttendee{Role: role, UserID: &user.ID, Email: user.Email, FullName: user.Name, Phone: user.Phone})
}

func (m *liveSession) seat(w *Work, seat models.LiveAttendee) error {
	passcode, err := secrets.NumericCode(passcodeDigits)
	if err != nil {
		return err
	}
	seat.Owned, seat.Authored, seat.LiveSessionID = m.session.Owned, authored(w), m.session.ID
	seat.Status, seat.Code, seat.Passcode = models.AttendeeScheduled, secrets.Token(), passcode
	if err := w.Tx.Create(&seat).Error; err != nil {
		return fmt.Errorf("give %s a seat: %w", seat.FullName, err)
	}
	m.seats = append(m.seats, seat)
	return nil
}

// panel returns who moderates, in the order of their seats.
func (m *liveSession) panel() []models.User {
	var users []models.User
	for _, s := range m.seats {
		if s.Role == models.LiveModerator && s.UserID != nil {
			users = append(users, m.users[*s.UserID])
		}
	}
	return users
}

// save keeps a change of the appointment, which every calendar has to learn of.
func (m *liveSession) save(w *Work) error {
	m.session.Version++
	m.session.UpdatedBy = w.Actor.UserID()
	if err := w.Tx.Save(&m.session).Error; err != nil {
		return fmt.Errorf("change the live session: %w", err)
	}
	for i := range m.seats {
		m.seats[i].Status = m.seats[i].StatusIn(m.session.Status)
		if err := w.Tx.Save(&m.seats[i]).Error; err != nil {
			return fmt.Errorf("change a seat: %w", err)
		}
	}
	return nil
}

// note writes what happened to the live session into the ledger and tells open pages.
func (m *liveSession) note(w *Work, verb string, detail map[string]any) error {
	w.Changed(TopicAssessment, m.assessment.ID)
	if detail == nil {
		detail = map[string]any{}
	}
	detail["participation"], detail["version"] = m.participation.ID, m.session.Version
	detail["from"], detail["to"] = m.session.StartsAt.UTC().Format(time.RFC3339), m.session.EndsAt.UTC().Format(time.RFC3339)
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "live_session", SubjectID: m.session.ID, Detail: detail})
}

// inTurn takes steps until one fails.
func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// only counts the one unit of an action that has no other. What refuses it refuses the action.
func only(w *Work, err error) (next int, _ error) {
	if err != nil {
		return 0, err
	}
	w.Done()
	return 1, nil
}
