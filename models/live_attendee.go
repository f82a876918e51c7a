package models

import "time"

// LiveRole is the part somebody plays in a live session.
type LiveRole int

// The documented parts: the candidate, somebody of the panel, who set it up.
const (
	LiveParticipant LiveRole = 1
	LiveModerator   LiveRole = 2
	LiveOrganizer   LiveRole = 3
)

// Valid tells whether r is one of the documented parts.
func (r LiveRole) Valid() bool { return r >= LiveParticipant && r <= LiveOrganizer }

// LiveAttendeeStatus is the documented state of a live session for one attendee.
type LiveAttendeeStatus int

// The documented attendee states.
const (
	AttendeeScheduled  LiveAttendeeStatus = 1
	AttendeeInProgress LiveAttendeeStatus = 2
	AttendeeCompleted  LiveAttendeeStatus = 3
	AttendeeCancelled  LiveAttendeeStatus = 10
	AttendeeNoShow     LiveAttendeeStatus = 11
)

// Valid tells whether s is one of the documented states.
func (s LiveAttendeeStatus) Valid() bool {
	switch s {
	case AttendeeScheduled, AttendeeInProgress, AttendeeCompleted, AttendeeCancelled, AttendeeNoShow:
		return true
	}
	return false
}

// LiveAttendee is one person's seat in a live session: the candidate's, or a user's.
type LiveAttendee struct {
	Row
	Owned
	Authored
	LiveSessionID int64              `gorm:"not null;index" json:"live_session_id"`
	Email         string             `gorm:"not null" json:"email"`
	Phone         *string            `json:"phone"`
	Status        LiveAttendeeStatus `gorm:"not null;default:1" json:"status"`
	Role          LiveRole           `gorm:"not null" json:"role"`
	CandidateID   *int64             `gorm:"index" json:"candidate_id"`
	UserID        *int64             `gorm:"index" json:"user_id"`
	FullName      string             `gorm:"not null;default:''" json:"fullName"`
	Code          string             `gorm:"column:c;not null;uniqueIndex" json:"c"` // random; who has it may join
	Passcode      string             `gorm:"not null" json:"passcode"`               // random digits
	JoinedAt      *time.Time         `json:"joined_at"`
	LeftAt        *time.Time         `json:"left_at"`
	// IsAccepted is what the attendee replied where the session asks; nil until then.
	IsAccepted *bool `json:"-"`
}

// StatusIn returns the attendee's state in a session of the given state.
func (a LiveAttendee) StatusIn(session LiveSessionStatus) LiveAttendeeStatus {
	switch {
	case session == LiveCancelled:
		return AttendeeCancelled
	case session.IsOver() && a.JoinedAt == nil:
		return AttendeeNoShow
	case session.IsOver() || a.LeftAt != nil:
		return AttendeeCompleted
	case a.JoinedAt != nil:
		return AttendeeInProgress
	default:
		return AttendeeScheduled
	}
}
