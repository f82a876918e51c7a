package models

import "time"

// CalendarSlotType says what a slot of a calendar means.
type CalendarSlotType int

// The documented slot types.
const (
	SlotLive      CalendarSlotType = 1
	SlotAvailable CalendarSlotType = 2
	SlotBusy      CalendarSlotType = 3
	SlotTentative CalendarSlotType = 4
)

// Valid tells whether t is one of the documented types.
func (t CalendarSlotType) Valid() bool { return t >= SlotLive && t <= SlotTentative }

// Takes tells whether a slot of this type keeps its owner from being booked.
func (t CalendarSlotType) Takes() bool { return t == SlotLive || t == SlotBusy }

// SlotEventLive is the event type of slots that scheduling a live session made.
const SlotEventLive = "live-schedule"

// CalendarSlot is a stretch of time in the calendar of a user or of a candidate: exactly one of UserID and CandidateID
// is set. What made a slot for somebody (a live session, a panel, an event) is named, so that it can move or remove it.
type CalendarSlot struct {
	Row
	Owned
	Authored
	UserID      *int64           `gorm:"index" json:"user_id"`
	CandidateID *int64           `gorm:"index" json:"candidate_id"`
	From        time.Time        `gorm:"column:from_at;not null" json:"from"`
	To          time.Time        `gorm:"column:to_at;not null" json:"to"`
	Event       string           `gorm:"not null;default:''" json:"event"` // what for, in words
	Type        CalendarSlotType `gorm:"not null" json:"type"`
	EventType   *string          `json:"eventType"`
	IsAllDay    bool             `gorm:"not null;default:false" json:"isAllDay"`

	LiveSessionID *int64 `gorm:"index" json:"-"`
	PanelID       *int64 `gorm:"index" json:"-"`
	EventID       *int64 `gorm:"index" json:"-"`
}

// Overlaps tells whether the slot shares time with the stretch from one moment to another; touching ends do not.
func (s CalendarSlot) Overlaps(from, to time.Time) bool {
	return s.From.Before(to) && from.Before(s.To)
}

// IsMade tells whether something made the slot for its owner, who then cannot change it by hand.
func (s CalendarSlot) IsMade() bool {
	return s.LiveSessionID != nil || s.PanelID != nil || s.EventID != nil
}
