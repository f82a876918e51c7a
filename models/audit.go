package models

import (
	"time"

	"gorm.io/datatypes"
)

// AuditEntry is one line of an organization's ledger. It is written in the transaction of what it tells of; a sealer
// then gives it its place in the hash chain (Seq, PrevHash, Hash). See package ledger for the formula.
type AuditEntry struct {
	ID             int64             `gorm:"primaryKey" json:"id"`
	OrganizationID int64             `gorm:"not null;uniqueIndex:audit_place" json:"organization_id"`
	Seq            *int64            `gorm:"uniqueIndex:audit_place" json:"seq"`
	At             time.Time         `gorm:"not null" json:"at"`
	ActorKind      string            `gorm:"not null" json:"actor_kind"`
	ActorID        int64             `gorm:"not null;default:0" json:"actor_id"`
	ActorName      string            `gorm:"not null;default:''" json:"actor_name"`
	Verb           string            `gorm:"not null" json:"verb"`
	SubjectType    string            `gorm:"not null;default:''" json:"subject_type"`
	SubjectID      int64             `gorm:"not null;default:0" json:"subject_id"`
	Before         string            `gorm:"column:before_digest;not null;default:''" json:"before"`
	After          string            `gorm:"column:after_digest;not null;default:''" json:"after"`
	Detail         datatypes.JSONMap `json:"detail"`
	PrevHash       string            `gorm:"not null;default:''" json:"prev_hash"`
	Hash           string            `gorm:"not null;default:''" json:"hash"`
}

// AuditHead is the end of an organization's chain, so that a cut-off tail is noticed.
type AuditHead struct {
	OrganizationID int64  `gorm:"primaryKey;autoIncrement:false" json:"organization_id"`
	Seq            int64  `gorm:"not null" json:"seq"`
	Hash           string `gorm:"not null" json:"hash"`
}
