package models

import (
	"time"

	"gorm.io/datatypes"
)

// ExternalAssessmentStatus is the documented state of an external assessment.
type ExternalAssessmentStatus int

// The documented external assessment states.
const (
	ExternalInactive ExternalAssessmentStatus = 10
	ExternalArchived ExternalAssessmentStatus = 20
	ExternalActive   ExternalAssessmentStatus = 100
)

// Valid tells whether s is one of the documented states.
func (s ExternalAssessmentStatus) Valid() bool {
	return s == ExternalInactive || s == ExternalArchived || s == ExternalActive
}

// ExternalAssessment is an assessment that an outside provider runs.
type ExternalAssessment struct {
	Row
	Owned
	Authored
	Deletable
	ReferenceID     *string                  `gorm:"index" json:"reference_id"`
	Title           string                   `gorm:"not null;default:''" json:"title"`
	StartDate       *time.Time               `json:"start_date"`
	EndDate         *time.Time               `json:"end_date"`
	Description     *string                  `json:"description"`
	DurationSeconds *int                     `json:"-"`
	Status          ExternalAssessmentStatus `gorm:"not null;default:100" json:"status"`
}

// Duration returns the time allowed as HH:MM:SS; nil when it is not known.
func (e ExternalAssessment) Duration() *string {
	if e.DurationSeconds == nil {
		return nil
	}
	text := FormatInterval(*e.DurationSeconds)
	return &text
}

// EvaluationInvited and EvaluationAttending are the states of evaluation invitations in the documented samples; a
// provider may send others.
const (
	EvaluationInvited   = 10
	EvaluationAttending = 15
)

// EvaluationInvitation is a candidate's access to an external assessment for one attempt, and what came of it.
type EvaluationInvitation struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID                   *string        `gorm:"index" json:"external_id"`
	ExternalAssessmentID         *int64         `gorm:"index" json:"external_assessment_id"`
	AssessmentSectionCandidateID *int64         `gorm:"index" json:"assessment_section_candidate_id"`
	Username                     string         `gorm:"not null;default:''" json:"username"`
	Code                         string         `gorm:"not null;default:''" json:"code"`
	Status                       int            `gorm:"not null;default:10" json:"status"`
	Score                        *float64       `json:"score"`
	Evaluation                   datatypes.JSON `json:"evaluation"` // whatever the provider sent
	ReportURL                    *string        `json:"report_url"`
	AttendURL                    string         `gorm:"not null" json:"attend_url"`
}

// SuppliedAssessment is an entry of the catalogue of products that outside suppliers offer.
type SuppliedAssessment struct {
	ID   int64  `gorm:"primaryKey" json:"id"`
	Name string `gorm:"not null" json:"name"`
	Type string `gorm:"not null;uniqueIndex" json:"type"`
}
