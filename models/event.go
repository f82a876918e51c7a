package models

import (
	"slices"
	"time"

	"gorm.io/datatypes"
)

// EventStatus is the documented state of an event.
type EventStatus int

// The documented event states.
const (
	EventDraft       EventStatus = 1
	EventOpen        EventStatus = 2
	EventCanceled    EventStatus = 3
	EventLive        EventStatus = 4
	EventPanelReview EventStatus = 5
	EventComplete    EventStatus = 6
)

var eventStatusLabels = map[EventStatus]string{
	EventDraft: "Draft", EventOpen: "Open", EventCanceled: "Canceled", EventLive: "Live", EventPanelReview: "Panel review",
	EventComplete: "Complete",
}

// Valid tells whether s is one of the documented states.
func (s EventStatus) Valid() bool { return eventStatusLabels[s] != "" }

// Label returns the status's name as people read it.
func (s EventStatus) Label() string { return eventStatusLabels[s] }

// eventMoves leads from draft to complete; an event is called off any time before it is over, and taken up again as
// open. It never returns to draft: somebody may have registered.
var eventMoves = map[EventStatus][]EventStatus{
	EventDraft:       {EventOpen, EventCanceled},
	EventOpen:        {EventLive, EventCanceled},
	EventCanceled:    {EventOpen},
	EventLive:        {EventPanelReview, EventComplete, EventCanceled},
	EventPanelReview: {EventComplete, EventLive},
}

// MayBecome tells whether an event may move from one state to another.
func (s EventStatus) MayBecome(to EventStatus) bool { return slices.Contains(eventMoves[s], to) }

// Event is a hiring drive: a place and a time with assessments, people who run it and candidates who come.
type Event struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID            *string           `gorm:"index" json:"external_id"`
	IsPublic              bool              `gorm:"not null;default:false" json:"is_public"`
	RegistrationStartDate *time.Time        `json:"registration_start_date"`
	RegistrationEndDate   *time.Time        `json:"registration_end_date"`
	CanSelectAssessment   bool              `gorm:"not null;default:false" json:"canSelectAssessment"`
	RegistrationFormID    *int64            `json:"registration_form_id"`
	Status                EventStatus       `gorm:"not null;default:1" json:"status"`
	Title                 string            `gorm:"not null" json:"title"`
	Code                  string            `gorm:"not null;uniqueIndex" json:"code"` // random digits
	City                  *string           `json:"city"`
	Location              datatypes.JSONMap `json:"location"`
	StartDate             *time.Time        `json:"start_date"`
	EndDate               *time.Time        `json:"end_date"`
	OwnedBy               *int64            `gorm:"index" json:"owned_by"`
	SpecialInstructions   *string           `json:"special_instructions"`
	PointOfContact        *int64            `json:"point_of_contact"`
	SearchText            string            `gorm:"not null;default:''" json:"-"`
}

// AllowsEditing tells whether everything about the event may change, not only its status and people.
func (e Event) AllowsEditing() bool { return !e.IsDeleted && e.Status == EventDraft }

// AllowsInviting tells whether candidates may be added.
func (e Event) AllowsInviting() bool {
	return !e.IsDeleted && (e.Status == EventOpen || e.Status == EventLive)
}

// IsRegistrableAt tells whether strangers may register at this moment. The window bounds it; without an end it is the
// event's own.
func (e Event) IsRegistrableAt(now time.Time) bool {
	if !e.IsPublic || !e.AllowsInviting() {
		return false
	}
	end := e.RegistrationEndDate
	if end == nil {
		end = e.EndDate
	}
	return (e.RegistrationStartDate == nil || !now.Before(*e.RegistrationStartDate)) && (end == nil || now.Before(*end))
}

// EventAssessment puts an assessment into an event.
type EventAssessment struct {
	Row
	Owned
	Authored
	EventID      int64 `gorm:"not null;uniqueIndex:event_assessment" json:"event_id"`
	AssessmentID int64 `gorm:"not null;uniqueIndex:event_assessment;index" json:"assessment_id"`
}

// EventCandidate is a candidate's invitation to an event, and the registration once it happened.
type EventCandidate struct {
	Row
	Owned
	Authored
	EventID               int64      `gorm:"not null;uniqueIndex:event_candidate" json:"event_id"`
	CandidateID           int64      `gorm:"not null;uniqueIndex:event_candidate;index" json:"candidate_id"`
	FormInstanceID        *int64     `json:"form_instance_id"` // of the registration form
	AssessmentCandidateID *int64     `gorm:"index" json:"assessment_candidate_id"`
	RegisteredAt          *time.Time `json:"-"`
	RemindedAt            *time.Time `json:"-"`
}

// IsRegistered tells whether the candidate said they would come.
func (c EventCandidate) IsRegistered() bool { return c.RegisteredAt != nil }

// EventRole is the part a user plays in an event.
type EventRole string

// The documented parts.
const (
	EventRecruiter EventRole = "Recruiter"
	EventEvaluator EventRole = "Evaluator"
)

// Valid tells whether r is one of the documented parts.
func (r EventRole) Valid() bool { return r == EventRecruiter || r == EventEvaluator }

// EventUserStatus is what a user answered to the invitation to an event.
type EventUserStatus int

// The documented answers.
const (
	EventUserPending  EventUserStatus = 1
	EventUserAccepted EventUserStatus = 2
	EventUserDeclined EventUserStatus = 3
)

// Valid tells whether s is one of the documented answers.
func (s EventUserStatus) Valid() bool { return s >= EventUserPending && s <= EventUserDeclined }

// EventUser gives a user a part in an event. Only an evaluator has a panel.
type EventUser struct {
	Row
	Owned
	Authored
	EventID int64           `gorm:"not null;uniqueIndex:event_user" json:"event_id"`
	UserID  int64           `gorm:"not null;uniqueIndex:event_user;index" json:"user_id"`
	Role    EventRole       `gorm:"not null;uniqueIndex:event_user" json:"role"`
	Status  EventUserStatus `gorm:"not null;default:1" json:"status"`
	PanelID *int64          `json:"panel_id"`
}
