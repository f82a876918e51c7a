package models

import (
	"slices"
	"time"

	"gorm.io/datatypes"
)

// AnswerStatus is the documented state of an answer.
type AnswerStatus int

// The documented answer states: on the paper, and answered.
const (
	AnswerCreated   AnswerStatus = 1000
	AnswerCompleted AnswerStatus = 3000
)

// AnswerValue is what a candidate answered, by question type.
type AnswerValue struct {
	Choices []string          `json:"choices,omitempty"` // option ids
	Truth   *bool             `json:"truth,omitempty"`
	Gaps    []string          `json:"gaps,omitempty"`  // one text per gap
	Pairs   map[string]string `json:"pairs,omitempty"` // left id to right id
	Text    string            `json:"text,omitempty"`
}

// IsEmpty tells whether nothing was answered.
func (v AnswerValue) IsEmpty() bool {
	for _, g := range v.Gaps {
		if g != "" {
			return false
		}
	}
	return len(v.Choices) == 0 && v.Truth == nil && len(v.Pairs) == 0 && v.Text == ""
}

// Answer is one question on a candidate's paper and what the candidate answered. Rows are made when the attempt starts,
// in paper order, so the paper is drawn once and for all.
type Answer struct {
	Row
	Owned
	AssessmentSectionCandidateID int64                           `gorm:"not null;uniqueIndex:answer_on_paper" json:"assessment_section_candidate_id"`
	AssessmentCandidateID        int64                           `gorm:"not null;index" json:"assessment_candidate_id"`
	AssessmentSectionID          int64                           `gorm:"not null;index" json:"assessment_section_id"`
	QuestionID                   int64                           `gorm:"not null;uniqueIndex:answer_on_paper;index" json:"question_id"`
	QuestionVersionID            int64                           `gorm:"not null;index" json:"-"`
	Position                     int                             `gorm:"not null" json:"-"` // on the paper, from 0
	OptionOrder                  datatypes.JSONSlice[string]     `json:"-"`                 // option ids as this candidate sees them
	Status                       AnswerStatus                    `gorm:"not null;default:1000" json:"status"`
	Value                        datatypes.JSONType[AnswerValue] `gorm:"not null" json:"-"`
	Revision                     int64                           `gorm:"not null;default:0" json:"-"`
	Writer                       string                          `gorm:"not null;default:''" json:"-"` // the open page that saved last
	StartedAt                    *time.Time                      `json:"started_at"`
	AnsweredAt                   *time.Time                      `json:"answered_at"`
	TypingSpeed                  int                             `gorm:"not null;default:0" json:"typingSpeed"`
	TypingAccuracy               *float64                        `json:"typingAccuracy"`   // percent
	TypingCompletion             *float64                        `json:"typingCompletion"` // percent
	Score                        *float64                        `json:"score"`            // marks, nil until scored
	MaxScore                     *float64                        `json:"-"`
	IsMarked                     bool                            `gorm:"not null;default:false" json:"-"` // for review, by the candidate
	ScoredAt                     *time.Time                      `json:"-"`
}

// InOrder returns options in the order that was drawn for the candidate. Options that it does not name keep their place at
// the end.
func (a Answer) InOrder(options []Option) []Option {
	place := func(o Option) int {
		if i := slices.Index(a.OptionOrder, o.ID); i >= 0 {
			return i
		}
		return len(a.OptionOrder)
	}
	sorted := slices.Clone(options)
	slices.SortStableFunc(sorted, func(x, y Option) int { return place(x) - place(y) })
	return sorted
}

// AttemptEventKind names what was observed during an attempt. Events are evidence, never a verdict.
type AttemptEventKind string

// What is observed. Every kind is named to the candidate before the start.
const (
	EventHeartbeat      AttemptEventKind = "heartbeat"
	EventStarted        AttemptEventKind = "started"
	EventResumed        AttemptEventKind = "resumed"
	EventTabLeft        AttemptEventKind = "tab-left"
	EventTabBack        AttemptEventKind = "tab-back"
	EventFocusLost      AttemptEventKind = "focus-lost"
	EventFullscreenLeft AttemptEventKind = "fullscreen-left"
	EventPaste          AttemptEventKind = "paste"
	EventOffline        AttemptEventKind = "offline"
	EventOnline         AttemptEventKind = "online"
	EventSecondDevice   AttemptEventKind = "second-device"
	EventCredit         AttemptEventKind = "credit"
	EventClosed         AttemptEventKind = "closed"
	EventReopened       AttemptEventKind = "reopened" // by a recruiter; the detail holds the earlier answers
)

// AttemptEvent is one observation in an attempt.
type AttemptEvent struct {
	Row
	Owned
	AssessmentSectionCandidateID int64             `gorm:"not null;index" json:"-"`
	Kind                         AttemptEventKind  `gorm:"not null" json:"-"`
	At                           time.Time         `gorm:"not null" json:"-"` // server time
	Seconds                      *float64          `json:"-"`                 // how long it lasted, where known
	Device                       string            `gorm:"not null;default:''" json:"-"`
	Detail                       datatypes.JSONMap `json:"-"`
}
