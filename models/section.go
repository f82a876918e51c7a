package models

import "gorm.io/datatypes"

// SectionType is the documented section type number.
type SectionType int

// The documented section types.
const (
	DefaultSection     SectionType = 1
	LandingSection     SectionType = 2
	FormSection        SectionType = 3
	EssaySection       SectionType = 4
	InterviewSection   SectionType = 5
	ObjectiveSection   SectionType = 6
	LiveSection        SectionType = 7
	PostSection        SectionType = 8
	PromoSection       SectionType = 9
	TypingSection      SectionType = 10
	InstructionSection SectionType = 11
)

var sectionTypeLabels = map[SectionType]string{
	DefaultSection: "Default", LandingSection: "Landing", FormSection: "Form", EssaySection: "Essay",
	InterviewSection: "Interview", ObjectiveSection: "Objective", LiveSection: "Live", PostSection: "Post",
	PromoSection: "Promo", TypingSection: "Typing", InstructionSection: "Instruction",
}

// Label returns the type's name as people read it.
func (t SectionType) Label() string { return sectionTypeLabels[t] }

// Accepts tells whether a question of the type may stand in a section of this type.
func (t SectionType) Accepts(q QuestionType) bool {
	switch t {
	case ObjectiveSection:
		return q.IsObjective()
	case EssaySection:
		return q == EssayQuestion
	case InterviewSection:
		return q == InterviewQuestion || q == InterviewObjectiveQuestion || q == InterviewEssayQuestion
	case LiveSection:
		return q == LiveQuestion
	case TypingSection:
		return q == TypingQuestion
	default:
		return false
	}
}

// TakesQuestions tells whether a section of this type asks questions, so that it cannot be empty.
func (t SectionType) TakesQuestions() bool {
	switch t {
	case ObjectiveSection, EssaySection, InterviewSection, LiveSection, TypingSection:
		return true
	default:
		return false
	}
}

// QuestionTypes returns the types of question that may stand in a section of this type.
func (t SectionType) QuestionTypes() []QuestionType {
	var accepted []QuestionType
	for _, q := range QuestionTypes {
		if t.Accepts(q) {
			accepted = append(accepted, q)
		}
	}
	return accepted
}

// Section is a reusable block of an assessment. Joined with an assessment it becomes an AssessmentSection, which holds
// the rules it is taken under.
type Section struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID        *string     `json:"external_id"`
	Title             string      `gorm:"not null" json:"title"`
	IsTemplate        bool        `gorm:"not null;default:false" json:"is_template"`
	IsDefault         bool        `gorm:"not null;default:false" json:"is_default"`
	Content           *string     `json:"content"`
	SectionTypeID     SectionType `gorm:"not null" json:"section_type_id"`
	FormID            *int64      `json:"form_id"`
	EvaluationFormID  *int64      `json:"evaluation_form_id"`
	ExternalAssessID  *int64      `gorm:"column:external_assessment_id" json:"external_assessment_id"`
	CandidateFormURL  *string     `json:"candidateFormUrl"`
	EvaluationFormURL *string     `json:"evaluationFormUrl"`
	ShuffleQuestions  bool        `gorm:"not null;default:false" json:"-"`
	ShuffleChoices    bool        `gorm:"not null;default:false" json:"-"`

	// TemplateRules are the rules that a section made from this template is taken under; only templates have them.
	TemplateRules *datatypes.JSONType[SectionRules] `json:"-"`
}

// SectionSlot is one place of a section: a given question, or a number of questions drawn from a skill. The documented
// section-combined, section-question and section-skill are views of it.
type SectionSlot struct {
	Row
	Owned
	Authored
	SectionID   int64      `gorm:"not null;index" json:"section_id"`
	QuestionID  *int64     `gorm:"index" json:"question_id"`
	SkillID     *int64     `gorm:"index" json:"skill_id"`
	Count       *int       `gorm:"column:q_count" json:"q_count"`
	Difficulty  Difficulty `gorm:"not null;default:''" json:"-"` // drawn questions only of this grade; empty for any
	SortOrder   int        `gorm:"not null" json:"sort_order"`
	IsMandatory *bool      `json:"is_mandatory"`
}

// IsDrawn tells whether the slot's questions are drawn by chance.
func (s SectionSlot) IsDrawn() bool { return s.QuestionID == nil }

// Questions returns how many questions the slot puts on a paper.
func (s SectionSlot) Questions() int {
	if !s.IsDrawn() || s.Count == nil {
		return 1
	}
	return *s.Count
}

// ParameterType says whether a parameter is rated by number or in words.
type ParameterType int

// The documented parameter types.
const (
	NumericParameter ParameterType = 1
	TextParameter    ParameterType = 2
)

// Valid tells whether t is one of the documented types.
func (t ParameterType) Valid() bool { return t == NumericParameter || t == TextParameter }

// Parameter is a criterion that panelists rate.
type Parameter struct {
	Row
	Owned
	Authored
	ExternalID       *string       `json:"external_id"`
	CategoryID       *int64        `json:"category_id"`
	Type             ParameterType `gorm:"not null;default:1" json:"type"`
	Name             string        `gorm:"not null" json:"name"`
	RecommendedValue *int          `json:"recommended_value"`
	MaxValue         *int          `json:"max_value"`
}

// SectionParameter attaches a parameter to a section.
type SectionParameter struct {
	Row
	Owned
	ParameterID      int64 `gorm:"not null;uniqueIndex:section_parameter" json:"parameter_id"`
	SectionID        int64 `gorm:"not null;uniqueIndex:section_parameter;index" json:"section_id"`
	SortOrder        *int  `json:"sort_order"`
	RecommendedValue *int  `json:"recommended_value"`
	IsMandatory      *bool `json:"is_mandatory"`
}
