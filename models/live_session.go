package models

import (
	"slices"
	"time"
)

// LiveSessionStatus is the documented state of a live session.
type LiveSessionStatus int

// The documented live session states.
const (
	LiveScheduled       LiveSessionStatus = 1
	LiveInProgress      LiveSessionStatus = 2
	LiveComplete        LiveSessionStatus = 3
	LiveCancelled       LiveSessionStatus = 10
	LivePanelNoShow     LiveSessionStatus = 11
	LiveCandidateNoShow LiveSessionStatus = 12
	LiveBothNoShow      LiveSessionStatus = 13
)

var liveSessionStatusLabels = map[LiveSessionStatus]string{
	LiveScheduled: "Scheduled", LiveInProgress: "In progress", LiveComplete: "Complete", LiveCancelled: "Cancelled",
	LivePanelNoShow: "Panel did not come", LiveCandidateNoShow: "Candidate did not come", LiveBothNoShow: "Nobody came",
}

// Valid tells whether s is one of the documented states.
func (s LiveSessionStatus) Valid() bool { return liveSessionStatusLabels[s] != "" }

// Label returns the status's name as people read it.
func (s LiveSessionStatus) Label() string { return liveSessionStatusLabels[s] }

// liveSessionMoves lets an appointment that came to nothing be made anew; what is cancelled or over stays so. An on-site
// interview goes from scheduled to complete: nobody sees it begin.
var liveSessionMoves = map[LiveSessionStatus][]LiveSessionStatus{
	LiveScheduled:   {LiveInProgress, LiveComplete, LiveCancelled, LivePanelNoShow, LiveCandidateNoShow, LiveBothNoShow},
	LiveInProgress:  {LiveComplete, LivePanelNoShow, LiveCandidateNoShow},
	LivePanelNoShow: {LiveScheduled}, LiveCandidateNoShow: {LiveScheduled}, LiveBothNoShow: {LiveScheduled},
}

// MayBecome tells whether a live session may move from one state to another.
func (s LiveSessionStatus) MayBecome(to LiveSessionStatus) bool {
	return slices.Contains(liveSessionMoves[s], to)
}

// IsOver tells whether nobody can join any more.
func (s LiveSessionStatus) IsOver() bool { return s != LiveScheduled && s != LiveInProgress }

// RecordingStatus is the documented state of a live session's recording.
type RecordingStatus int

// The documented recording states.
const (
	RecordingDisabled   RecordingStatus = 1
	RecordingProcessing RecordingStatus = 2
	RecordingAvailable  RecordingStatus = 3
	RecordingError      RecordingStatus = 4
)

// Valid tells whether s is one of the documented states.
func (s RecordingStatus) Valid() bool { return s >= RecordingDisabled && s <= RecordingError }

// LiveKind says what people meet for: a live interview or a simulation.
type LiveKind string

// What a live session can be.
const (
	LiveInterview  LiveKind = "live"
	LiveSimulation LiveKind = "simulation"
)

// LiveSession is an appointment of a candidate with a panel, by video or on site.
type LiveSession struct {
	Row
	Owned
	Authored
	Name                         string            `gorm:"not null" json:"name"`
	IsRecord                     bool              `gorm:"not null;default:false" json:"is_record"`
	Description                  *string           `json:"description"`
	Status                       LiveSessionStatus `gorm:"not null;default:1" json:"status"`
	StartsAt                     time.Time         `gorm:"not null" json:"starts_at"`
	EndsAt                       time.Time         `gorm:"not null" json:"ends_at"`
	TimeZone                     string            `gorm:"column:timezone;not null;default:UTC" json:"timezone"`
	AssessmentSectionCandidateID *int64            `gorm:"index" json:"assessment_section_candidate_id"`
	RecordingStatus              *RecordingStatus  `json:"recording_status"`
	HostedBy                     *int64            `gorm:"index" json:"hosted_by"`
	// Version counts the changes of the appointment: it is the sequence of the invitations that calendars got.
	Version  int     `gorm:"not null;default:0" json:"version"`
	Location *string `json:"location"` // of an on-site interview

	Kind                  LiveKind   `gorm:"not null;default:live" json:"-"`
	AssessmentCandidateID int64      `gorm:"not null;index" json:"-"`
	AssessmentSectionID   *int64     `gorm:"index" json:"-"`
	IsOffline             bool       `gorm:"not null;default:false" json:"-"` // on site, not by video
	AskCandidate          bool       `gorm:"not null;default:false" json:"-"` // the candidate is asked to accept
	AskPanel              bool       `gorm:"not null;default:false" json:"-"` // the panel is asked to accept
	CandidateMessage      *string    `json:"-"`
	PanelMessage          *string    `json:"-"`
	UID                   string     `gorm:"column:uid;not null;uniqueIndex" json:"-"` // of the calendar entry, for good
	CancelledAt           *time.Time `json:"-"`
	RemindedAt            *time.Time `json:"-"`
}

// Duration returns how long the session is planned to take, as HH:MM:SS.
func (s LiveSession) Duration() string {
	return FormatInterval(int(s.EndsAt.Sub(s.StartsAt) / time.Second))
}

// LiveOutcome returns what a session has become whose time is over, by who joined it.
func LiveOutcome(attendees []LiveAttendee) LiveSessionStatus {
	var panelCame, candidateCame bool
	for _, a := range attendees {
		switch {
		case a.JoinedAt == nil:
		case a.Role == LiveParticipant:
			candidateCame = true
		default:
			panelCame = true
		}
	}
	switch {
	case panelCame && candidateCame:
		return LiveComplete
	case panelCame:
		return LiveCandidateNoShow
	case candidateCame:
		return LivePanelNoShow
	default:
		return LiveBothNoShow
	}
}

// LiveRecording joins a live session to a recording of it.
type LiveRecording struct {
	Row
	Owned
	LiveSessionID int64 `gorm:"not null;uniqueIndex:live_recording" json:"live_session_id"`
	FileID        int64 `gorm:"not null;uniqueIndex:live_recording;index" json:"file_id"`
}
