package admin

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/admin"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Callbacks lists what was sent to the callback addresses of actions.
func (s Screens) Callbacks(c echo.Context) error {
	var f deliveryFilter
	err := web.Bind(c, &f)
	if err != nil {
		return err
	}
	p := views.Callbacks{Status: f.Status, Zone: web.Zone(c), MayManage: access.Can(web.Actor(c), "webhook.manage")}
	q := s.own(c).Where("endpoint_id IS NULL").Omit("payload", "attempts").Order("id DESC").Limit(deliveriesAPage + 1)
	if models.DeliveryStatus(f.Status).Valid() {
		q = q.Where("status = ?", f.Status)
	}
	if f.After > 0 {
		q = q.Where("id < ?", f.After)
	}
	if err := q.Find(&p.Deliveries).Error; err != nil {
		return fmt.Errorf("list callbacks: %w", err)
	}
	if len(p.Deliveries) > deliveriesAPage {
		p.Deliveries = p.Deliveries[:deliveriesAPage]
		p.NextHref = p.With("after", strconv.FormatInt(p.Deliveries[deliveriesAPage-1].ID, 10))
	}
	if p.Page, err = web.Chrome(c, "Callbacks"); err != nil {
		return err
	}
	return web.Page(c, views.CallbacksPage(p))
}

// Callback shows one message to a callback address and how each try to deliver it went.
func (s Screens) Callback(c echo.Context) error {
	id, err := web.ID(c, "delivery")
	if err != nil {
		return err
	}
	p := views.Delivery{Zone: web.Zone(c), MayManage: access.Can(web.Actor(c), "webhook.manage")}
	if err := s.own(c).Where("endpoint_id IS NULL").First(&p.Delivery, id).Error; err != nil {
		return database.Fault(err, "callback")
	}
	if p.Page, err = web.Chrome(c, p.Delivery.EventType); err != nil {
		return err
	}
	return web.Page(c, views.DeliveryPage(p))
}

// RotateCallbackSecret gives what is sent to callback addresses a new secret and shows it, once.
func (s Screens) RotateCallbackSecret(c echo.Context) error {
	var does actions.RotateCallbackSecret
	if err := web.Run(c, &does); err != nil {
		return err
	}
	return s.secretPage(c, views.WebhookSecret{Signs: "Callbacks of actions", Secret: does.Secret, OldUntil: does.Until, Back: views.CallbacksPath})
}

// ReplayCallback sends one message to a callback address again.
func (s Screens) ReplayCallback(c echo.Context) error {
	id, err := web.ID(c, "delivery")
	if err != nil {
		return err
	}
	if err := web.Run(c, &actions.ReplayDelivery{ID: id}); err != nil {
		return refuse(c, err, views.CallbacksPath)
	}
	return done(c, "The message is on its way again.", views.CallbacksPath)
}
