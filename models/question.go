package models

import (
	"slices"

	"gorm.io/datatypes"
)

// QuestionType is a question type's documented wire value.
type QuestionType string

// The twelve documented question types.
const (
	InterviewQuestion          QuestionType = "interview"
	EssayQuestion              QuestionType = "essay"
	CodeQuestion               QuestionType = "code"
	TypingQuestion             QuestionType = "typing"
	InterviewObjectiveQuestion QuestionType = "interview with multiple choice"
	InterviewEssayQuestion     QuestionType = "interview with essay"
	LiveQuestion               QuestionType = "live"
	MultipleChoice             QuestionType = "multiple choice"
	MatchFollowing             QuestionType = "match the following"
	FillBlanks                 QuestionType = "fill blanks"
	TrueOrFalse                QuestionType = "true or false"
	MultipleAnswer             QuestionType = "multiple choice multiple answer"
)

// QuestionTypes lists every documented question type.
var QuestionTypes = []QuestionType{
	MultipleChoice, MultipleAnswer, TrueOrFalse, FillBlanks, MatchFollowing, EssayQuestion, CodeQuestion, TypingQuestion,
	InterviewQuestion, InterviewObjectiveQuestion, InterviewEssayQuestion, LiveQuestion,
}

// ObjectiveTypes are the types that the program scores by itself.
var ObjectiveTypes = []QuestionType{MultipleChoice, MultipleAnswer, TrueOrFalse, FillBlanks, MatchFollowing}

// Valid tells whether t is one of the documented types.
func (t QuestionType) Valid() bool { return slices.Contains(QuestionTypes, t) }

// IsObjective tells whether answers of this type are scored by the program.
func (t QuestionType) IsObjective() bool { return slices.Contains(ObjectiveTypes, t) }

var questionTypeLabels = map[QuestionType]string{
	InterviewQuestion: "Interview", EssayQuestion: "Essay", CodeQuestion: "Code", TypingQuestion: "Typing",
	InterviewObjectiveQuestion: "Interview with choices", InterviewEssayQuestion: "Interview with essay", LiveQuestion: "Live",
	MultipleChoice: "Multiple choice", MatchFollowing: "Match the following", FillBlanks: "Fill in the blank",
	TrueOrFalse: "True or false", MultipleAnswer: "Multiple answers",
}

// Label returns the type's name as people read it.
func (t QuestionType) Label() string { return questionTypeLabels[t] }

// Difficulty grades a question; empty means not graded.
type Difficulty string

// The grades.
const (
	Easy   Difficulty = "easy"
	Medium Difficulty = "medium"
	Hard   Difficulty = "hard"
)

// Option is one choice, or one entry of a list to match. ID is stable within the question and says nothing about
// whether the option is right ("a", "b" …).
type Option struct {
	ID   string `json:"id"`
	HTML string `json:"html"`
}

// BlankSpec is what a candidate is shown of one gap: the texts offered, or none when it is typed.
type BlankSpec struct {
	Options []string `json:"options,omitempty"`
}

// QuestionBody is the part of a question that a candidate sees, beside its content.
type QuestionBody struct {
	Choices []Option    `json:"choices,omitempty"`
	Left    []Option    `json:"left,omitempty"`
	Right   []Option    `json:"right,omitempty"`
	Gaps    []BlankSpec `json:"gaps,omitempty"`
}

// MapHTML returns the body with every HTML text of it changed.
func (b QuestionBody) MapHTML(change func(string) string) QuestionBody {
	each := func(options []Option) []Option {
		changed := slices.Clone(options)
		for i := range changed {
			changed[i].HTML = change(changed[i].HTML)
		}
		return changed
	}
	b.Choices, b.Left, b.Right = each(b.Choices), each(b.Left), each(b.Right)
	return b
}

// GapKey is what one gap accepts. Partial maps an accepted text to the share of the mark it earns.
type GapKey struct {
	Accepted      []string           `json:"accepted"`
	Partial       map[string]float64 `json:"partial,omitempty"`
	CaseSensitive bool               `json:"case_sensitive,omitempty"`
}

// AnswerKey is what makes an answer right. It never leaves the server towards a candidate.
type AnswerKey struct {
	Correct []string          `json:"correct,omitempty"` // option ids of the right choices
	Truth   *bool             `json:"truth,omitempty"`
	Gaps    []GapKey          `json:"gaps,omitempty"`
	Pairs   map[string]string `json:"pairs,omitempty"` // left id to right id
	// Weights and Remarks keep, by option id, what a file said of single choices: the share of the mark and the feedback.
	// Scoring follows the rules of the section; these go out again with an export.
	Weights map[string]float64 `json:"weights,omitempty"`
	Remarks map[string]string  `json:"remarks,omitempty"`
}

// Declared tells whether the key can score an answer of the type.
func (k AnswerKey) Declared(t QuestionType) bool {
	switch t {
	case MultipleChoice:
		return len(k.Correct) > 0 // a file may declare several, of which any one is right
	case MultipleAnswer:
		return len(k.Correct) > 0
	case TrueOrFalse:
		return k.Truth != nil
	case FillBlanks:
		return len(k.Gaps) > 0
	case MatchFollowing:
		return len(k.Pairs) > 0
	default:
		return true
	}
}

// Question is a question of an organization's bank, as it stands now. What a candidate saw is a QuestionVersion.
type Question struct {
	Row
	Owned
	Authored
	Deletable
	ExternalID      *string                          `gorm:"index" json:"external_id"`
	Type            QuestionType                     `gorm:"not null;index" json:"type"`
	Title           string                           `gorm:"not null" json:"title"`
	Content         string                           `gorm:"not null" json:"contentRaw"`
	PlainContent    string                           `gorm:"not null;default:''" json:"plainTxtContent"`
	Hint            *string                          `json:"hint"`
	Body            datatypes.JSONType[QuestionBody] `gorm:"not null" json:"-"`
	Key             datatypes.JSONType[AnswerKey]    `gorm:"column:answer_key;not null" json:"-"`
	RandomizeChoice bool                             `gorm:"not null;default:false" json:"randomizeChoice"`
	TestCase        datatypes.JSON                   `json:"testCase"`
	TagData         datatypes.JSON                   `json:"tagData"`
	Difficulty      Difficulty                       `gorm:"not null;default:''" json:"-"`
	Guidance        *string                          `json:"-"` // for whoever marks an essay, HTML
	Feedback        *string                          `json:"-"` // HTML
	PositiveMark    *float64                         `json:"-"` // marks of its own; nil takes the section's
	NegativeMark    *float64                         `json:"-"`
	Version         int                              `gorm:"not null;default:1" json:"-"`
	Source          string                           `gorm:"not null;default:''" json:"-"` // file it was imported from
	SearchText      string                           `gorm:"not null;default:''" json:"-"`
	Fingerprint     string                           `gorm:"not null;default:''" json:"-"` // equal for questions that read alike
}

// QuestionVersion is a question as it stood when it was saved: what candidates who got it saw, whatever changed since.
// Its key is the one that scores them; a corrected key changes here too, and the ledger keeps the old one.
type QuestionVersion struct {
	Row
	Owned
	QuestionID      int64                            `gorm:"not null;uniqueIndex:question_version" json:"question_id"`
	Version         int                              `gorm:"not null;uniqueIndex:question_version" json:"-"`
	Type            QuestionType                     `gorm:"not null" json:"type"`
	Title           string                           `gorm:"not null" json:"title"`
	Content         string                           `gorm:"not null" json:"contentRaw"`
	Hint            *string                          `json:"hint"`
	Body            datatypes.JSONType[QuestionBody] `gorm:"not null" json:"-"`
	Key             datatypes.JSONType[AnswerKey]    `gorm:"column:answer_key;not null" json:"-"`
	RandomizeChoice bool                             `gorm:"not null;default:false" json:"randomizeChoice"`
	PositiveMark    *float64                         `json:"-"`
	NegativeMark    *float64                         `json:"-"`
	CreatedBy       *int64                           `json:"-"`
}

// Freeze returns the version row that keeps the question as it stands.
func (q Question) Freeze() QuestionVersion {
	return QuestionVersion{
		Owned: q.Owned, QuestionID: q.ID, Version: q.Version, Type: q.Type, Title: q.Title, Content: q.Content, Hint: q.Hint,
		Body: q.Body, Key: q.Key, RandomizeChoice: q.RandomizeChoice, PositiveMark: q.PositiveMark,
		NegativeMark: q.NegativeMark, CreatedBy: q.UpdatedBy,
	}
}

// QuestionSkill tags a question with a skill.
type QuestionSkill struct {
	Row
	Owned
	Authored
	QuestionID int64 `gorm:"not null;uniqueIndex:question_skill" json:"question_id"`
	SkillID    int64 `gorm:"not null;uniqueIndex:question_skill;index" json:"skill_id"`
}

// QuestionCategoryLink puts a question into a category.
type QuestionCategoryLink struct {
	Row
	Owned
	QuestionID int64 `gorm:"not null;uniqueIndex:question_category" json:"question_id"`
	CategoryID int64 `gorm:"not null;uniqueIndex:question_category;index" json:"category_id"`
}

// QuestionFile joins a question to a picture it shows.
type QuestionFile struct {
	Row
	Owned
	QuestionID int64 `gorm:"not null;uniqueIndex:question_file" json:"question_id"`
	FileID     int64 `gorm:"not null;uniqueIndex:question_file" json:"file_id"`
}

// MapHTML returns the version with every HTML text that candidates read changed.
func (v QuestionVersion) MapHTML(change func(string) string) QuestionVersion {
	v.Content = change(v.Content)
	if v.Hint != nil {
		hint := change(*v.Hint)
		v.Hint = &hint
	}
	v.Body = datatypes.NewJSONType(v.Body.Data().MapHTML(change))
	return v
}
