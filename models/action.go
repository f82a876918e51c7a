package models

import (
	"time"

	"gorm.io/datatypes"
)

// ActionStatus is the progress of a recorded action.
type ActionStatus int

// The documented states; 99 is the failure seen in samples only.
const (
	ActionDeleted    ActionStatus = 0
	ActionRequested  ActionStatus = 1
	ActionProcessing ActionStatus = 2
	ActionCompleted  ActionStatus = 3
	ActionFailed     ActionStatus = 99
)

// ActionRecord is the row a recorded action leaves: who asked for what, when, and how it went.
type ActionRecord struct {
	Row
	Owned
	ExternalID    *string        `gorm:"index" json:"external_id"`
	Name          string         `gorm:"not null" json:"name"`
	Comment       *string        `json:"comment"`
	Status        ActionStatus   `gorm:"not null" json:"status"`
	Type          *int           `json:"type"`
	SkipCallback  *bool          `json:"skipCallback"`
	CallbackURL   *string        `json:"-"`
	TotalCount    *int           `json:"total_count"`
	ErrorCount    *int           `json:"error_count"`
	SuccessCount  *int           `json:"success_count"`
	RequestedAt   *time.Time     `json:"requested_at"`
	StartedAt     *time.Time     `json:"started_at"`
	CompletedAt   *time.Time     `json:"completed_at"`
	LastAttemptAt *time.Time     `json:"last_attempt_at"`
	RequestedBy   *int64         `json:"requested_by"`
	IsNotify      *bool          `json:"isNotify"`
	Message       *string        `json:"message"`
	Response      *string        `json:"response"`
	Input         datatypes.JSON `json:"-"`
	Sent          datatypes.JSON `json:"-"` // the members as a program sent them; nil where a screen asked
	Links         datatypes.JSON `json:"-"` // to what the action made, by name
	Actor         datatypes.JSON `json:"-"`
	Cursor        int            `gorm:"not null;default:0" json:"-"` // units of a queued action already done
}
