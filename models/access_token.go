package models

import "time"

// TokenKind says whose a bearer token is.
type TokenKind string

// The kinds of bearer tokens.
const (
	UserToken      TokenKind = "user"      // of a user, through an API client
	ServiceToken   TokenKind = "service"   // of a service account
	PersonalToken  TokenKind = "personal"  // of a user, made by hand
	CandidateToken TokenKind = "candidate" // of a candidate, for one participation
)

// AccessToken is the record behind a bearer token, which is hashed at rest. Exactly one of user, service account and
// participation is set, by kind.
type AccessToken struct {
	Row
	Owned
	Kind                  TokenKind  `gorm:"not null" json:"-"`
	TokenHash             string     `gorm:"not null;uniqueIndex" json:"-"`
	UserID                *int64     `gorm:"index" json:"-"`
	ServiceAccountID      *int64     `gorm:"index" json:"-"`
	AssessmentCandidateID *int64     `gorm:"index" json:"-"`
	APIClientID           *int64     `gorm:"column:api_client_id;index" json:"-"`
	Name                  string     `gorm:"not null;default:''" json:"-"` // of a personal token
	Scopes                string     `gorm:"not null;default:''" json:"-"` // what it may reach; empty for all its holder may do
	Family                string     `gorm:"not null;default:'';index" json:"-"`
	ExpiresAt             *time.Time `json:"-"` // nil for a personal token without an end
	LastUsedAt            *time.Time `json:"-"` // to the minute
	RevokedAt             *time.Time `json:"-"`
}

// IsLive tells whether the token still lets its holder in.
func (t AccessToken) IsLive(now time.Time) bool {
	return t.RevokedAt == nil && (t.ExpiresAt == nil || now.Before(*t.ExpiresAt))
}

// RefreshToken renews a user's token once. All that came of one sign-in are a family.
type RefreshToken struct {
	Row
	Owned
	TokenHash   string     `gorm:"not null;uniqueIndex" json:"-"`
	Family      string     `gorm:"not null;index" json:"-"`
	UserID      int64      `gorm:"not null;index" json:"-"`
	APIClientID int64      `gorm:"column:api_client_id;not null;index" json:"-"`
	Scopes      string     `gorm:"not null;default:''" json:"-"`
	ExpiresAt   time.Time  `gorm:"not null" json:"-"`
	UsedAt      *time.Time `json:"-"`
	RevokedAt   *time.Time `json:"-"`
}

// IsLive tells whether the token may still be used.
func (t RefreshToken) IsLive(now time.Time) bool {
	return t.UsedAt == nil && t.RevokedAt == nil && now.Before(t.ExpiresAt)
}
