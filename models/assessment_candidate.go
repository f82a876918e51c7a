package models

import (
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"gorm.io/datatypes"
)

// AssessmentCandidate is one candidate's participation in one assessment.
type AssessmentCandidate struct {
	Row
	Owned
	Authored
	AssessmentID   int64      `gorm:"not null;uniqueIndex:assessment_candidate" json:"assessment_id"`
	CandidateID    int64      `gorm:"not null;uniqueIndex:assessment_candidate;index" json:"candidate_id"`
	StatusID       int64      `gorm:"not null" json:"status_id"`
	StatusReasonID *int64     `json:"-"`
	InvitedBy      *int64     `json:"invited_by"`
	ProviewRating  *int       `json:"proviewRating"`
	InvitedAt      *time.Time `json:"invited_at"`
	AttendedAt     *time.Time `json:"attended_at"`
	EvaluatedAt    *time.Time `json:"evaluated_at"`

	// StatusSince and ReasonText describe the last move; SystemStatusID is where undoing a decision returns to.
	StatusSince    time.Time `gorm:"not null" json:"-"`
	ReasonText     *string   `json:"-"`
	SystemStatusID int64     `gorm:"not null" json:"-"`
	// PreviousStatusID is the status before the last decision, nil once that decision was taken back.
	PreviousStatusID *int64 `json:"-"`
	// Score is the percentage of all marks over the scored sections, nil before any is scored.
	Score        *float64   `json:"-"`
	EndDate      *time.Time `json:"-"` // may be attended until
	LinkEpoch    int        `gorm:"not null;default:1" json:"-"`
	VerifyCode   string     `gorm:"not null;default:''" json:"-"`
	RemindedAt   *time.Time `json:"-"`
	ConsentedAt  *time.Time `json:"-"`
	IsBookmarked bool       `gorm:"not null;default:false" json:"-"`
}

// Status returns the participation's status key.
func (ac AssessmentCandidate) Status() StatusKey { return StatusOf(ac.StatusID) }

// MoveTo sets the status if the transition table allows it. A move to the status it already has changes nothing.
// It returns Conflict when the table forbids the move.
func (ac *AssessmentCandidate) MoveTo(to StatusKey, at time.Time) error {
	from := ac.Status()
	if from == to {
		return nil
	}
	if !MayFollow(from, to) {
		return fault.New(fault.Conflict, "%s cannot follow %s.", to.Label(), from.Label())
	}
	ac.set(to, at)
	return nil
}

// Undo takes a decision back: to the decision that stood before it, else to the status the system had reached. It
// returns Conflict when no decision stands.
func (ac *AssessmentCandidate) Undo(at time.Time) error {
	if !ac.Status().IsDecision() {
		return fault.New(fault.Conflict, "There is no decision to take back: the status is %s.", ac.Status().Label())
	}
	back := StatusOf(ac.SystemStatusID)
	if ac.PreviousStatusID != nil && StatusOf(*ac.PreviousStatusID).IsDecision() {
		back = StatusOf(*ac.PreviousStatusID)
	}
	ac.set(back, at)
	ac.PreviousStatusID = nil
	return nil
}

func (ac *AssessmentCandidate) set(to StatusKey, at time.Time) {
	from := ac.StatusID
	ac.PreviousStatusID = &from
	ac.StatusID, ac.StatusSince, ac.ReasonText, ac.StatusReasonID = to.ID(), at, nil, nil
	if !to.IsDecision() {
		ac.SystemStatusID = ac.StatusID
	}
}

// Advance moves the participation forward as the system sees it: the status itself while no decision stands, and in
// any case the status that undoing a decision returns to. It never goes back.
func (ac *AssessmentCandidate) Advance(to StatusKey, at time.Time) {
	if to <= StatusOf(ac.SystemStatusID) {
		return
	}
	decided := ac.Status().IsDecision()
	ac.SystemStatusID = to.ID()
	if !decided {
		ac.set(to, at)
	}
}

// IsWithdrawn tells whether a decision keeps the candidate from starting anything more.
func (ac AssessmentCandidate) IsWithdrawn() bool {
	return slices.Contains([]StatusKey{Rejected, Suspended, Archived}, ac.Status())
}

// SkillScore is what a candidate reached in the questions of one skill.
type SkillScore struct {
	SkillID  int64   `json:"skill_id"`
	Name     string  `json:"name"`
	Score    float64 `json:"score"`
	MaxScore float64 `json:"max_score"`
	Count    int     `json:"count"`
}

// CloseReason says how an attempt ended.
type CloseReason string

// How an attempt ends: the candidate submitted it, its time ran out, or a recruiter closed it.
const (
	ClosedBySubmit    CloseReason = "submitted"
	ClosedByDeadline  CloseReason = "time"
	ClosedByRecruiter CloseReason = "recruiter"
)

// AssessmentSectionCandidate is the attempt at one section.
type AssessmentSectionCandidate struct {
	Row
	Owned
	Authored
	ExternalID            *string    `json:"external_id"`
	AssessmentCandidateID int64      `gorm:"not null;uniqueIndex:section_attempt" json:"assessment_candidate_id"`
	AssessmentSectionID   int64      `gorm:"not null;uniqueIndex:section_attempt;index" json:"assessment_section_id"`
	SectionID             int64      `gorm:"not null;index" json:"section_id"`
	AssessmentID          int64      `gorm:"not null;index" json:"assessment_id"`
	StartDate             *time.Time `json:"start_date"`
	EndDate               *time.Time `json:"end_date"`
	ExternalComplete      bool       `gorm:"not null;default:false" json:"externalComplete"`
	StatusID              int64      `gorm:"not null;index" json:"status_id"`
	StatusReasonID        *int64     `json:"status_reason_id"`
	InvitedAt             *time.Time `json:"invited_at"`
	StartedAt             *time.Time `json:"started_at"`
	CompletedAt           *time.Time `json:"completed_at"`
	EvaluatedAt           *time.Time `json:"evaluated_at"`
	Score                 *float64   `json:"score"` // marks
	MaxScore              *float64   `json:"-"`
	PositiveScore         float64    `gorm:"not null;default:0" json:"positiveScore"`
	NegativeScore         float64    `gorm:"not null;default:0" json:"negativeScore"`

	SkillScores datatypes.JSONSlice[SkillScore] `json:"-"`
	// DeadlineAt is computed by the server at start and moves only by credit and extensions; nil for an untimed section.
	DeadlineAt    *time.Time   `gorm:"index" json:"-"`
	ExtraSeconds  int          `gorm:"not null;default:0" json:"-"` // accommodation, added to the limit
	CreditSeconds int          `gorm:"not null;default:0" json:"-"` // outage credit given so far
	HeardAt       *time.Time   `json:"-"`                           // last sign of life from the candidate's browser
	ClosedBy      *CloseReason `json:"-"`
	Position      int          `gorm:"not null;default:0" json:"-"` // question last shown, from 0
}

// IsStarted and IsClosed tell how far the attempt is.
func (a AssessmentSectionCandidate) IsStarted() bool { return a.StartedAt != nil }

// IsClosed tells whether nothing can be saved any more.
func (a AssessmentSectionCandidate) IsClosed() bool { return a.CompletedAt != nil }

// IsOpenAt tells whether an answer may be saved at this moment.
func (a AssessmentSectionCandidate) IsOpenAt(now time.Time) bool {
	return a.IsStarted() && !a.IsClosed() && (a.DeadlineAt == nil || !now.After(*a.DeadlineAt))
}

// DeadlineFrom returns when an attempt that starts now must end: the section's limit, cut where the window closes, then
// the attempt's accommodation. Nil when neither limits it. What an accommodation, a credit or an extension gives is
// never cut by the window.
func (a AssessmentSectionCandidate) DeadlineFrom(now time.Time, limit *int, windowEnd *time.Time) *time.Time {
	var byLimit *time.Time
	if limit != nil && *limit > 0 {
		at := now.Add(time.Duration(*limit) * time.Second)
		byLimit = &at
	}
	end := Earliest(byLimit, windowEnd)
	if end == nil {
		return nil
	}
	at := end.Add(time.Duration(a.ExtraSeconds) * time.Second)
	return &at
}

// Earliest returns the first of the times that are set, nil when none is.
func Earliest(times ...*time.Time) *time.Time {
	var first *time.Time
	for _, t := range times {
		if t != nil && (first == nil || t.Before(*first)) {
			first = t
		}
	}
	return first
}

// Percent returns the score as a percentage of the attainable marks, never below zero; nil before it is scored.
func (a AssessmentSectionCandidate) Percent() *float64 {
	if a.Score == nil || a.MaxScore == nil || *a.MaxScore <= 0 {
		return nil
	}
	p := max(0, *a.Score / *a.MaxScore * 100)
	return &p
}
