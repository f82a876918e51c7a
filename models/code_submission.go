package models

// CodeStatus is how far the run of a submitted program is, or how it ended.
type CodeStatus int

// The documented run states.
const (
	CodeWaiting           CodeStatus = 0
	CodeCompiling         CodeStatus = 1
	CodeCompilingAgain    CodeStatus = 2
	CodeRunning           CodeStatus = 3
	CodeCompilationError  CodeStatus = 11
	CodeRuntimeError      CodeStatus = 12
	CodeTimeLimitExceeded CodeStatus = 13
	CodeSuccess           CodeStatus = 15
	CodeMemoryLimit       CodeStatus = 17
	CodeIllegalSystemCall CodeStatus = 19
	CodeInternalError     CodeStatus = 20
)

// IsFinished tells whether the run has ended, well or not.
func (s CodeStatus) IsFinished() bool { return s >= CodeCompilationError }

// MayRunAgain tells whether the run failed for no fault of the program.
func (s CodeStatus) MayRunAgain() bool { return s == CodeInternalError }

// CodeSubmissionType says what a program was sent in for.
type CodeSubmissionType int

// A trial shows the candidate what the program does; a submission is what counts.
const (
	CodeTrial      CodeSubmissionType = 1
	CodeSubmission CodeSubmissionType = 2
)

// AnswerCodeSubmission is a program sent in for a coding question, with the outcome of its run.
type AnswerCodeSubmission struct {
	Row
	Owned
	AnswerID   int64              `gorm:"not null;index" json:"answer_id"`
	Type       CodeSubmissionType `gorm:"not null;default:2" json:"type"`
	Source     string             `gorm:"not null" json:"source"`
	Score      *int               `json:"score"`
	Status     CodeStatus         `gorm:"not null;default:0" json:"status"`
	Input      *string            `json:"input"`
	Memory     int                `gorm:"not null;default:0" json:"memory"` // kilobytes
	LanguageID string             `gorm:"not null" json:"language_id"`      // one of CodeLanguages
	Compiler   *string            `json:"compiler"`
	CompInfo   *string            `gorm:"column:cmpinfo" json:"cmpinfo"`
	Stderr     *string            `json:"stderr"`
	Time       float64            `gorm:"column:run_time;not null;default:0" json:"time"` // seconds
	Output     *string            `json:"output"`
	Result     *string            `json:"result"`
}
