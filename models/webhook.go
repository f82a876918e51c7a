package models

import (
	"time"

	"gorm.io/datatypes"
)

// SigningSecret is what messages to another program are signed with. After a rotation both secrets sign for a while.
// Both are stored sealed.
type SigningSecret struct {
	Secret         string     `gorm:"not null" json:"-"`
	OldSecret      string     `gorm:"not null;default:''" json:"-"`
	OldSecretUntil *time.Time `json:"old_secret_until"`
}

// WebhookEndpoint is an address of another program that is told what happens in an organization.
type WebhookEndpoint struct {
	Row
	Owned
	Authored
	Deletable
	URL            string                      `gorm:"not null" json:"url"`
	Description    string                      `gorm:"not null;default:''" json:"description"`
	EventTypes     datatypes.JSONSlice[string] `gorm:"not null" json:"event_types"` // none for all
	IsEnabled      bool                        `gorm:"not null" json:"is_enabled"`
	DisabledReason *string                     `json:"disabled_reason"` // why the program itself turned it off
	FailingSince   *time.Time                  `json:"failing_since"`   // nil after a success
	SigningSecret
}

// Wants tells whether the endpoint is told of events of a type.
func (e WebhookEndpoint) Wants(eventType string) bool {
	if !e.IsEnabled || e.IsDeleted {
		return false
	}
	for _, t := range e.EventTypes {
		if t == eventType {
			return true
		}
	}
	return len(e.EventTypes) == 0
}

// CallbackSecret signs what an organization's actions send to their callback addresses.
type CallbackSecret struct {
	Row
	OrganizationID int64 `gorm:"not null;uniqueIndex:callback_secret_of" json:"organization_id"`
	SigningSecret
}

// DeliveryStatus says how far a delivery is.
type DeliveryStatus string

// The statuses of a delivery.
const (
	DeliveryPending   DeliveryStatus = "pending"
	DeliverySucceeded DeliveryStatus = "succeeded"
	DeliveryFailed    DeliveryStatus = "failed" // given up
)

// Valid tells whether the status is one of the above.
func (s DeliveryStatus) Valid() bool {
	return s == DeliveryPending || s == DeliverySucceeded || s == DeliveryFailed
}

// WebhookAttempt is one try to deliver.
type WebhookAttempt struct {
	At         time.Time `json:"at"`
	Status     int       `json:"status,omitempty"` // of the answer; 0 without one
	DurationMS int64     `json:"duration_ms"`
	Error      string    `json:"error,omitempty"`
	Excerpt    string    `json:"excerpt,omitempty"` // how the answer begins
}

// WebhookDelivery is one message to another program: to an endpoint, or to the callback address of an action.
type WebhookDelivery struct {
	Row
	Owned
	EndpointID     *int64                              `json:"endpoint_id"`
	ActionID       *int64                              `json:"action_id"`
	URL            string                              `gorm:"not null" json:"url"`
	EventType      string                              `gorm:"not null" json:"event_type"`
	MessageID      string                              `gorm:"not null" json:"message_id"` // the same in every try
	Payload        datatypes.JSON                      `gorm:"not null" json:"payload"`
	Status         DeliveryStatus                      `gorm:"not null" json:"status"`
	AttemptCount   int                                 `gorm:"not null;default:0" json:"attempt_count"` // since it was last sent anew
	NextAttemptAt  *time.Time                          `json:"next_attempt_at"`
	CompletedAt    *time.Time                          `json:"completed_at"`
	ResponseStatus *int                                `json:"response_status"`
	DurationMS     *int64                              `gorm:"column:duration_ms" json:"duration_ms"`
	Error          *string                             `json:"error"`
	Attempts       datatypes.JSONSlice[WebhookAttempt] `gorm:"not null" json:"attempts"` // the last ones
}
