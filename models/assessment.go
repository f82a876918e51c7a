package models

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/datatypes"
)

// AssessmentStatus is the documented state of an assessment.
type AssessmentStatus int

// The documented assessment states.
const (
	AssessmentDraft  AssessmentStatus = 1
	AssessmentClosed AssessmentStatus = 2
	AssessmentOpen   AssessmentStatus = 3
	AssessmentFilled AssessmentStatus = 4
)

var assessmentStatusLabels = map[AssessmentStatus]string{
	AssessmentDraft: "Draft", AssessmentClosed: "Closed", AssessmentOpen: "Open", AssessmentFilled: "Filled",
}

// Label returns the status's name as people read it.
func (s AssessmentStatus) Label() string { return assessmentStatusLabels[s] }

// ParseAssessmentStatus reads a status from its number or its name; ok is false for what is neither.
func ParseAssessmentStatus(text string) (status AssessmentStatus, ok bool) {
	text = strings.TrimSpace(text)
	for s, label := range assessmentStatusLabels {
		if strings.EqualFold(label, text) || strconv.Itoa(int(s)) == text {
			return s, true
		}
	}
	return 0, false
}

var assessmentMoves = map[AssessmentStatus][]AssessmentStatus{
	AssessmentDraft:  {AssessmentOpen},
	AssessmentOpen:   {AssessmentClosed, AssessmentFilled},
	AssessmentClosed: {AssessmentOpen, AssessmentFilled},
	AssessmentFilled: {AssessmentOpen, AssessmentClosed},
}

// MayBecome tells whether an assessment may move from one state to another. It never returns to draft: somebody may
// have seen it.
func (s AssessmentStatus) MayBecome(to AssessmentStatus) bool {
	return slices.Contains(assessmentMoves[s], to)
}

// Assessment is an ordered set of sections that candidates are invited to attend within a period.
type Assessment struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID  *string           `gorm:"index" json:"external_id"`
	Title       string            `gorm:"not null" json:"title"`
	StatusID    AssessmentStatus  `gorm:"not null;default:1" json:"status_id"`
	Description string            `gorm:"not null;default:''" json:"description"` // HTML, sanitized
	PositionID  *int64            `json:"position_id"`
	CF          datatypes.JSONMap `gorm:"column:cf" json:"cf"`
	StartDate   *time.Time        `json:"start_date"`
	EndDate     *time.Time        `json:"end_date"`
	OwnedBy     *int64            `gorm:"index" json:"owned_by"`
	IsPractice  bool              `gorm:"not null;default:false" json:"-"`
	Theme       *string           `json:"theme"`
	PrePage     *string           `json:"pre_page"` // shown before the assessment
	PostURL     *string           `json:"post_url"` // where candidates go afterwards
	FormURL     *string           `json:"formUrl"`
	Promo       *string           `json:"promo"`
	TemplateID  *int64            `json:"templateID"`
	// OutageCreditCap bounds the seconds that measured disconnections give back to one attempt; 0 gives none.
	OutageCreditCap int    `gorm:"not null" json:"-"`
	SearchText      string `gorm:"not null;default:''" json:"-"`
}

// IsAttendableAt tells whether candidates may start or go on at this moment, as far as the assessment itself says.
func (a Assessment) IsAttendableAt(now time.Time) bool {
	if a.IsDeleted || a.StatusID != AssessmentOpen {
		return false
	}
	return (a.StartDate == nil || !now.Before(*a.StartDate)) && (a.EndDate == nil || now.Before(*a.EndDate))
}

// AllowsInviting tells whether candidates may be added: not to a draft, and not once it is closed or filled.
func (a Assessment) AllowsInviting() bool { return !a.IsDeleted && a.StatusID == AssessmentOpen }

// AllowsEditing tells whether sections and questions may change: only while no candidate can have seen them.
func (a Assessment) AllowsEditing() bool { return !a.IsDeleted && a.StatusID == AssessmentDraft }

// AssessmentCategoryLink puts an assessment into a category.
type AssessmentCategoryLink struct {
	Row
	Owned
	Authored
	AssessmentID int64 `gorm:"not null;uniqueIndex:assessment_category" json:"assessment_id"`
	CategoryID   int64 `gorm:"not null;uniqueIndex:assessment_category;index" json:"category_id"`
}

// Valid tells whether r is one of the roles.
func (r CollaboratorRole) Valid() bool { return r == CollaboratorViews || r == CollaboratorEdits }

// CollaboratorRole is what a collaborator may do: 1 look, 2 work along.
type CollaboratorRole int

// Collaborator roles.
const (
	CollaboratorViews CollaboratorRole = 1
	CollaboratorEdits CollaboratorRole = 2
)

// AssessmentCollaborator is a user who works along on one assessment.
type AssessmentCollaborator struct {
	Row
	Owned
	Authored
	Role         CollaboratorRole `gorm:"not null" json:"role"`
	AssessmentID int64            `gorm:"not null;uniqueIndex:assessment_collaborator" json:"assessment_id"`
	UserID       int64            `gorm:"not null;uniqueIndex:assessment_collaborator;index" json:"user_id"`
}
