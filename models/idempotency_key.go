package models

import "time"

// IdempotencyKey is a caller's own name for one request that writes, so that sending it again does nothing twice. Status
// is 0 until the answer is known; PerformedAt is set by the transaction of the work itself.
type IdempotencyKey struct {
	Row
	Owned
	Actor       string    `gorm:"not null"` // who asks: kind and id
	Name        string    `gorm:"not null"` // the key as it was sent
	RequestHash string    `gorm:"not null"` // of method, path, query and body
	Claim       string    `gorm:"not null"` // of the request that holds the key; another one has taken it over when it differs
	ClaimedAt   time.Time `gorm:"not null"`
	ExpiresAt   time.Time `gorm:"not null"`
	PerformedAt *time.Time
	Status      int    `gorm:"not null;default:0"`
	Location    string `gorm:"not null;default:''"`
	ContentType string `gorm:"not null;default:''"`
	Body        string `gorm:"not null;default:''"` // sealed: it may hold what is told once only
}
