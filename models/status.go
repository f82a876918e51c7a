package models

import "slices"

// StatusKey orders the states of a participation; it is the documented sort key, not the row's id.
type StatusKey int

// The documented sort keys.
const (
	Invited   StatusKey = 10
	Mailed    StatusKey = 20
	Attending StatusKey = 30
	Completed StatusKey = 50
	Evaluated StatusKey = 60
	Selected  StatusKey = 70
	Hold      StatusKey = 80
	Rejected  StatusKey = 90
	Suspended StatusKey = 100
	Archived  StatusKey = 120
)

// Status is a row of the status table. Rows of a participation and of a section attempt point at it by id.
type Status struct {
	ID      int64     `gorm:"primaryKey" json:"id"`
	SortKey StatusKey `gorm:"not null;uniqueIndex" json:"sort_key"`
	Label   string    `gorm:"not null" json:"label"`
	Type    int       `gorm:"not null" json:"type"`
}

// Statuses lists every status with its fixed row id. 13 and 14 are the ids of the documented samples; the others fill
// the row of numbers around them.
var Statuses = []Status{
	{ID: 1, SortKey: Invited, Label: "Invited", Type: 20},
	{ID: 2, SortKey: Mailed, Label: "Mailed", Type: 20},
	{ID: 3, SortKey: Attending, Label: "Attending", Type: 20},
	{ID: 13, SortKey: Completed, Label: "Completed", Type: 20},
	{ID: 14, SortKey: Evaluated, Label: "Evaluated", Type: 20},
	{ID: 15, SortKey: Selected, Label: "Selected", Type: 20},
	{ID: 16, SortKey: Hold, Label: "Hold", Type: 20},
	{ID: 17, SortKey: Rejected, Label: "Rejected", Type: 20},
	{ID: 18, SortKey: Suspended, Label: "Suspended", Type: 20},
	{ID: 19, SortKey: Archived, Label: "Archived", Type: 20},
}

// ID returns the status row's id, or 0 for a key that does not exist.
func (k StatusKey) ID() int64 {
	for _, s := range Statuses {
		if s.SortKey == k {
			return s.ID
		}
	}
	return 0
}

// Label returns the status's name as people read it.
func (k StatusKey) Label() string {
	for _, s := range Statuses {
		if s.SortKey == k {
			return s.Label
		}
	}
	return ""
}

// StatusOf returns the sort key of a status row's id, or 0.
func StatusOf(id int64) StatusKey {
	for _, s := range Statuses {
		if s.ID == id {
			return s.SortKey
		}
	}
	return 0
}

// Decisions are the statuses a person sets; all others are set by the system.
var Decisions = []StatusKey{Selected, Hold, Rejected, Suspended, Archived}

// IsDecision tells whether a person sets this status.
func (k StatusKey) IsDecision() bool { return slices.Contains(Decisions, k) }

// transitions is the one table of what may follow what. System moves go forward only; a decision may follow any state
// but one's own, and may be taken back to the system state it came from (undo).
var transitions = map[StatusKey][]StatusKey{
	Invited:   {Mailed, Attending, Selected, Hold, Rejected, Suspended, Archived},
	Mailed:    {Attending, Selected, Hold, Rejected, Suspended, Archived},
	Attending: {Completed, Selected, Hold, Rejected, Suspended, Archived},
	Completed: {Evaluated, Attending, Selected, Hold, Rejected, Suspended, Archived},
	Evaluated: {Attending, Completed, Selected, Hold, Rejected, Suspended, Archived},
	Selected:  {Hold, Rejected, Suspended, Archived},
	Hold:      {Selected, Rejected, Suspended, Archived},
	Rejected:  {Selected, Hold, Suspended, Archived},
	Suspended: {Selected, Hold, Rejected, Archived},
	Archived:  {Selected, Hold, Rejected, Suspended},
}

// MayFollow tells whether a participation may move from one status to another.
func MayFollow(from, to StatusKey) bool { return slices.Contains(transitions[from], to) }

// StatusReason is a reason an organization offers when a status is set.
type StatusReason struct {
	Row
	Owned
	Authored
	ExternalID *string `json:"external_id"`
	StatusID   *int64  `gorm:"index" json:"status_id"`
	Key        string  `gorm:"not null" json:"key"`
	Label      string  `gorm:"not null;default:''" json:"label"`
}
