package v4

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// mobileLiveSession is an appointment of the signed-in candidate.
type mobileLiveSession struct {
	ID              int64                    `json:"id"`
	Name            string                   `json:"name"`
	IsRecord        bool                     `json:"is_record"`
	Description     *string                  `json:"description"`
	Status          models.LiveSessionStatus `json:"status"`
	StartsAt        time.Time                `json:"starts_at"`
	EndsAt          time.Time                `json:"ends_at"`
	Duration        string                   `json:"duration"`
	TimeZone        string                   `json:"timezone"`
	AttemptID       *int64                   `json:"assessment_section_candidate_id"`
	RecordingStatus *models.RecordingStatus  `json:"recording_status"`
	HostedBy        *int64                   `json:"hosted_by"`
	Version         int                      `json:"version"`
	Domain          string                   `json:"domain"`
	CreatedAt       time.Time                `json:"created_at"`
	UpdatedAt       time.Time                `json:"updated_at"`
	CreatedBy       *int64                   `json:"created_by"`
	UpdatedBy       *int64                   `json:"updated_by"`
	Location        *string                  `json:"location"`
	Links           []string                 `json:"_links"`
}

// mobileLiveAttendee is the candidate's own seat. There is no meeting server yet, so there is nothing to join by: token
// and the join addresses are null.
type mobileLiveAttendee struct {
	ID                int64                     `json:"id"`
	LiveSessionID     int64                     `json:"live_session_id"`
	Email             string                    `json:"email"`
	Phone             *string                   `json:"phone"`
	Name              string                    `json:"name"`
	Status            models.LiveAttendeeStatus `json:"status"`
	Role              models.LiveRole           `json:"role"`
	CandidateID       *int64                    `json:"candidate_id"`
	Organization      attendedOrganization      `json:"organization"`
	PostAssessmentURL *string                   `json:"postAssessmentUrl"`
	C                 string                    `json:"c"`
	FullName          string                    `json:"fullName"`
	JoinedAt          *time.Time                `json:"joined_at"`
	UserID            *int64                    `json:"user_id"`
	LeftAt            *time.Time                `json:"left_at"`
	Passcode          string                    `json:"passcode"`
	JoinURL           *string                   `json:"joinUrl"`
	CreatedBy         *int64                    `json:"created_by"`
	UpdatedBy         *int64                    `json:"updated_by"`
	CreatedAt         time.Time                 `json:"created_at"`
	Theme             string                    `json:"theme"`
	Skin              *string                   `json:"skin"`
	UpdatedAt         time.Time                 `json:"updated_at"`
	Token             *string                   `json:"token"`
	FlashJoinURL      *string                   `json:"flashJoinUrl"`
	Links             []string                  `json:"_links"`
}

func (a API) liveOperations() []operation {
	list, one := append([]parameter{idParameter, fieldsParameter}, pageParameters...), []parameter{fieldsParameter}
	return []operation{
		{method: http.MethodGet, path: "/mobile/live-session", grant: attends, do: a.liveSessions, status: http.StatusOK, query: list,
			gives: []mobileLiveSession{}, about: "The live sessions of the signed-in candidate."},
		{method: http.MethodGet, path: "/mobile/live-session/{id}", grant: attends, do: a.liveSession, status: http.StatusOK, query: one,
			gives: mobileLiveSession{}, about: "One live session of the signed-in candidate."},
		{method: http.MethodGet, path: "/mobile/live-attendee", grant: attends, do: a.liveAttendees, status: http.StatusOK, query: list,
			gives: []mobileLiveAttendee{}, about: "The signed-in candidate's seats in live sessions."},
		{method: http.MethodGet, path: "/mobile/live-attendee/{id}", grant: attends, do: a.liveAttendee, status: http.StatusOK, query: one,
			gives: mobileLiveAttendee{}, about: "One seat of the signed-in candidate."},
	}
}

func (a API) ownLiveSessions(ctx context.Context, participationID int64) ([]models.LiveSession, error) {
	var rows []models.LiveSession
	err := a.DB.Read.WithContext(ctx).Where("assessment_candidate_id = ?", participationID).Order("starts_at, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load live sessions: %w", err)
	}
	return rows, nil
}

func (a API) shownLiveSessions(c echo.Context) ([]mobileLiveSession, error) {
	rows, err := a.ownLiveSessions(web.Context(c), web.Actor(c).AssessmentCandidateID)
	if err != nil {
		return nil, err
	}
	return mapped(rows, func(s models.LiveSession) mobileLiveSession {
		return mobileLiveSession{ID: s.ID, Name: s.Name, IsRecord: s.IsRecord, Description: s.Description, Status: s.Status, StartsAt: s.StartsAt,
			EndsAt: s.EndsAt, Duration: s.Duration(), TimeZone: s.TimeZone, AttemptID: s.AssessmentSectionCandidateID,
			RecordingStatus: s.RecordingStatus, HostedBy: s.HostedBy, Version: s.Version, Domain: strings.TrimRight(a.Actions.BaseURL, "/"),
			CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, CreatedBy: s.CreatedBy, UpdatedBy: s.UpdatedBy, Location: s.Location}
	}), nil
}

func (a API) liveSessions(c echo.Context) error {
	all, err := a.shownLiveSessions(c)
	if err != nil {
		return err
	}
	return showList(c, all, func(s mobileLiveSession) int64 { return s.ID })
}

func (a API) liveSession(c echo.Context) error {
	all, err := a.shownLiveSessions(c)
	if err != nil {
		return err
	}
	return showNamed(c, all, func(s mobileLiveSession) int64 { return s.ID }, "live session")
}

// showNamed answers with the one whose key stands in the path.
func showNamed[T any](c echo.Context, all []T, idOf func(T) int64, noun string) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	for _, v := range all {
		if idOf(v) == id {
			return showOne(c, http.StatusOK, v)
		}
	}
	return fault.Missing(noun)
}

func (a API) shownLiveAttendees(c echo.Context) ([]mobileLiveAttendee, error) {
	at, err := a.attendance(c)
	if err != nil {
		return nil, err
	}
	sessions, err := a.ownLiveSessions(web.Context(c), at.participation.ID)
	if err != nil {
		return nil, err
	}
	status := make(map[int64]models.LiveSessionStatus, len(sessions))
	ids := make([]int64, len(sessions))
	for i, s := range sessions {
		ids[i], status[s.ID] = s.ID, s.Status
	}
	var rows []models.LiveAttendee
	err = a.DB.Read.WithContext(web.Context(c)).Where("candidate_id = ? AND live_session_id IN ?", at.candidate.ID, ids).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load seats: %w", err)
	}
	return mapped(rows, func(s models.LiveAttendee) mobileLiveAttendee {
		return mobileLiveAttendee{ID: s.ID, LiveSessionID: s.LiveSessionID, Email: s.Email, Phone: s.Phone, Name: s.FullName, FullName: s.FullName,
			Status: s.StatusIn(status[s.LiveSessionID]), Role: s.Role, CandidateID: s.CandidateID, Organization: organizationOf(at.organization),
			PostAssessmentURL: at.assessment.PostURL, C: s.Code, JoinedAt: s.JoinedAt, UserID: s.UserID, LeftAt: s.LeftAt, Passcode: s.Passcode,
			CreatedBy: s.CreatedBy, UpdatedBy: s.UpdatedBy, CreatedAt: s.CreatedAt, UpdatedAt: s.UpdatedAt, Theme: at.organization.Theme}
	}), nil
}

func (a API) liveAttendees(c echo.Context) error {
	all, err := a.shownLiveAttendees(c)
	if err != nil {
		return err
	}
	return showList(c, all, func(s mobileLiveAttendee) int64 { return s.ID })
}

func (a API) liveAttendee(c echo.Context) error {
	all, err := a.shownLiveAttendees(c)
	if err != nil {
		return err
	}
	return showNamed(c, all, func(s mobileLiveAttendee) int64 { return s.ID }, "seat in a live session")
}
