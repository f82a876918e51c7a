package admin

import (
	"fmt"
	"net/url"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// CallbacksPath is the address of the list of callbacks.
const CallbacksPath = "/admin/callbacks"

// Callbacks are the messages that actions sent to their callback addresses.
type Callbacks struct {
	layout.Page
	Deliveries []models.WebhookDelivery
	NextHref   string
	Status     string
	Zone       *time.Location
	MayManage  bool
}

// With returns the list's address with one part of it changed.
func (p Callbacks) With(name, value string) string {
	q := url.Values{}
	for key, held := range map[string]string{"status": p.Status, name: value} {
		if held != "" {
			q.Set(key, held)
		}
	}
	if value == "" {
		q.Del(name)
	}
	if len(q) == 0 {
		return CallbacksPath
	}
	return CallbacksPath + "?" + q.Encode()
}

// crumbs lead back to the list that the delivery is in.
func (p Delivery) crumbs() []ui.Crumb {
	crumbs := []ui.Crumb{{Label: "Webhooks", Href: "/admin/webhooks"}}
	if p.Delivery.EndpointID == nil {
		return append(crumbs, ui.Crumb{Label: "Callbacks", Href: CallbacksPath})
	}
	return append(crumbs, ui.Crumb{Label: "Endpoint", Href: webhookHref(*p.Delivery.EndpointID)})
}

func actionOf(d models.WebhookDelivery) string {
	if d.ActionID == nil {
		return d.EventType
	}
	return fmt.Sprintf("Action %d", *d.ActionID)
}
