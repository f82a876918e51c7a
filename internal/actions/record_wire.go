package actions

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// apiPrefix stands before the links of an action.
const apiPrefix = "/api/v4"

// Member is a field of a struct by its wire name.
type Member struct {
	Name  string
	Field reflect.Value
	Made  bool // tagged wire:"made": the action's own answer, whatever was sent
	Needs bool // tagged needs:"yes": a sender must give it
}

// MembersOf returns a struct's members in their order, those of embedded structs too. What is tagged wire:"own" the program
// keeps for itself.
func MembersOf(v reflect.Value) []Member {
	var all []Member
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			all = append(all, MembersOf(v.Field(i))...)
		case f.IsExported() && name != "" && name != "-" && f.Tag.Get("wire") != "own":
			all = append(all, Member{name, v.Field(i), f.Tag.Get("wire") == "made", f.Tag.Get("needs") == "yes"})
		}
	}
	return all
}

// ShowRecord writes an action as the document shows it: the base members, the input as it was sent, and links.
func ShowRecord(row models.ActionRecord) (resource.Object, error) {
	var o resource.Object
	does, err := Restored(row)
	if err != nil {
		return o, err
	}
	sent, err := sentWith(row)
	if err != nil {
		return o, err
	}
	for _, m := range []struct {
		name  string
		value any
	}{
		{"id", row.ID}, {"external_id", row.ExternalID}, {"name", row.Name}, {"comment", row.Comment}, {"status", row.Status},
		{"type", row.Type}, {"skipCallback", row.SkipCallback}, {"total_count", counted(row, row.TotalCount)},
		{"error_count", counted(row, row.ErrorCount)}, {"success_count", counted(row, row.SuccessCount)},
		{"completed_at", moment(row.CompletedAt)}, {"requested_at", moment(row.RequestedAt)}, {"started_at", moment(row.StartedAt)},
		{"last_attempt_at", moment(row.LastAttemptAt)}, {"requested_by", row.RequestedBy}, {"isNotify", row.IsNotify},
		{"message", row.Message}, {"created_at", resource.FormatMoment(row.CreatedAt)},
		{"updated_at", resource.FormatMoment(row.UpdatedAt)}, {"response", row.Response},
	} {
		o.Set(m.name, m.value)
	}
	for _, m := range MembersOf(reflect.ValueOf(does).Elem()) {
		switch raw, given := sent[m.Name]; {
		case m.Made && m.Field.Len() > 0:
			o.Set(m.Name, m.Field.Interface())
		case given && !m.Made:
			o.Set(m.Name, raw)
		case m.Field.Kind() == reflect.Slice:
			o.Set(m.Name, []any{})
		default:
			o.Set(m.Name, nil)
		}
	}
	if _, invites := does.(*Invite); invites || row.CallbackURL != nil {
		o.Set("callbackUrl", row.CallbackURL)
	}
	links := row.Links
	if links == nil {
		links = datatypes.JSON("{}")
	}
	o.Set("_links", json.RawMessage(links))
	return o, nil
}

// sentWith returns the members of an action's input as they were sent; those of a screen all were.
func sentWith(row models.ActionRecord) (map[string]json.RawMessage, error) {
	text := row.Sent
	if text == nil {
		text = row.Input
	}
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(text, &sent); err != nil {
		return nil, fmt.Errorf("read what was sent with an action: %w", err)
	}
	return sent, nil
}

// linksOf returns the links to what an action made, as they are sent; nil for an action without any.
func linksOf(does Action) (datatypes.JSON, error) {
	linked, ok := does.(interface{ Links() map[string]string })
	if !ok {
		return nil, nil
	}
	links := map[string]any{}
	for name, path := range linked.Links() {
		if path != "" {
			links[name] = map[string]string{"href": apiPrefix + path}
		}
	}
	text, err := json.Marshal(links)
	return text, wrapped(err, "write the links of an action")
}

// counted is a count as it is shown: null until the units of the action were worked on.
func counted(row models.ActionRecord, n *int) *int {
	if row.Status == models.ActionRequested {
		return nil
	}
	return n
}

func moment(t *time.Time) any {
	if t == nil {
		return nil
	}
	return resource.FormatMoment(*t)
}

// endOf is the event that the end of an action is.
func endOf(row models.ActionRecord) string {
	if row.Status == models.ActionFailed {
		return "action.failed"
	}
	return "action.completed"
}

// callbacks tells the callback addresses of the actions that ended in this transaction.
func (w *Work) callbacks() ([]models.WebhookDelivery, error) {
	var deliveries []models.WebhookDelivery
	for _, row := range w.ended {
		if row.CallbackURL == nil || *row.CallbackURL == "" || (row.SkipCallback != nil && *row.SkipCallback) {
			continue
		}
		object, err := ShowRecord(row)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(object)
		if err != nil {
			return nil, fmt.Errorf("write the callback of an action: %w", err)
		}
		deliveries = append(deliveries, models.WebhookDelivery{Owned: row.Owned, ActionID: &row.ID, URL: *row.CallbackURL,
			EventType: endOf(row), MessageID: webhook.NewMessageID(), Payload: text, Status: models.DeliveryPending,
			NextAttemptAt: &w.Now, Attempts: []models.WebhookAttempt{}})
	}
	return deliveries, nil
}
