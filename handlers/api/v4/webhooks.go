package v4

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

// signingSecret is what is told once of a secret.
type signingSecret struct {
	Secret string `json:"secret"`
	Until  any    `json:"old_secret_until"` // the old secret signs too until then
}

// eventType is a kind of event.
type eventType struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// webhookOperations are what can be done with endpoints and deliveries beside reading and writing them.
func (a API) webhookOperations() []operation {
	type since struct {
		Since time.Time `json:"since" needs:"yes"`
	}
	type count struct {
		Count int `json:"count"`
	}
	delivery := like{resource: "webhooks.delivery"}
	return []operation{
		{method: http.MethodGet, path: "/webhooks/event-type", about: "The kinds of events that an endpoint can be told of.", grant: "webhook.view",
			gives: []eventType{}, status: http.StatusOK, do: a.eventTypes},
		{method: http.MethodPost, path: "/webhooks/endpoint/{id}/rotate-secret", grant: "webhook.manage", gives: signingSecret{}, status: http.StatusOK,
			about: "Gives an endpoint a new secret. For 24 hours the old one signs too.", do: a.rotateSecret},
		{method: http.MethodPost, path: "/webhooks/endpoint/{id}/test", grant: "webhook.manage", gives: delivery, status: http.StatusAccepted,
			about: "Sends an endpoint a message that only tries it out.", do: a.testWebhook},
		{method: http.MethodPost, path: "/webhooks/endpoint/{id}/replay", grant: "webhook.manage", takes: since{}, gives: count{},
			status: http.StatusAccepted, about: "Sends everything again that was not delivered to an endpoint since a time.", do: a.replayFailed},
		{method: http.MethodPost, path: "/webhooks/delivery/{id}/replay", grant: "webhook.manage", gives: delivery, status: http.StatusAccepted,
			about: "Sends one message again, under its own id.", do: a.replayDelivery},
		{method: http.MethodPost, path: "/webhooks/callback-secret", grant: "webhook.manage", gives: signingSecret{}, status: http.StatusOK,
			about: "Gives the organization a new secret that signs what actions send to their callback addresses. For 24 hours the old one signs too.",
			do:    a.callbackSecret},
	}
}

func (a API) eventTypes(c echo.Context) error {
	list := make([]eventType, len(actions.EventTypes))
	for i, t := range actions.EventTypes {
		list[i] = eventType(t)
	}
	return reply(c, http.StatusOK, list)
}

func (a API) rotateSecret(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	does := actions.RotateWebhookSecret{ID: id}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	keepNowhere(c)
	return c.JSON(http.StatusOK, signingSecret{does.Secret, moment(does.Endpoint.OldSecretUntil)})
}

func (a API) callbackSecret(c echo.Context) error {
	var does actions.RotateCallbackSecret
	if err := web.Run(c, &does); err != nil {
		return err
	}
	keepNowhere(c)
	return c.JSON(http.StatusOK, signingSecret{does.Secret, moment(does.Until)})
}

func moment(t *time.Time) any {
	if t == nil {
		return nil
	}
	return resource.FormatMoment(*t)
}

func (a API) testWebhook(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	does := actions.TestWebhook{ID: id}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return a.accepted(c, does.Delivery.ID)
}

func (a API) replayDelivery(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	does := actions.ReplayDelivery{ID: id}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return a.accepted(c, id)
}

// accepted shows a delivery that is on its way.
func (a API) accepted(c echo.Context, id int64) error {
	r := a.Catalog.Named("webhooks.delivery").Resource
	ask, err := a.ask(c, r)
	if err != nil {
		return err
	}
	object, err := r.Shown(web.Context(c), a.DB.Read, ask, id)
	if err != nil {
		return err
	}
	return reply(c, http.StatusAccepted, object)
}

func (a API) replayFailed(c echo.Context) error {
	id, err := keyParam(c, "id")
	if err != nil {
		return err
	}
	b, err := readBody(c, jsonBody, formBody)
	if err != nil {
		return err
	}
	text, err := b.text("since")
	if err != nil {
		return err
	}
	at, ok := resource.ParseMoment(text)
	if !ok {
		return fault.Field("since", "This must be a time such as 2026-01-31T09:30:00+00:00.")
	}
	does := actions.ReplayFailed{EndpointID: id, Since: at}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return reply(c, http.StatusAccepted, map[string]int{"count": does.Count})
}
