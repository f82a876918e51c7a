package models

import "time"

// MenuCard is a named bundle of assessments that is shared by its code, for candidates to choose from.
type MenuCard struct {
	Row
	Owned
	Authored
	Deletable
	Name        string     `gorm:"not null" json:"name"`
	IsPrivate   bool       `gorm:"not null;default:false" json:"is_private"`
	Description *string    `json:"description"`
	StartsAt    *time.Time `json:"starts_at"`
	EndsAt      *time.Time `json:"ends_at"`
	Code        string     `gorm:"not null;uniqueIndex" json:"code"` // random digits, the first not 0
	SearchText  string     `gorm:"not null;default:''" json:"-"`
}

// WorksAt tells whether the card opens to who has its code at this moment.
func (c MenuCard) WorksAt(now time.Time) bool {
	return !c.IsDeleted && (c.StartsAt == nil || !now.Before(*c.StartsAt)) && (c.EndsAt == nil || now.Before(*c.EndsAt))
}

// MenuCardAssessment places an assessment on a menu card.
type MenuCardAssessment struct {
	Row
	Owned
	Authored
	MenuCardID   int64 `gorm:"not null;uniqueIndex:menu_card_assessment" json:"menu_card_id"`
	AssessmentID int64 `gorm:"not null;uniqueIndex:menu_card_assessment;index" json:"assessment_id"`
}
