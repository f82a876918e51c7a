package models

// CategoryType says what a category groups.
type CategoryType int

// The documented category types. Question is ours: the document groups questions by skill only.
const (
	BusinessCategory  CategoryType = 1
	SectionCategory   CategoryType = 2
	SkillCategory     CategoryType = 3
	HelpCategory      CategoryType = 10
	ParameterCategory CategoryType = 100
	QuestionCategory  CategoryType = 200
)

var categoryLabels = map[CategoryType]string{
	BusinessCategory: "Assessments", SectionCategory: "Sections", SkillCategory: "Skills", HelpCategory: "Help texts",
	ParameterCategory: "Parameters", QuestionCategory: "Questions",
}

// CategoryTypes lists the types in the order in which they are shown.
var CategoryTypes = []CategoryType{
	BusinessCategory, SectionCategory, QuestionCategory, SkillCategory, ParameterCategory, HelpCategory,
}

// Valid tells whether t is one of the types.
func (t CategoryType) Valid() bool { return categoryLabels[t] != "" }

// Label returns what categories of the type group.
func (t CategoryType) Label() string { return categoryLabels[t] }

// Category is a label used to group assessments, sections, skills, help texts, parameters or questions.
type Category struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID *string      `json:"external_id"`
	Name       string       `gorm:"not null" json:"name"`
	Type       CategoryType `gorm:"not null" json:"type"`
}

// Skill is an ability that questions and sections can be tagged with.
type Skill struct {
	Row
	Owned
	Authored
	ExternalID  *string `gorm:"index" json:"external_id"`
	Name        string  `gorm:"not null" json:"name"`
	Description *string `json:"description"`
	SearchText  string  `gorm:"not null;default:''" json:"-"`
}
