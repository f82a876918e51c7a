package catalog

import (
	"encoding/json"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// webhooks are the addresses of other programs that are told what happens, and what they were sent.
func webhooks(p Parts) []declared {
	endpoint := declared{
		Declaration: resource.Declaration{
			Name: "webhooks.endpoint", Path: "/webhooks/endpoint", Model: models.WebhookEndpoint{},
			About: "An address of another program that is told what happens. Messages are signed as the Standard Webhooks specification says. The secret is sent once, in the answer to creating the endpoint or rotating its secret.",
			Verbs: "list view create update delete", Grants: by("webhook.view", "webhook.manage"),
			Filters: "is_enabled created_by", Part: "url description", Sorts: "url",
			Create: "url! description event_types is_enabled", Update: "url description event_types is_enabled", Hide: "is_deleted",
			Fields: map[string]resource.Field{"secret": resource.From(resource.Text, p.secretOnce)},
			Links:  map[string]string{"deliveries": "/webhooks/delivery?endpoint_id={id}"},
		},
		acts: map[resource.Verb]act{
			resource.Create: func(in Written) (actions.Action, func() int64) {
				a := &actions.SaveWebhook{WebhookInput: webhookInput(in.Values)}
				return a, func() int64 { return a.ID }
			},
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.SaveWebhook{ID: in.ID, WebhookInput: webhookInput(in.Values)}, nil
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) { return &actions.DeleteWebhook{ID: in.ID}, nil },
		},
	}
	return append(plain(resource.Declaration{
		Name: "webhooks.delivery", Path: "/webhooks/delivery", Model: models.WebhookDelivery{},
		About: "A message to another program: what it says, and how each try to deliver it went. It is kept for 90 days.",
		Verbs: "list view", Grants: by("webhook.view", "webhook.manage"),
		Filters: "endpoint_id action_id event_type message_id status response_status created_at",
		Expands: map[string]resource.Relation{"endpoint": {To: "webhooks.endpoint", By: "endpoint_id"}},
		Links:   map[string]string{"endpoint": "/webhooks/endpoint/{endpoint_id}", "action": "/actions/{action_id}"},
	}), endpoint)
}

// secretOnce shows an endpoint's secret in the answer to its creation only.
func (p Parts) secretOnce(e models.WebhookEndpoint, ask resource.Ask) any {
	if !ask.Made || p.WebhookSecret == nil {
		return nil
	}
	secret, err := p.WebhookSecret(e)
	if err != nil {
		return nil // sealed with another key than this server's: rotating gives a new one
	}
	return secret
}

func webhookInput(values resource.Values) (in actions.WebhookInput) {
	if v, ok := values["url"].(string); ok {
		in.URL = &v
	}
	if v, ok := values["description"].(string); ok {
		in.Description = &v
	}
	if v, ok := values["is_enabled"].(bool); ok {
		in.IsEnabled = &v
	}
	if v, ok := values["event_types"].(json.RawMessage); ok {
		var names []string
		if json.Unmarshal(v, &names) != nil {
			names = []string{string(v)} // no event is called so, and the refusal names it
		}
		in.EventTypes = &names
	}
	return in
}
