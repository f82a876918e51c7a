package models

import (
	"time"

	"gorm.io/datatypes"
)

// SavedFilter is a named view of a list: the filters of its URL under a name.
type SavedFilter struct {
	Row
	Owned
	Authored
	Deletable
	ObjectType string         `gorm:"not null" json:"object_type"`
	Filter     datatypes.JSON `gorm:"not null" json:"filter"`
	Version    string         `gorm:"not null;default:'1.0'" json:"version"`
	Name       string         `gorm:"not null;default:''" json:"-"`
	IsShared   bool           `gorm:"not null;default:false" json:"-"`
}

// ReportShare is an expiring link to one candidate's report for somebody without an account.
type ReportShare struct {
	Row
	Owned
	Authored
	AssessmentCandidateID int64      `gorm:"not null;index" json:"-"`
	TokenHash             string     `gorm:"not null;uniqueIndex" json:"-"`
	ExpiresAt             time.Time  `gorm:"not null" json:"-"`
	RevokedAt             *time.Time `json:"-"`
	Views                 int        `gorm:"not null;default:0" json:"-"`
}

// ImportKind says what an upload is to become.
type ImportKind string

// What can be uploaded.
const (
	ImportQuestions  ImportKind = "questions"
	ImportCandidates ImportKind = "candidates"
)

// ImportStatus is how far an upload is.
type ImportStatus string

// The stations of an upload.
const (
	ImportUploaded  ImportStatus = "uploaded"  // columns can be mapped, the dry run can be read
	ImportRunning   ImportStatus = "running"   // rows are being written
	ImportCommitted ImportStatus = "committed" // everything is in
	ImportFailed    ImportStatus = "failed"    // nothing came in
)

// Import is one uploaded file on its way in.
type Import struct {
	Row
	Owned
	Authored
	Kind     ImportKind        `gorm:"not null" json:"-"`
	Status   ImportStatus      `gorm:"not null" json:"-"`
	FileID   int64             `gorm:"not null" json:"-"`
	FileName string            `gorm:"not null" json:"-"`
	Format   string            `gorm:"not null;default:''" json:"-"`
	Mapping  datatypes.JSONMap `json:"-"` // candidate columns: place in the file, from "0", to field
	Options  datatypes.JSONMap `json:"-"`
	Total    int               `gorm:"not null;default:0" json:"-"`
	Done     int               `gorm:"not null;default:0" json:"-"`
	Created  int               `gorm:"not null;default:0" json:"-"`
	Updated  int               `gorm:"not null;default:0" json:"-"`
	Skipped  int               `gorm:"not null;default:0" json:"-"`
	Problems datatypes.JSON    `json:"-"`
	Message  *string           `json:"-"`
}
