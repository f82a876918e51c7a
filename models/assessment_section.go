package models

import (
	"time"

	"gorm.io/datatypes"
)

// MultipleAnswerScoring says how an answer with several choices earns its mark.
type MultipleAnswerScoring string

// AllOrNothing gives the mark only to exactly the right set; Partial gives each right choice its share and takes a
// share for each wrong one, never below zero before the negative mark.
const (
	AllOrNothing   MultipleAnswerScoring = "all"
	PartialScoring MultipleAnswerScoring = "partial"
)

// ProviewType is the documented way a section is watched.
type ProviewType string

// The documented ways.
const (
	ProctoredByProgram  ProviewType = "ai_proctor"
	ProctoredLive       ProviewType = "live_proctor"
	CandidateAuthed     ProviewType = "candidate_auth"
	RecordedAndReviewed ProviewType = "record_and_review"
)

// Valid tells whether t is one of the documented ways.
func (t ProviewType) Valid() bool {
	return t == ProctoredByProgram || t == ProctoredLive || t == CandidateAuthed || t == RecordedAndReviewed
}

// AssessmentSection is a section placed in an assessment, with the rules it is taken under. Times are seconds.
type AssessmentSection struct {
	Row
	Owned
	Authored
	AssessmentID        int64        `gorm:"not null;index" json:"assessment_id"`
	SectionID           int64        `gorm:"not null;index" json:"section_id"`
	SortOrder           int          `gorm:"not null" json:"-"`
	IsPublic            bool         `gorm:"not null;default:false" json:"is_public"`
	IsProctor           bool         `gorm:"not null;default:false" json:"is_proctor"`
	IsScreenShare       bool         `gorm:"column:is_screenshare;not null;default:false" json:"is_screenshare"`
	IsReview            bool         `gorm:"not null" json:"is_review"`
	IsSkipAllowed       bool         `gorm:"not null" json:"isSkipAllowed"`
	IsVisible           bool         `gorm:"not null" json:"is_visible"`
	IsRetake            bool         `gorm:"not null" json:"is_retake"`
	IsPlaylist          bool         `gorm:"not null" json:"isPlaylist"`
	StartDate           *time.Time   `json:"start_date"`
	EndDate             *time.Time   `json:"end_date"`
	MaxSectionTime      *int         `json:"max_section_time"`
	MaxQuestionTime     *int         `json:"max_question_time"`
	QuestionDisplayTime int          `gorm:"not null;default:0" json:"questionDisplayTime"`
	Intro               *string      `json:"intro"`      // HTML
	Conclusion          *string      `json:"conclusion"` // HTML
	IsScoreBreakup      bool         `gorm:"not null" json:"isObjectiveScoreBreakup"`
	CutOff              *float64     `json:"cut_off"` // percent of the section's marks
	PositiveMark        float64      `gorm:"not null" json:"positive_mark"`
	NegativeMark        float64      `gorm:"not null;default:0" json:"negative_mark"`
	EvaluationStartDate *time.Time   `json:"evaluation_start_date"`
	EvaluationEndDate   *time.Time   `json:"evaluation_end_date"`
	ProviewType         *ProviewType `json:"proview_type"`
	// AllowedCompilers are the code languages to answer in, by id; none allows all.
	AllowedCompilers datatypes.JSONSlice[string] `json:"allowedCompiler"`

	MultipleAnswer   MultipleAnswerScoring `gorm:"not null;default:all" json:"-"`
	ShuffleQuestions bool                  `gorm:"not null;default:false" json:"-"`
	ShuffleChoices   bool                  `gorm:"not null;default:false" json:"-"`
	HideOthers       bool                  `gorm:"not null" json:"-"`               // others' evaluations until one's own is in
	IsBlind          bool                  `gorm:"not null;default:false" json:"-"` // candidates' names hidden from panelists
}

// IsFree tells whether a candidate may go to any question in any order and change every answer until the end.
func (s AssessmentSection) IsFree() bool {
	return s.IsSkipAllowed && s.IsRetake && (s.MaxQuestionTime == nil || *s.MaxQuestionTime <= 0)
}
