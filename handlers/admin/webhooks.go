package admin

import (
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

const (
	webhooksPath      = "/admin/webhooks"
	deliveriesAPage   = 25
	replayedOnScreens = 72 * time.Hour // how far back "send all failed again" goes
)

// webhookForm is what the form of an endpoint holds.
type webhookForm struct {
	URL         string   `form:"url"`
	Description string   `form:"description"`
	EventTypes  []string `form:"event_types"`
}

func (f webhookForm) action(id int64) *actions.SaveWebhook {
	return &actions.SaveWebhook{ID: id, WebhookInput: actions.WebhookInput{URL: &f.URL, Description: &f.Description, EventTypes: &f.EventTypes}}
}

func (f webhookForm) typed() views.TypedWebhook {
	return views.TypedWebhook{URL: f.URL, Description: f.Description, EventTypes: f.EventTypes}
}

// Webhooks lists the organization's endpoints.
func (s Screens) Webhooks(c echo.Context) error { return s.webhooksPage(c, views.Webhooks{}) }

func (s Screens) webhooksPage(c echo.Context, p views.Webhooks) (err error) {
	if err := s.own(c).Where("NOT is_deleted").Order("url, id").Find(&p.Endpoints).Error; err != nil {
		return fmt.Errorf("list webhook endpoints: %w", err)
	}
	p.Events, p.Zone, p.MayManage = eventChoices(), web.Zone(c), access.Can(web.Actor(c), "webhook.manage")
	if p.Page, err = web.Chrome(c, "Webhooks"); err != nil {
		return err
	}
	if p.Refused != nil {
		return web.Form(c, views.WebhooksPage(p))
	}
	return web.Page(c, views.WebhooksPage(p))
}

func eventChoices() []views.Choice {
	choices := make([]views.Choice, len(actions.EventTypes))
	for i, t := range actions.EventTypes {
		choices[i] = views.Choice{Value: t.Name, Label: t.About}
	}
	return choices
}

// CreateWebhook makes an endpoint and shows its secret, once.
func (s Screens) CreateWebhook(c echo.Context) error {
	var form webhookForm
	if err := web.Bind(c, &form); err != nil {
		return err
	}
	does := form.action(0)
	if err := web.Run(c, does); err != nil {
		if refused, again := web.Refused(err); again {
			return s.webhooksPage(c, views.Webhooks{Typed: form.typed(), Refused: refused})
		}
		return err
	}
	return s.secretPage(c, secretOf(does.Endpoint, does.Secret))
}

func secretOf(e models.WebhookEndpoint, secret string) views.WebhookSecret {
	return views.WebhookSecret{Signs: e.URL, Secret: secret, OldUntil: e.OldSecretUntil, Back: webhookHref(e.ID)}
}

func (s Screens) secretPage(c echo.Context, p views.WebhookSecret) (err error) {
	p.Zone = web.Zone(c)
	if p.Page, err = web.Chrome(c, "Signing secret"); err != nil {
		return err
	}
	return web.Page(c, views.WebhookSecretPage(p))
}

// deliveryFilter is what the address of an endpoint's log says.
type deliveryFilter struct {
	Status string `query:"status"`
	Event  string `query:"event"`
	After  int64  `query:"after"` // the page begins behind this row
}

// Webhook shows one endpoint and the log of its deliveries.
func (s Screens) Webhook(c echo.Context) error { return s.webhookPage(c, views.Webhook{}) }

func (s Screens) webhookPage(c echo.Context, p views.Webhook) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	var f deliveryFilter
	if err := (&echo.DefaultBinder{}).BindQueryParams(c, &f); err != nil {
		return err
	}
	if err := s.own(c).Where("NOT is_deleted").First(&p.Endpoint, id).Error; err != nil {
		return database.Fault(err, "webhook endpoint")
	}
	p.Status, p.Event, p.Events = f.Status, f.Event, eventChoices()
	p.Zone, p.Now, p.MayManage = web.Zone(c), s.DB.Clock.Now(), access.Can(web.Actor(c), "webhook.manage")
	if err := s.fillDeliveries(c, f, &p); err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, p.Endpoint.URL); err != nil {
		return err
	}
	p.Wide = true
	if p.Refused != nil {
		return web.Form(c, views.WebhookPage(p))
	}
	return web.Page(c, views.WebhookPage(p))
}

func (s Screens) fillDeliveries(c echo.Context, f deliveryFilter, p *views.Webhook) error {
	q := s.own(c).Where("endpoint_id = ?", p.Endpoint.ID).Omit("payload", "attempts").Order("id DESC").Limit(deliveriesAPage + 1)
	if models.DeliveryStatus(f.Status).Valid() {
		q = q.Where("status = ?", f.Status)
	}
	if f.Event != "" {
		q = q.Where("event_type = ?", f.Event)
	}
	if f.After > 0 {
		q = q.Where("id < ?", f.After)
	}
	if err := q.Find(&p.Deliveries).Error; err != nil {
		return fmt.Errorf("list deliveries: %w", err)
	}
	if len(p.Deliveries) > deliveriesAPage {
		p.Deliveries = p.Deliveries[:deliveriesAPage]
		p.NextHref = p.With("after", strconv.FormatInt(p.Deliveries[deliveriesAPage-1].ID, 10))
	}
	var failed int64
	err := s.own(c).Model(&models.WebhookDelivery{}).
		Where("endpoint_id = ? AND status = ? AND created_at >= ?", p.Endpoint.ID, models.DeliveryFailed, p.Now.Add(-replayedOnScreens)).Count(&failed).Error
	p.Failed = int(failed)
	if err != nil {
		return fmt.Errorf("count failed deliveries: %w", err)
	}
	return nil
}

// SaveWebhook changes an endpoint.
func (s Screens) SaveWebhook(c echo.Context) error {
	var form webhookForm
	id, err := s.bindOne(c, &form)
	if err != nil {
		return err
	}
	if err := web.Run(c, form.action(id)); err != nil {
		if refused, again := web.Refused(err); again {
			typed := form.typed()
			return s.webhookPage(c, views.Webhook{Typed: &typed, Refused: refused})
		}
		return err
	}
	return done(c, "Saved.", webhookHref(id))
}

func (s Screens) bindOne(c echo.Context, form any) (int64, error) {
	id, err := web.ID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, web.Bind(c, form)
}

func webhookHref(id int64) string { return fmt.Sprintf("%s/%d", webhooksPath, id) }

// SwitchWebhook turns an endpoint on or off.
func (s Screens) SwitchWebhook(c echo.Context) error {
	var form struct {
		On bool `form:"on"`
	}
	id, err := s.bindOne(c, &form)
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.SaveWebhook{ID: id, WebhookInput: actions.WebhookInput{IsEnabled: &form.On}}); err != nil {
		return err
	}
	if form.On {
		return done(c, "The endpoint is on.", webhookHref(id))
	}
	return done(c, "The endpoint is off. Nothing is sent to it.", webhookHref(id))
}

// RotateWebhook gives an endpoint a new secret and shows it, once.
func (s Screens) RotateWebhook(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	does := actions.RotateWebhookSecret{ID: id}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return s.secretPage(c, secretOf(does.Endpoint, does.Secret))
}

// TestWebhook sends an endpoint a message that only tries it out.
func (s Screens) TestWebhook(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.TestWebhook{ID: id}); err != nil {
		return refuse(c, err, webhookHref(id))
	}
	return done(c, "A test message is on its way. Load this page again to see how it went.", webhookHref(id))
}

// DeleteWebhook deletes an endpoint.
func (s Screens) DeleteWebhook(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	does := actions.DeleteWebhook{ID: id}
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return done(c, "Deleted the endpoint "+does.Endpoint.URL+".", webhooksPath)
}

// ReplayFailed sends what lately failed again.
func (s Screens) ReplayFailed(c echo.Context) error {
	id, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	does := actions.ReplayFailed{EndpointID: id, Since: s.DB.Clock.Now().Add(-replayedOnScreens)}
	if err := web.Run(c, &does); err != nil {
		return refuse(c, err, webhookHref(id))
	}
	text := fmt.Sprintf("%d messages are on their way again.", does.Count)
	if does.Count == 1 {
		text = "The message is on its way again."
	}
	return done(c, text, webhookHref(id))
}

// Delivery shows one message and how each try to deliver it went.
func (s Screens) Delivery(c echo.Context) error {
	id, err := web.ID(c, "delivery")
	if err != nil {
		return err
	}
	p := views.Delivery{Zone: web.Zone(c), MayManage: access.Can(web.Actor(c), "webhook.manage")}
	if err := s.own(c).Where("endpoint_id = ?", c.Param("id")).First(&p.Delivery, id).Error; err != nil {
		return database.Fault(err, "delivery")
	}
	if p.Page, err = web.Chrome(c, p.Delivery.EventType); err != nil {
		return err
	}
	return web.Page(c, views.DeliveryPage(p))
}

// ReplayDelivery sends one message again.
func (s Screens) ReplayDelivery(c echo.Context) error {
	endpoint, err := web.ID(c, "id")
	if err != nil {
		return err
	}
	id, err := web.ID(c, "delivery")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.ReplayDelivery{ID: id}); err != nil {
		return refuse(c, err, webhookHref(endpoint))
	}
	return done(c, "The message is on its way again.", webhookHref(endpoint))
}
