package candidate

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Event is the public page of an event: what, when and where. An event that is still a draft has none.
func (s Screens) Event(c echo.Context) error {
	db := s.DB.Read.WithContext(web.Context(c))
	var e models.Event
	err := db.Where("code = ? AND NOT is_deleted AND status <> ?", c.Param("code"), models.EventDraft).First(&e).Error
	if err != nil {
		return database.Fault(err, "event")
	}
	var o models.Organization
	if err := db.First(&o, e.OrganizationID).Error; err != nil {
		return fmt.Errorf("load the organization: %w", err)
	}
	p, err := s.appointmentPage(c, o, e.Title)
	if err != nil {
		return err
	}
	if p.Place = actions.PlaceOfEvent(e); e.SpecialInstructions != nil {
		p.Text = strings.TrimSpace(*e.SpecialInstructions)
	}
	if e.StartDate != nil {
		p.From, p.To, p.IsZoneAsked = *e.StartDate, *e.StartDate, true
		if e.EndDate != nil {
			p.To = *e.EndDate
		}
	}
	w := p.Words.Appointment
	switch p.Title, p.Note = w.Event, w.EventText; e.Status {
	case models.EventCanceled:
		p.Title, p.Note = w.EventOff, w.EventOffText
	case models.EventComplete, models.EventPanelReview:
		p.Title, p.Note = w.EventOver, ""
	}
	return web.Page(c, views.AppointmentPage(p))
}
