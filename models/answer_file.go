package models

// AnswerFile joins an answer to a file that the candidate attached.
type AnswerFile struct {
	Row
	Owned
	AnswerID int64 `gorm:"not null;uniqueIndex:answer_file" json:"answer_id"`
	Sequence int   `gorm:"not null" json:"sequence"`
	FileID   int64 `gorm:"not null;uniqueIndex:answer_file;index" json:"file_id"`
}

// RecordingType says what recorded an answer.
type RecordingType string

// The documented recorders.
const (
	RecordedByBrowser RecordingType = "webrtc"
	RecordedByFlash   RecordingType = "flash"
)

// Valid tells whether t is one of the documented recorders.
func (t RecordingType) Valid() bool { return t == RecordedByBrowser || t == RecordedByFlash }

// AnswerRecording joins an answer to one piece of its recording; Sequence orders the pieces.
type AnswerRecording struct {
	Row
	Owned
	AnswerID int64         `gorm:"not null;uniqueIndex:answer_recording" json:"answer_id"`
	Sequence int           `gorm:"not null" json:"sequence"`
	FileID   int64         `gorm:"not null;uniqueIndex:answer_recording;index" json:"file_id"`
	Type     RecordingType `gorm:"not null" json:"type"`
}

// AssessmentCandidateFile joins a file (a résumé, a report) to an attempt and its participation.
type AssessmentCandidateFile struct {
	Row
	Owned
	Authored
	AssessmentCandidateID        int64 `gorm:"not null;index" json:"assessment_candidate_id"`
	AssessmentSectionCandidateID int64 `gorm:"not null;uniqueIndex:assessment_candidate_file" json:"assessment_section_candidate_id"`
	FileID                       int64 `gorm:"not null;uniqueIndex:assessment_candidate_file;index" json:"file_id"`
}
