package models

import "time"

// Session is the server-side record behind a session cookie, of a user or of a candidate taking an assessment.
type Session struct {
	Row
	Owned
	TokenHash             string     `gorm:"not null;uniqueIndex" json:"-"`
	UserID                *int64     `gorm:"index" json:"-"`
	AssessmentCandidateID *int64     `gorm:"index" json:"-"`
	SeenAt                time.Time  `gorm:"not null" json:"-"`
	ExpiresAt             time.Time  `gorm:"not null" json:"-"`
	RevokedAt             *time.Time `json:"-"`
	Address               string     `gorm:"not null;default:''" json:"-"`
	Agent                 string     `gorm:"not null;default:''" json:"-"`
}

// IsLive tells whether the session still lets its holder in.
func (s Session) IsLive(now time.Time) bool {
	return s.RevokedAt == nil && now.Before(s.ExpiresAt)
}
