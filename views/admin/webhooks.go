package admin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Webhooks are the endpoints of an organization, with a form for one more.
type Webhooks struct {
	layout.Page
	Endpoints []models.WebhookEndpoint
	Events    []Choice
	Zone      *time.Location
	MayManage bool
	Typed     TypedWebhook // of a form that was refused
	Refused   fault.Fields
}

// TypedWebhook is what the form of an endpoint holds.
type TypedWebhook struct {
	URL, Description string
	EventTypes       []string
}

// WebhookSecret is shown once, after an endpoint was made or its secret rotated.
type WebhookSecret struct {
	layout.Page
	Signs    string // what is signed with it
	Secret   string
	OldUntil *time.Time // the old one signs as well; nil when there is none
	Back     string
	Zone     *time.Location
}

// Webhook is one endpoint and the log of its deliveries.
type Webhook struct {
	layout.Page
	Endpoint   models.WebhookEndpoint
	Events     []Choice
	Deliveries []models.WebhookDelivery
	Failed     int // lately, and can be sent again at once
	NextHref   string
	Status     string
	Event      string
	Zone       *time.Location
	Now        time.Time
	MayManage  bool
	Typed      *TypedWebhook // of a form that was refused
	Refused    fault.Fields
}

// Delivery is one message to another program.
type Delivery struct {
	layout.Page
	Delivery  models.WebhookDelivery
	Zone      *time.Location
	MayManage bool
}

func webhookHref(id int64) string { return fmt.Sprintf("/admin/webhooks/%d", id) }

func webhookState(e models.WebhookEndpoint) (ui.Tone, string) {
	switch {
	case !e.IsEnabled && e.DisabledReason != nil:
		return ui.Bad, "Turned off"
	case !e.IsEnabled:
		return ui.Neutral, "Off"
	case e.FailingSince != nil:
		return ui.Warn, "Failing"
	}
	return ui.Good, "On"
}

func webhookEvents(e models.WebhookEndpoint) string {
	switch len(e.EventTypes) {
	case 0:
		return "All events"
	case 1, 2, 3:
		return strings.Join(e.EventTypes, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(e.EventTypes[:2], ", "), len(e.EventTypes)-2)
}

func (t TypedWebhook) checks(events []Choice) []ui.CheckProps {
	checks := make([]ui.CheckProps, len(events))
	for i, e := range events {
		checks[i] = ui.CheckProps{Name: "event_types", ID: "event-" + strings.ReplaceAll(e.Value, ".", "-"), Value: e.Value, Label: e.Label,
			Checked: slices.Contains(t.EventTypes, e.Value)}
	}
	return checks
}

// With returns the log's address with one part of it changed.
func (p Webhook) With(name, value string) string {
	q := url.Values{}
	for key, held := range map[string]string{"status": p.Status, "event": p.Event, name: value} {
		if held != "" {
			q.Set(key, held)
		}
	}
	if value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return webhookHref(p.Endpoint.ID)
	}
	return webhookHref(p.Endpoint.ID) + "?" + q.Encode()
}

func (p Webhook) form() TypedWebhook {
	if p.Typed != nil {
		return *p.Typed
	}
	return TypedWebhook{URL: p.Endpoint.URL, Description: p.Endpoint.Description, EventTypes: p.Endpoint.EventTypes}
}

func (p Webhook) facts() []ui.Entry {
	e := p.Endpoint
	entries := []ui.Entry{{Term: "Told of", Text: webhookEvents(e)}, {Term: "Made", Text: momentIn(p.Zone, e.CreatedAt)}}
	if e.OldSecretUntil != nil && e.OldSecretUntil.After(p.Now) {
		entries = append(entries, ui.Entry{Term: "Old secret signs until", Text: momentIn(p.Zone, *e.OldSecretUntil)})
	}
	if e.FailingSince != nil {
		entries = append(entries, ui.Entry{Term: "Failing since", Text: momentIn(p.Zone, *e.FailingSince)})
	}
	return entries
}

func momentIn(zone *time.Location, at time.Time) string {
	return at.In(zone).Format("2 Jan 2006, 15:04 MST")
}

var deliveryWords = map[models.DeliveryStatus]string{
	models.DeliveryPending: "On its way", models.DeliverySucceeded: "Delivered", models.DeliveryFailed: "Failed",
}

func deliveryStates() []Choice {
	return []Choice{{string(models.DeliveryFailed), "Failed"}, {string(models.DeliveryPending), "On its way"}, {string(models.DeliverySucceeded), "Delivered"}}
}

func deliveryState(d models.WebhookDelivery) (ui.Tone, string) {
	tone := map[models.DeliveryStatus]ui.Tone{models.DeliveryPending: ui.Neutral, models.DeliverySucceeded: ui.Good, models.DeliveryFailed: ui.Bad}[d.Status]
	if d.Status == models.DeliveryPending && d.AttemptCount > 0 {
		return ui.Warn, "Will try again"
	}
	return tone, deliveryWords[d.Status]
}

func deliveryHref(d models.WebhookDelivery) string {
	if d.EndpointID == nil {
		return fmt.Sprintf("%s/%d", CallbacksPath, d.ID)
	}
	return fmt.Sprintf("%s/deliveries/%d", webhookHref(*d.EndpointID), d.ID)
}

// answerOf says how the last try went.
func answerOf(status *int, problem *string) string {
	switch {
	case status != nil:
		return strconv.Itoa(*status)
	case problem != nil:
		return *problem
	}
	return "–"
}

func (p Delivery) facts() []ui.Entry {
	d := p.Delivery
	entries := []ui.Entry{{Term: "Message", Text: d.MessageID}, {Term: "To", Text: d.URL}, {Term: "Written", Text: momentIn(p.Zone, d.CreatedAt)},
		{Term: "Tries", Text: strconv.Itoa(d.AttemptCount)}}
	if d.ActionID != nil {
		entries = append([]ui.Entry{{Term: "Action", Text: strconv.FormatInt(*d.ActionID, 10)}}, entries...)
	}
	if d.NextAttemptAt != nil && d.AttemptCount > 0 {
		entries = append(entries, ui.Entry{Term: "Next try", Text: momentIn(p.Zone, *d.NextAttemptAt)})
	}
	return entries
}

// body is the message set to be read.
func (p Delivery) body() string {
	var out bytes.Buffer
	if err := json.Indent(&out, p.Delivery.Payload, "", "  "); err != nil {
		return string(p.Delivery.Payload)
	}
	return out.String()
}

// tries are the attempts, the last one first.
func (p Delivery) tries() []models.WebhookAttempt {
	tries := slices.Clone([]models.WebhookAttempt(p.Delivery.Attempts))
	slices.Reverse(tries)
	return tries
}

func tryLine(a models.WebhookAttempt) string {
	var parts []string
	if a.Status != 0 {
		parts = append(parts, fmt.Sprintf("Answered %d", a.Status))
	}
	if a.Error != "" {
		parts = append(parts, a.Error)
	}
	return strings.Join(append(parts, fmt.Sprintf("%d ms", a.DurationMS)), " · ")
}
