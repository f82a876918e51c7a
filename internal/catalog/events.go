package catalog

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

const eventMembers = "external_id status is_public city canSelectAssessment special_instructions point_of_contact start_date end_date " +
	"location registration_end_date registration_start_date owned_by registration_form_id"

// events are hiring drives, their assessments, their people and their candidates.
func events(p Parts) []declared {
	event := map[string]resource.Relation{"event": {To: "event", By: "event_id"}}
	assessment := resource.Relation{To: "assessment", By: "assessment_id"}
	return plain(
		p.event(),
		resource.Declaration{
			Name: "event-assessment", Path: "/models/event-assessment", Model: models.EventAssessment{}, Rows: ofEventsSeen("event_assessments"),
			About: "Puts an assessment into an event.",
			Verbs: "list view create update delete", Grants: by("event.view", "event.manage"),
			Filters: "event_id assessment_id", Create: "event_id! assessment_id!", Update: "event_id assessment_id",
			Before: actions.SettleEventAssessment, Fields: eventAssessmentFields(),
			Expands: map[string]resource.Relation{
				"event": event["event"], "assessment": assessment, "assessmentExpanded": assessment,
			},
		},
		resource.Declaration{
			Name: "event-candidate", Path: "/models/event-candidate", Model: models.EventCandidate{}, Rows: ofEventsSeen("event_candidates"),
			About: "A candidate's invitation to an event.",
			Verbs: "list view create delete", Grants: by("event.view", "event.invite"),
			Filters: "candidate_id event_id",
			Where: map[string]resource.Filter{
				"s": {Kind: resource.Text, By: eventCandidatesNamed},
				"assessment_id": {Kind: resource.Integer,
					SQL: "event_candidates.assessment_candidate_id IN (SELECT id FROM assessment_candidates WHERE assessment_id IN ?)"},
				"status_sort_key": {Kind: resource.Integer, SQL: `event_candidates.assessment_candidate_id IN (SELECT p.id FROM assessment_candidates p
					JOIN statuses s ON s.id = p.status_id WHERE s.sort_key IN ?)`},
			},
			Create: "event_id! assessment_candidate_id candidate_id!", Before: actions.SettleEventCandidate,
			Expands: map[string]resource.Relation{
				"event": event["event"], "candidate": {To: "candidate", By: "candidate_id"},
				"assessmentCandidate": {To: "assessment-candidate", By: "assessment_candidate_id"},
				"formInstance":        {To: "form-instance", By: "form_instance_id"},
			},
		},
		resource.Declaration{
			Name: "event-user", Path: "/models/event-user", Model: models.EventUser{}, Rows: ofEventsSeen("event_users"),
			About: "Gives a user a part in an event: recruiter or evaluator.",
			Verbs: "list view create update delete", Grants: by("event.view", "event.manage"),
			Filters: "event_id role user_id status", Create: "event_id! user_id! role!", Update: "status role panel_id",
			Before:  actions.SettleEventUser,
			Expands: map[string]resource.Relation{"event": event["event"], "panel": {To: "panel", By: "panel_id"}},
		},
	)
}

func (p Parts) event() resource.Declaration {
	return resource.Declaration{
		Name: "event", Path: "/models/event", Model: models.Event{}, Rows: eventsSeen,
		About: "A hiring drive: a place and a time with assessments, a panel and candidates.",
		Verbs: "list view create update delete", Grants: by("event.view", "event.manage"),
		Filters: "external_id point_of_contact owned_by status", Part: "title city", Search: "search_text", Sorts: "title start_date end_date",
		Where: map[string]resource.Filter{
			"assessment_id": {Kind: resource.Integer, SQL: "events.id IN (SELECT event_id FROM event_assessments WHERE assessment_id IN ?)"},
		},
		Create: "title! " + eventMembers, Update: "title " + eventMembers, Before: actions.SettleEvent, Fields: p.eventFields(),
		Expands: map[string]resource.Relation{
			"pointOfContact": {To: "user", By: "point_of_contact"}, "registrationForm": {To: "models.form", By: "registration_form_id"},
		},
		Links: eventLinks(),
	}
}

func eventLinks() map[string]string {
	const counts = "addedCount%2CinvitedCount%2CinProgressCount%2CattendedCount%2CassessedCount%2CselectedCount%2CholdCount%2CrejectedCount"
	return map[string]string{
		"self": "/models/event/{id}", "users": "/models/event-user?event_id={id}",
		"panel":                 "/models/event-user?event_id={id}&role=Evaluator",
		"recruiter":             "/models/event-user?event_id={id}&role=Recruiter",
		"candidates":            "/models/event-candidate?event_id={id}",
		"eventAssessments":      "/models/event-assessment?event_id={id}",
		"assessments":           "/models/assessment?event_id={id}",
		"eventAssessmentsCount": "/models/event-assessment?event_id={id}&expand=" + counts + "%2CdeclinedCount%2CassessmentExpanded",
		"assessmentsCount":      "/models/assessment?event_id={id}&expand=" + counts,
	}
}

// eventsSeen are the organization's events; for somebody who sees no pipelines, those with an own part.
func eventsSeen(a access.Actor) access.Scope {
	return seen(a, "events", "events.id IN (SELECT event_id FROM event_users WHERE user_id = ?)")
}

func ofEventsSeen(table string) resource.Rows {
	return func(a access.Actor) access.Scope {
		return seen(a, table, table+".event_id IN (SELECT event_id FROM event_users WHERE user_id = ?)")
	}
}

func (p Parts) eventFields() map[string]resource.Field {
	none := func(models.Event, resource.Ask) any { return nil }
	fields := map[string]resource.Field{
		"locationImage": resource.From(resource.Text, none),
		"formUrl":       resource.From(resource.Text, none),
		"publicUrl": resource.From(resource.Text, func(e models.Event, _ resource.Ask) any {
			return p.SiteURL + actions.EventPath(e.Code)
		}),
	}
	for name, key := range countedStatuses {
		fields[name] = resource.Together(resource.Integer, howMany(fmt.Sprintf(`SELECT c.event_id AS owner, COUNT(*) AS value `+participationsOfEvents+
			` WHERE c.event_id IN ? AND p.status_id = %d GROUP BY c.event_id`, key.ID()), func(e models.Event) int64 { return e.ID })).OnRequest()
	}
	return fields
}

// countedStatuses are the statuses that counts of participations are named after.
var countedStatuses = map[string]models.StatusKey{
	"addedCount": models.Invited, "invitedCount": models.Mailed, "inProgressCount": models.Attending, "attendedCount": models.Completed,
	"assessedCount": models.Evaluated, "selectedCount": models.Selected, "holdCount": models.Hold, "rejectedCount": models.Rejected,
}

// participationsOfEvents are the participations of events' candidates in the events' assessments.
const participationsOfEvents = `FROM event_candidates c JOIN event_assessments e ON e.event_id = c.event_id
	JOIN assessment_candidates p ON p.assessment_id = e.assessment_id AND p.candidate_id = c.candidate_id`

func eventAssessmentFields() map[string]resource.Field {
	fields := map[string]resource.Field{}
	count := func(key models.StatusKey) resource.Field {
		return resource.Together(resource.Integer, howMany(fmt.Sprintf(`SELECT e.id AS owner, COUNT(*) AS value `+participationsOfEvents+
			` WHERE e.id IN ? AND p.status_id = %d GROUP BY e.id`, key.ID()), func(e models.EventAssessment) int64 { return e.ID })).OnRequest()
	}
	for name, key := range countedStatuses {
		fields[name] = count(key)
	}
	fields["declinedCount"] = count(models.Suspended) // who withdrew
	return fields
}

// howMany looks a number up for all rows of a page by one query, which returns it as value beside the row's key as owner.
func howMany[T any](query string, key func(T) int64) func(context.Context, resource.Load, []T) ([]any, error) {
	return lookedUp[T, int64](query, key, int64(0))
}

// eventCandidatesNamed narrows to invitations of candidates who hold a typed term.
func eventCandidatesNamed(ask resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
	for _, term := range terms {
		found, err := database.SearchCandidates(db, ask.Actor.OrganizationID, term.(string))
		if err != nil {
			_ = db.AddError(err)
			return db
		}
		named := db.Session(&gorm.Session{NewDB: true}).Table("candidates").Select("candidates.id").
			Scopes(access.Own(ask.Actor, "candidates"), found.In("candidates"))
		db = db.Where("event_candidates.candidate_id IN (?)", named)
	}
	return db
}
