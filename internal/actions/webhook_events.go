package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
)

// EventType is a kind of event that other programs can be told of.
type EventType struct{ Name, About string }

// EventTypes are all of them, in the order in which screens show them.
var EventTypes = []EventType{
	{"candidate.created", "A candidate was added"},
	{"candidate.updated", "A candidate's details changed"},
	{"candidate.deleted", "A candidate was deleted"},
	{"assessment.created", "An assessment was made"},
	{"assessment.updated", "An assessment or its sections changed"},
	{"assessment.status-changed", "An assessment was opened or closed"},
	{"assessment.deleted", "An assessment was deleted"},
	{"participation.invited", "A candidate was invited to an assessment"},
	{"participation.started", "A candidate began an assessment"},
	{"participation.completed", "A candidate finished an assessment"},
	{"participation.scored", "A score was computed"},
	{"participation.status-changed", "A participation has another status"},
	{"evaluation.submitted", "A panelist submitted an evaluation"},
	{"action.completed", "A recorded action is done"},
	{"action.failed", "A recorded action stopped for good"},
	{"live-session.scheduled", "A live session was scheduled"},
	{"live-session.rescheduled", "A live session moved or changed"},
	{"live-session.cancelled", "A live session was cancelled"},
	{"live-session.ended", "A live session took place, or somebody did not come"},
	{"event.created", "An event was made"},
	{"event.updated", "An event changed"},
	{"event.deleted", "An event was deleted"},
}

// eventTest is the type of the message that only tries an endpoint out.
const eventTest = "webhook.test"

// KnowsEvent tells whether there is an event type of that name.
func KnowsEvent(name string) bool {
	return slices.ContainsFunc(EventTypes, func(t EventType) bool { return t.Name == name })
}

// eventsOf is which entries of the ledger are events for other programs: by their subject and verb.
var eventsOf = []struct{ subjects, verbs, event string }{
	{"candidate candidates", "create-candidate create-row", "candidate.created"},
	{"candidate candidates", "update-candidate update-row restore-candidate save-education save-experience remove-education remove-experience add-candidate-file remove-candidate-file", "candidate.updated"},
	{"candidate candidates", "delete-candidate delete-row", "candidate.deleted"},
	{"assessment assessments", "create-assessment duplicate-assessment create-row", "assessment.created"},
	{"assessment assessments", "update-assessment update-row restore-assessment add-section remove-section", "assessment.updated"},
	{"assessment", "set-assessment-status", "assessment.status-changed"},
	{"assessment assessments", "delete-assessment delete-row", "assessment.deleted"},
	{"assessment_candidate assessment_candidates", "re-invite", "participation.invited"},
	{"evaluation", "evaluate", "evaluation.submitted"},
	{"live_session live_sessions", "create-row live-schedule simulation-schedule", "live-session.scheduled"},
	{"live_session live_sessions", "update-row live-reschedule live-change-panel simulation-reschedule", "live-session.rescheduled"},
	{"live_session live_sessions", "delete-row live-cancel simulation-cancel", "live-session.cancelled"},
	{"live_session live_sessions", "live-end", "live-session.ended"},
	{"event events", "create-row create-event", "event.created"},
	{"event events", "update-row update-event", "event.updated"},
	{"event events", "delete-row delete-event cancel-event", "event.deleted"},
}

// occurrence is something that other programs may be told of.
type occurrence struct {
	event string
	id    int64
}

// noteEvents remembers what an entry of the ledger means to other programs.
func (w *Work) noteEvents(e ledger.Entry) {
	subject, id := e.SubjectType, e.SubjectID
	switch subject {
	case "assessment_section_candidate", "assessment_section_candidates":
		w.touchedAttempts = append(w.touchedAttempts, id)
	case "assessment_candidate", "assessment_candidates":
		w.touched = append(w.touched, id)
	}
	if evaluation, ok := e.Detail["evaluation"].(int64); ok && e.Verb == "evaluate" {
		subject, id = "evaluation", evaluation
	}
	for _, rule := range eventsOf {
		if slices.Contains(strings.Fields(rule.subjects), subject) && slices.Contains(strings.Fields(rule.verbs), e.Verb) {
			w.occurred(rule.event, id)
		}
	}
}

// noteWhole remembers that writing a row changed what it is a part of, if it is one.
func (w *Work) noteWhole(row any) {
	if part, is := row.(models.Part); is {
		table, id := part.PartOf()
		w.noteEvents(ledger.Entry{Verb: "update-row", SubjectType: table, SubjectID: id})
	}
}

// occurred remembers an event, once in a transaction.
func (w *Work) occurred(event string, ids ...int64) {
	for _, id := range ids {
		if o := (occurrence{event, id}); !slices.Contains(w.events, o) {
			w.events = append(w.events, o)
		}
	}
}

// conclude is the last step of a transaction: what happened in it is written down for other programs, and that the
// request's work was done.
func (w *Work) conclude(ctx context.Context, a Action) error {
	if err := w.tellPrograms(ctx); err != nil {
		return err
	}
	return w.noteClaim(ctx, a)
}

// tellPrograms writes a delivery for every endpoint that is told of an event of this transaction, and for every callback
// address of an action that ended in it.
func (w *Work) tellPrograms(ctx context.Context) error {
	deliveries, err := w.callbacks()
	if err != nil {
		return err
	}
	told, err := w.eventDeliveries(ctx)
	if err != nil {
		return err
	}
	return w.deliver(ctx, append(deliveries, told...))
}

func (w *Work) deliver(ctx context.Context, deliveries []models.WebhookDelivery) error {
	if len(deliveries) == 0 {
		return nil
	}
	if err := w.Tx.CreateInBatches(&deliveries, rowsAtOnce).Error; err != nil {
		return fmt.Errorf("write webhook deliveries: %w", err)
	}
	tasks := make([]jobs.Task, len(deliveries))
	for i, d := range deliveries {
		tasks[i] = jobs.Task{Name: TaskWebhook, Subject: d.ID}
	}
	return w.runner.Jobs.Insert(ctx, w.Tx, tasks...)
}

func (w *Work) eventDeliveries(ctx context.Context) ([]models.WebhookDelivery, error) {
	if len(w.events)+len(w.touched)+len(w.touchedAttempts)+len(w.ended) == 0 {
		return nil, nil
	}
	var endpoints []models.WebhookEndpoint
	if err := w.Own().Where("is_enabled AND NOT is_deleted").Order("id").Find(&endpoints).Error; err != nil || len(endpoints) == 0 {
		return nil, wrapped(err, "find webhook endpoints")
	}
	if err := w.noteParticipations(); err != nil {
		return nil, err
	}
	payloads, err := w.payloads(ctx)
	if err != nil {
		return nil, err
	}
	var deliveries []models.WebhookDelivery
	for _, p := range payloads {
		id := webhook.NewMessageID()
		for _, e := range endpoints {
			if e.Wants(p.Type) {
				deliveries = append(deliveries, p.delivery(w, e, id))
			}
		}
	}
	return deliveries, nil
}

func wrapped(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// payload is the body of a message about an event.
type payload struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      eventData `json:"data"`

	text []byte
}

// eventData names what an event is about, and shows it as it is after the event where it is still there.
type eventData struct {
	ID             int64  `json:"id"`
	OrganizationID int64  `json:"organization_id"`
	Resource       string `json:"resource"`
	Object         any    `json:"object,omitempty"`
}

func (p payload) delivery(w *Work, e models.WebhookEndpoint, id string) models.WebhookDelivery {
	return models.WebhookDelivery{Owned: e.Owned, EndpointID: &e.ID, URL: e.URL, EventType: p.Type, MessageID: id, Payload: p.text,
		Status: models.DeliveryPending, NextAttemptAt: &w.Now, Attempts: []models.WebhookAttempt{}}
}

func newPayload(w *Work, event string, data eventData) (payload, error) {
	data.OrganizationID = w.Actor.OrganizationID
	p := payload{Type: event, Timestamp: w.Now.UTC().Truncate(time.Second), Data: data}
	var err error
	p.text, err = json.Marshal(p)
	return p, wrapped(err, "write the payload of "+event)
}

// shownIn is which resource an event is about, by its first word, and a row of it.
var shownIn = map[string]struct {
	resource string
	row      any
}{
	"candidate":     {"candidate", models.Candidate{}},
	"assessment":    {"assessment", models.Assessment{}},
	"participation": {"assessment-candidate", models.AssessmentCandidate{}},
	"evaluation":    {"evaluation", models.Evaluation{}},
	"live-session":  {"models.live-session", models.LiveSession{}},
	"event":         {"event", models.Event{}},
}

// payloads shows each event's subject: one query for each kind of subject, however many there are.
func (w *Work) payloads(ctx context.Context) ([]payload, error) {
	shown := map[string]map[int64]any{}
	var all []payload
	for _, o := range w.events {
		kind, _, _ := strings.Cut(o.event, ".")
		if shown[kind] == nil {
			var err error
			if shown[kind], err = w.showSubjects(ctx, kind); err != nil {
				return nil, err
			}
		}
		p, err := newPayload(w, o.event, eventData{ID: o.id, Resource: shownIn[kind].resource, Object: shown[kind][o.id]})
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	for _, row := range w.ended {
		object, err := ShowRecord(row)
		if err != nil {
			return nil, err
		}
		p, err := newPayload(w, endOf(row), eventData{ID: row.ID, Resource: "action", Object: object})
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// showSubjects returns the subjects of this transaction's events of a kind, by their keys.
func (w *Work) showSubjects(ctx context.Context, kind string) (map[int64]any, error) {
	var ids []int64
	for _, o := range w.events {
		if strings.HasPrefix(o.event, kind+".") {
			ids = append(ids, o.id)
		}
	}
	shown := map[int64]any{}
	for part := range slices.Chunk(ids, rowsAtOnce) {
		rows := reflect.New(reflect.SliceOf(reflect.TypeOf(shownIn[kind].row)))
		if err := w.Own().Where("id IN ?", part).Find(rows.Interface()).Error; err != nil {
			return nil, fmt.Errorf("load what an event is about: %w", err)
		}
		for i := range rows.Elem().Len() {
			row := rows.Elem().Index(i)
			object, err := resource.Wire(ctx, row.Interface())
			if err != nil {
				return nil, err
			}
			shown[row.FieldByName("ID").Int()] = object
		}
	}
	return shown, nil
}
