package candidate

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/calendar"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// appointment is what somebody with a seat's code may see of a live session.
type appointment struct {
	session      models.LiveSession
	seat         models.LiveAttendee
	organization models.Organization
	own          string // zone of whoever has the seat; "" where it is not known
	assessment   string
}

// Appointment is the page of a seat in a live session.
func (s Screens) Appointment(c echo.Context) error {
	a, err := s.appointment(web.Context(c), c.Param("c"))
	if err != nil {
		return err
	}
	p, err := s.appointmentPage(c, a.organization, a.heading(), a.own, a.session.TimeZone)
	if err != nil {
		return err
	}
	p.From, p.To, p.Place, p.Text = a.session.StartsAt, a.session.EndsAt, a.place(p.Words.Appointment), a.message()
	a.state(&p, s.DB.Clock.Now())
	return web.Page(c, views.AppointmentPage(p))
}

// AppointmentFile is the appointment as a file for calendars.
func (s Screens) AppointmentFile(c echo.Context) error {
	a, err := s.appointment(web.Context(c), c.Param("c"))
	if err != nil {
		return err
	}
	text := calendar.Appointment{
		UID: a.session.UID, Sequence: a.session.Version, Stamp: s.DB.Clock.Now(), From: a.session.StartsAt, To: a.session.EndsAt,
		Title: a.heading(), Text: a.message(), Place: actions.PlaceOf(a.session), URL: s.address(actions.LivePath(a.seat.Code)),
		Remind: actions.RemindBefore,
	}.Write(calendar.Publish)
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="appointment.ics"`)
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8; method=PUBLISH", []byte(text))
}

func (s Screens) address(path string) string { return s.Actions.World.BaseURL + path }

// appointment loads what the code opens. Faults: NotFound.
func (s Screens) appointment(ctx context.Context, code string) (appointment, error) {
	var a appointment
	db := s.DB.Read.WithContext(ctx)
	if err := db.Where("c = ?", code).First(&a.seat).Error; err != nil {
		return a, database.Fault(err, "appointment")
	}
	if err := db.First(&a.session, a.seat.LiveSessionID).Error; err != nil {
		return a, fmt.Errorf("load the appointment: %w", err)
	}
	if err := db.First(&a.organization, a.seat.OrganizationID).Error; err != nil {
		return a, fmt.Errorf("load the organization: %w", err)
	}
	err := db.Model(&models.Assessment{}).Select("title").Where("id = (SELECT assessment_id FROM assessment_candidates WHERE id = ?)",
		a.session.AssessmentCandidateID).Scan(&a.assessment).Error
	if err != nil {
		return a, fmt.Errorf("load what the appointment is for: %w", err)
	}
	table, id := "users", a.seat.UserID
	if a.seat.CandidateID != nil {
		table, id = "candidates", a.seat.CandidateID
	}
	if err := db.Table(table).Select("time_zone").Where("id = ?", id).Scan(&a.own).Error; err != nil {
		return a, fmt.Errorf("load the attendee's zone: %w", err)
	}
	return a, nil
}

// heading is the session's name; for the candidate, without the own name.
func (a appointment) heading() string {
	if a.seat.CandidateID != nil {
		return a.assessment
	}
	return a.session.Name
}

func (a appointment) place(w views.AppointmentWords) string {
	switch {
	case a.session.Location != nil && *a.session.Location != "":
		return *a.session.Location
	case a.session.IsOffline:
		return w.OnSite
	default:
		return w.Video
	}
}

func (a appointment) message() string {
	text := a.session.PanelMessage
	if a.seat.CandidateID != nil {
		text = a.session.CandidateMessage
	}
	if text == nil {
		return ""
	}
	return *text
}

// state says how the appointment stands.
func (a appointment) state(p *views.Appointment, now time.Time) {
	w := p.Words.Appointment
	p.Title, p.Note = w.Ahead, w.AheadText
	switch {
	case a.session.Status == models.LiveCancelled:
		p.Title, p.Note = w.CalledOff, w.CalledOffText
		return
	case a.session.Status.IsOver() || !now.Before(a.session.EndsAt):
		p.Title, p.Note = w.Over, w.OverText
		return
	case a.session.IsOffline:
		p.Title, p.Note = w.OnSite, w.OnSiteText
	case !now.Before(a.session.StartsAt):
		p.Title, p.Note = w.Now, w.NowText
	}
	p.File, p.IsZoneAsked = actions.LivePath(a.seat.Code)+"/calendar", true
}

// appointmentPage begins a page that tells a time: in the zone that is asked for, else the first of these that there is.
func (s Screens) appointmentPage(c echo.Context, o models.Organization, heading string, zones ...string) (views.Appointment, error) {
	p, err := page(c, titled(heading))
	if err != nil {
		return views.Appointment{}, err
	}
	p.Organization, p.Home = o.Name, ""
	for _, name := range append(append([]string{c.QueryParam("zone"), web.Actor(c).TimeZone}, zones...), o.TimeZone) {
		if models.KnownZone(name) {
			if p.Zone, err = time.LoadLocation(name); err != nil {
				return views.Appointment{}, err
			}
			break
		}
	}
	return views.Appointment{Page: p, Heading: heading}, nil
}
