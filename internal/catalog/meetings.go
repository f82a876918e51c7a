package catalog

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// meetings are live sessions and the seats in them. The actions live-schedule and its like make and change them.
func meetings(p Parts) []declared {
	const seatLinks, sessionLinks = "/models/live-attendee", "/models/live-session"
	links := map[string]string{
		"liveAttendeeFlash": "/models/live-attendee-flash/{id}", "liveSession": sessionLinks + "/{live_session_id}",
		"candidate": "/models/candidate/{session_candidate_id}",
	}
	candidate := resource.Together(resource.Integer, candidatesOfSessions)
	expands := map[string]resource.Relation{
		"liveSession": {To: "models.live-session", By: "live_session_id"}, "candidate": {To: "candidate", By: "candidate_id"},
	}
	return plain(
		resource.Declaration{
			Name: "models.live-session", Path: sessionLinks, Model: models.LiveSession{}, Rows: sessionsSeen,
			About: "An appointment of a candidate with a panel, by video or on site.",
			Verbs: "list view", Grants: by("live.view", "live.schedule"),
			Filters: "assessment_section_candidate_id is_record starts_at ends_at status recording_status hosted_by", Part: "name description",
			Where: map[string]resource.Filter{
				"uid":                     {Kind: resource.Text, SQL: "live_sessions.uid IN ?", Hidden: true},
				"assessment_candidate_id": {Kind: resource.Integer, SQL: "live_sessions.assessment_candidate_id IN ?", Hidden: true},
				"candidate_id": {Kind: resource.Integer, Hidden: true,
					SQL: "live_sessions.assessment_candidate_id IN (SELECT id FROM assessment_candidates WHERE candidate_id IN ?)"},
			},
			Sorts: "starts_at ends_at name", Expands: map[string]resource.Relation{
				"attendees":                  {To: "models.live-attendee", Back: "live_session_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
			},
			Fields: map[string]resource.Field{
				"duration":   resource.From(resource.Text, func(s models.LiveSession, _ resource.Ask) any { return s.Duration() }),
				"domain":     resource.From(resource.Text, func(models.LiveSession, resource.Ask) any { return p.SiteURL }),
				"recordings": resource.Together(resource.JSON, p.recordings).OnRequest(),
			},
			Links: map[string]string{
				"assessmentSectionCandidate": "/models/assessment-section-candidate/{assessment_section_candidate_id}",
				"webRTCRecordings":           "/models/file?live_session_id={id}&file_type_id=41",
				"liveAttendees":              seatLinks + "?live_session_id={id}",
			},
		},
		resource.Declaration{
			Name: "models.live-attendee", Path: seatLinks, Model: models.LiveAttendee{}, Rows: seatsSeen,
			About: "Somebody's seat in a live session: the candidate's, a panelist's or the organizer's.",
			Verbs: "list view update", Grants: by("live.view", "live.schedule"),
			Filters: "live_session_id role candidate_id user_id status", Part: "email phone", Sorts: "email",
			Update: "live_session_id email status", Before: actions.SettleAttendee,
			Fields: map[string]resource.Field{
				"c":        resource.From(resource.Text, func(s models.LiveAttendee, ask resource.Ask) any { return ownly(s, ask, s.Code) }),
				"passcode": resource.From(resource.Text, func(s models.LiveAttendee, ask resource.Ask) any { return ownly(s, ask, s.Passcode) }),
				"joinUrl": resource.From(resource.Text, func(s models.LiveAttendee, ask resource.Ask) any {
					return ownly(s, ask, p.SiteURL+actions.LivePath(s.Code))
				}),
				"organization":      resource.Together(resource.JSON, organizationCards[models.LiveAttendee]),
				"theme":             resource.From(resource.Text, func(models.LiveAttendee, resource.Ask) any { return "default" }),
				"skin":              resource.From(resource.Text, func(models.LiveAttendee, resource.Ask) any { return nil }),
				"postAssessmentUrl": resource.From(resource.Text, func(models.LiveAttendee, resource.Ask) any { return nil }),

				"session_candidate_id": candidate,
			},
			Expands: expands, Links: links,
		},
		resource.Declaration{
			Name: "live-attendee-flash", Path: "/models/live-attendee-flash", Model: models.LiveAttendee{}, Rows: seatsSeen,
			About: "The seat as browsers without video of their own saw it. There is no such way to join any more.",
			Verbs: "list view update", Grants: by("live.view", "live.schedule"),
			Hide:    allBut(models.LiveAttendee{}, "id", "live_session_id", "candidate_id", "email", "created_at", "updated_at"),
			Filters: "live_session_id", Part: "email", Update: "live_session_id email", Before: actions.SettleAttendee,
			Fields: map[string]resource.Field{
				"flashJoinUrl":         resource.From(resource.Text, func(models.LiveAttendee, resource.Ask) any { return nil }),
				"session_candidate_id": candidate,
			},
			Expands: expands, Links: links,
		},
	)
}

// sessionsSeen are the organization's sessions; for somebody who only sits on panels, those with an own seat.
func sessionsSeen(a access.Actor) access.Scope {
	return seen(a, "live_sessions", "live_sessions.id IN (SELECT live_session_id FROM live_attendees WHERE user_id = ?)")
}

func seatsSeen(a access.Actor) access.Scope {
	return seen(a, "live_attendees", "live_attendees.live_session_id IN (SELECT live_session_id FROM live_attendees WHERE user_id = ?)")
}

// seen is the scope of a table of which only those see every row who see pipelines; others those that a condition on
// their own key finds.
func seen(a access.Actor, table, own string) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Scopes(access.Own(a, table))
		if access.Can(a, "pipeline.view") {
			return db
		}
		if a.UserID() == nil {
			return db.Where("1 = 0")
		}
		return db.Where(own, *a.UserID())
	}
}

// candidatesOfSessions are the candidates whom seats' sessions are with: a panelist's seat leads to the candidate too.
var candidatesOfSessions = lookedUp[models.LiveAttendee, int64](`SELECT s.id AS owner, p.candidate_id AS value FROM live_sessions s
	JOIN assessment_candidates p ON p.id = s.assessment_candidate_id WHERE s.id IN ?`,
	func(s models.LiveAttendee) int64 { return s.LiveSessionID }, nil)

// ownly shows what opens a seat to who holds it and to who schedules, and to nobody else.
func ownly(s models.LiveAttendee, ask resource.Ask, secret string) any {
	holds := s.UserID != nil && ask.Actor.UserID() != nil && *s.UserID == *ask.Actor.UserID()
	if holds || access.Can(ask.Actor, "live.schedule") {
		return secret
	}
	return nil
}

// recordings are the files of sessions' recordings, each with an address.
func (p Parts) recordings(_ context.Context, l resource.Load, sessions []models.LiveSession) ([]any, error) {
	type recording struct {
		models.File
		SessionID int64 `json:"-"`
	}
	ids := make([]int64, len(sessions))
	for i, s := range sessions {
		ids[i] = s.ID
	}
	var files []recording
	err := l.DB.Table("files").Select("files.*, r.live_session_id AS session_id").Joins("JOIN live_recordings r ON r.file_id = files.id").
		Where("r.live_session_id IN ? AND NOT files.is_deleted", ids).Order("r.id").Find(&files).Error
	if err != nil {
		return nil, fmt.Errorf("load recordings: %w", err)
	}
	lists := map[int64][]any{}
	for _, f := range files {
		url, err := p.Files.SignedURL(f.Key, f.OriginalName, signedUntil(l.Ask.Now))
		if err != nil {
			return nil, fmt.Errorf("sign a recording's address: %w", err)
		}
		lists[f.SessionID] = append(lists[f.SessionID], map[string]any{"id": f.ID, "name": f.Name, "size": f.Size,
			"file_type_id": f.FileTypeID, "created_at": resource.FormatMoment(f.CreatedAt), "resourceUrl": p.SiteURL + url})
	}
	shown := make([]any, len(sessions))
	for i, id := range ids {
		if shown[i] = []any{}; lists[id] != nil {
			shown[i] = lists[id]
		}
	}
	return shown, nil
}

// organizationCards are short cards of the organization that rows belong to.
func organizationCards[T any](_ context.Context, l resource.Load, rows []T) ([]any, error) {
	card, err := organizationOf(l)
	if err != nil {
		return nil, err
	}
	cards := make([]any, len(rows))
	for i := range cards {
		cards[i] = map[string]any{"id": card.ID, "name": card.Name, "logo": card.Logo}
	}
	return cards, nil
}

func organizationOf(l resource.Load) (models.Organization, error) {
	var o models.Organization
	if err := l.DB.First(&o, l.Ask.Actor.OrganizationID).Error; err != nil {
		return o, fmt.Errorf("load the organization: %w", err)
	}
	return o, nil
}
