package models

import "gorm.io/datatypes"

// UIFilterObject is the kind of object a filter definition is for.
type UIFilterObject string

// The documented kinds.
const (
	FiltersAssessments           UIFilterObject = "a"
	FiltersAssessmentCandidates  UIFilterObject = "ac"
	FiltersCandidates            UIFilterObject = "c"
	FiltersPanelCandidates       UIFilterObject = "pc"
	FiltersRecruiterLiveSessions UIFilterObject = "r-ls"
	FiltersPanelLiveSessions     UIFilterObject = "p-ls"
)

// Valid tells whether o is one of the documented kinds.
func (o UIFilterObject) Valid() bool {
	switch o {
	case FiltersAssessments, FiltersAssessmentCandidates, FiltersCandidates, FiltersPanelCandidates,
		FiltersRecruiterLiveSessions, FiltersPanelLiveSessions:
		return true
	}
	return false
}

// UIFilter is the definition of a list filter that a client application keeps for an organization, or without one for
// everybody. What people save on Assay's own screens is a SavedFilter.
type UIFilter struct {
	Row
	Authored
	Deletable
	OrganizationID *int64         `gorm:"index" json:"organization_id"`
	ObjectType     UIFilterObject `gorm:"not null" json:"object_type"`
	Filter         datatypes.JSON `gorm:"not null" json:"filter"`
	Version        string         `gorm:"not null;default:''" json:"version"`
}

// TableName spells the table without splitting the abbreviation.
func (UIFilter) TableName() string { return "ui_filters" }
