package models

import "time"

// Recommendation is a panelist's verdict.
type Recommendation string

// The documented recommendations.
const (
	RecommendSelect Recommendation = "select"
	RecommendHold   Recommendation = "hold"
	RecommendReject Recommendation = "reject"
)

// Valid tells whether r is one of the documented recommendations.
func (r Recommendation) Valid() bool {
	return r == RecommendSelect || r == RecommendHold || r == RecommendReject
}

// Panel is an evaluator placed on an assessment section.
type Panel struct {
	Row
	Owned
	Authored
	AssessmentSectionID int64 `gorm:"not null;uniqueIndex:panel_user" json:"assessment_section_id"`
	UserID              int64 `gorm:"not null;uniqueIndex:panel_user;index" json:"user_id"`
}

// PanelCandidate assigns a panel to a candidate's section attempt.
type PanelCandidate struct {
	Row
	Owned
	PanelID                      int64      `gorm:"not null;uniqueIndex:panel_attempt" json:"panel_id"`
	AssessmentCandidateID        int64      `gorm:"not null;index" json:"assessment_candidate_id"`
	AssessmentSectionCandidateID int64      `gorm:"not null;uniqueIndex:panel_attempt;index" json:"assessment_section_candidate_id"`
	IsEvaluated                  bool       `gorm:"not null;default:false" json:"isEvaluated"`
	AddedBy                      *int64     `json:"added_by"`
	DueAt                        *time.Time `json:"-"`
	RemindedAt                   *time.Time `json:"-"`
}

// Evaluation is a panelist's verdict on one section attempt. Until SubmittedAt is set it is a draft that only its
// author sees and no wire sends.
type Evaluation struct {
	Row
	Owned
	Authored
	PanelID                      *int64         `gorm:"uniqueIndex:evaluation_once" json:"panel_id"`
	AssessmentCandidateID        int64          `gorm:"not null;index" json:"assessment_candidate_id"`
	AssessmentSectionID          int64          `gorm:"not null;index" json:"assessment_section_id"`
	FormInstanceID               *int64         `json:"form_instance_id"`
	AssessmentSectionCandidateID int64          `gorm:"not null;uniqueIndex:evaluation_once" json:"assessment_section_candidate_id"`
	Recommendation               Recommendation `gorm:"not null;default:''" json:"recommendation"`
	EvaluatedAt                  *time.Time     `json:"evaluated_at"`
	EvaluatedBy                  int64          `gorm:"not null;index" json:"evaluated_by"`
	Revision                     int64          `gorm:"not null;default:0" json:"-"`
}

// IsSubmitted tells whether the evaluation counts.
func (e Evaluation) IsSubmitted() bool { return e.EvaluatedAt != nil }

// EvaluationRating is the score given on one parameter within an evaluation.
type EvaluationRating struct {
	Row
	Owned
	EvaluationID int64    `gorm:"not null;uniqueIndex:evaluation_rating" json:"evaluation_id"`
	ParameterID  int64    `gorm:"not null;uniqueIndex:evaluation_rating" json:"parameter_id"`
	Rating       *float64 `json:"rating"`
	Name         string   `gorm:"not null" json:"name"`
	Text         *string  `json:"text"`
}

// EvaluationComment is a remark on an attempt, or on one answer of it.
type EvaluationComment struct {
	Row
	Owned
	EvaluationID int64  `gorm:"not null;index" json:"evaluation_id"`
	AnswerID     *int64 `json:"answer_id"`
	Content      string `gorm:"not null" json:"content"`
}
