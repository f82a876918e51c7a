package models

import "time"

// TicketPurpose says what a single-use link is for.
type TicketPurpose string

// The purposes of single-use links.
const (
	TicketPasswordReset TicketPurpose = "password-reset"
	TicketInvitation    TicketPurpose = "invitation"
	TicketFirstRun      TicketPurpose = "first-run"
	TicketSecondFactor  TicketPurpose = "second-factor" // the password was right, the code is still to come
	TicketEmailChange   TicketPurpose = "email-change"
)

// Ticket is a single-use secret mailed or printed to somebody, hashed at rest.
type Ticket struct {
	Row
	Purpose   TicketPurpose `gorm:"not null" json:"-"`
	UserID    *int64        `gorm:"index" json:"-"`
	TokenHash string        `gorm:"not null;uniqueIndex" json:"-"`
	ExpiresAt time.Time     `gorm:"not null" json:"-"`
	UsedAt    *time.Time    `json:"-"`
	Attempts  int           `gorm:"not null;default:0" json:"-"` // tries at what is asked beside the ticket
	NewEmail  *string       `json:"-"`                           // of an e-mail change: the address it was mailed to
}

// IsUsable tells whether the ticket still opens its door.
func (t Ticket) IsUsable(now time.Time) bool { return t.UsedAt == nil && now.Before(t.ExpiresAt) }

// RecoveryCode stands in for a second factor once.
type RecoveryCode struct {
	Row
	UserID   int64      `gorm:"not null;index" json:"-"`
	CodeHash string     `gorm:"not null" json:"-"`
	UsedAt   *time.Time `json:"-"`
}

// The documented kinds of permission items.
const (
	RoleItem       = 1
	PermissionItem = 2
)

// PermissionGrant gives or refuses one documented permission item to a user, or to a whole organization.
type PermissionGrant struct {
	Row
	Owned
	Type     int    `gorm:"not null;default:2" json:"type"`
	UserID   *int64 `gorm:"index" json:"user_id"`
	ItemName string `gorm:"not null" json:"item_name"`
	Refused  bool   `gorm:"not null;default:false" json:"-"`
}
