package models

import (
	"time"

	"gorm.io/datatypes"
)

// APIClient is an application that asks for tokens in the name of an organization's users.
type APIClient struct {
	Row
	Owned
	Authored
	Name       string     `gorm:"not null" json:"-"`
	ClientID   string     `gorm:"not null;uniqueIndex" json:"-"`
	SecretHash string     `gorm:"not null" json:"-"`
	Scopes     string     `gorm:"not null;default:''" json:"-"` // what its tokens may reach at most; empty for all
	LastUsedAt *time.Time `json:"-"`
	RevokedAt  *time.Time `json:"-"`
}

// ServiceAccount is a program that acts by itself: it signs an assertion with its private key and gets a token for it.
type ServiceAccount struct {
	Row
	Owned
	Authored
	Email      string                         `gorm:"not null;uniqueIndex" json:"-"`
	Name       string                         `gorm:"not null" json:"-"`
	Role       Role                           `gorm:"not null" json:"-"`
	Keys       datatypes.JSONSlice[PublicKey] `gorm:"not null" json:"-"`
	Scopes     string                         `gorm:"not null;default:''" json:"-"`
	LastUsedAt *time.Time                     `json:"-"`
	RevokedAt  *time.Time                     `json:"-"`
}

// PublicKey checks what a service account signs.
type PublicKey struct {
	ID      string    `json:"id"` // "kid" of an assertion's header
	PEM     string    `json:"pem"`
	AddedAt time.Time `json:"added_at"`
}

// Assertion is one whose name (jti) was used, so that it is not taken twice while it is valid.
type Assertion struct {
	Row
	ServiceAccountID int64     `gorm:"not null;uniqueIndex:assertion_name" json:"-"`
	NameHash         string    `gorm:"not null;uniqueIndex:assertion_name" json:"-"`
	ExpiresAt        time.Time `gorm:"not null" json:"-"`
}
