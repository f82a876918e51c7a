package models

import (
	"strings"
	"time"

	"gorm.io/datatypes"
)

// CandidateStatusNew is the status number of every new candidate in the documented samples.
const CandidateStatusNew = 25

// Candidate is a person who can be invited to assessments of an organization.
type Candidate struct {
	Row
	Owned
	Authored
	Deletable
	Email        string            `gorm:"not null" json:"email"`
	FirstName    string            `gorm:"not null;default:''" json:"first_name"`
	MiddleName   *string           `json:"middle_name"`
	LastName     *string           `json:"last_name"`
	Phone        *string           `json:"phone"`
	ExternalID   *string           `gorm:"index" json:"external_id"`
	AssignedTo   *int64            `json:"assigned_to"`
	StatusID     int64             `gorm:"not null;default:25" json:"status_id"`
	ProfilePic   *string           `json:"profile_pic"`
	Bio          *string           `json:"bio"`
	CF           datatypes.JSONMap `gorm:"column:cf" json:"cf"`
	Industry     *string           `json:"industry"`
	IsRegistered bool              `gorm:"not null;default:false" json:"isRegistered"`
	ICard        *string           `gorm:"column:icard" json:"icard"`
	TimeZone     string            `gorm:"not null;default:''" json:"-"`
	Locale       string            `gorm:"not null;default:''" json:"-"`
	PictureKey   *string           `json:"-"`              // in the file store
	ImportID     *int64            `gorm:"index" json:"-"` // the last import that named the candidate
	SearchText   string            `gorm:"not null;default:''" json:"-"`
}

// Name returns the candidate's names in one line, or the address when none is known.
func (c Candidate) Name() string {
	parts := []string{c.FirstName}
	for _, p := range []*string{c.MiddleName, c.LastName} {
		if p != nil {
			parts = append(parts, *p)
		}
	}
	if name := strings.Join(strings.Fields(strings.Join(parts, " ")), " "); name != "" {
		return name
	}
	return c.Email
}

// CandidateEducation is one education entry of a candidate.
type CandidateEducation struct {
	Row
	Owned
	Authored
	CandidateID  int64      `gorm:"not null;index" json:"candidate_id"`
	Title        *string    `json:"title"`
	Type         *string    `json:"type"`
	FieldOfStudy *string    `json:"field_of_study"`
	Grade        *string    `json:"grade"`
	Degree       *string    `json:"degree"`
	School       string     `gorm:"not null" json:"school"`
	Description  *string    `json:"description"`
	Activities   *string    `json:"activities"`
	StartedAt    *time.Time `json:"started_at"`
	CompletedAt  *time.Time `json:"completed_at"`
}

// CandidateExperience is one employment entry of a candidate. Employer is "organization" on the wire.
type CandidateExperience struct {
	Row
	Owned
	Authored
	CandidateID int64           `gorm:"not null;index" json:"candidate_id"`
	IsCurrent   bool            `gorm:"not null;default:false" json:"is_current"`
	Employer    string          `gorm:"not null" json:"organization"`
	Designation *string         `json:"designation"`
	Title       string          `gorm:"not null" json:"title"`
	Location    *string         `json:"location"`
	StartedAt   *datatypes.Date `json:"started_at"`
	CompletedAt *datatypes.Date `json:"completed_at"`
	Description *string         `json:"description"`
}

// CandidateFile joins a candidate to an uploaded file (résumé, photo …).
type CandidateFile struct {
	Row
	Owned
	CandidateID int64 `gorm:"not null;uniqueIndex:candidate_file" json:"candidate_id"`
	FileID      int64 `gorm:"not null;uniqueIndex:candidate_file;index" json:"file_id"`
}

// CustomFieldType says what an organization's custom field belongs to.
type CustomFieldType int

// The documented custom field types.
const (
	CandidateField  CustomFieldType = 1
	AssessmentField CustomFieldType = 2
)

// CustomField defines an extra field that an organization adds to its candidates or assessments.
type CustomField struct {
	Row
	Owned
	Authored
	Deletable
	Type      CustomFieldType `gorm:"not null" json:"type"`
	SortOrder *int            `json:"sort_order"`
	DataType  *string         `json:"data_type"`
	IsReport  bool            `gorm:"not null;default:false" json:"is_report"`
	IsHidden  bool            `gorm:"not null;default:false" json:"is_hidden"`
	Label     string          `gorm:"not null" json:"label"`
	Key       string          `gorm:"not null" json:"key"`
}
