package actions

import (
	"fmt"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// occasion is an event with what messages say of it.
type occasion struct {
	event        models.Event
	organization models.Organization
}

// lockEvent loads an event and holds its row until the transaction ends.
func lockEvent(w *Work, id int64) (occasion, error) {
	var o occasion
	if err := locked(w.Own()).Where("NOT is_deleted").First(&o.event, id).Error; err != nil {
		return o, database.Fault(err, "event")
	}
	if err := w.Tx.First(&o.organization, w.Actor.OrganizationID).Error; err != nil {
		return o, fmt.Errorf("load organization: %w", err)
	}
	return o, nil
}

// mustGoOn refuses an event that nobody has to be told about any more.
func (o occasion) mustGoOn() error {
	if o.event.Status == models.EventCanceled || o.event.Status == models.EventComplete {
		return fault.New(fault.Conflict, "There is nothing to remind of: the event is %s.", lower(o.event.Status.Label()))
	}
	return nil
}

// tags are what every message about the event says.
func (o occasion) tags(w *Work, zone string) notify.Tags {
	if zone == "" {
		zone = o.organization.TimeZone
	}
	tags := notify.Tags{"event-name": o.event.Title, "organization-name": o.organization.Name, "event-dates": o.dates(zone),
		"event-place": PlaceOfEvent(o.event), "event-notes": textOf(o.event.SpecialInstructions), "event-link": w.Link(EventPath(o.event.Code))}
	return tags
}

// EventPath is the path of an event's public page.
func EventPath(code string) string { return "/event/" + code }

func (o occasion) dates(zone string) string {
	switch {
	case o.event.StartDate == nil:
		return "The date is not set yet"
	case o.event.EndDate == nil || !o.event.EndDate.After(*o.event.StartDate):
		return dateIn(*o.event.StartDate, zone)
	default:
		return stretchIn(*o.event.StartDate, *o.event.EndDate, zone)
	}
}

// PlaceOfEvent words where an event takes place.
func PlaceOfEvent(e models.Event) string {
	for _, name := range []string{"address", "formatted_address", "name"} {
		if text, ok := e.Location[name].(string); ok && text != "" {
			return text
		}
	}
	if e.City != nil && *e.City != "" {
		return *e.City
	}
	return "The place is not set yet"
}

// guestNotice is a message about the event to a candidate.
func (o occasion) guestNotice(w *Work, kind string, c models.Candidate) notify.Notice {
	tags := o.tags(w, c.TimeZone)
	tags["candidate-name"], tags["candidate-first-name"] = c.Name(), c.FirstName
	if c.FirstName == "" {
		tags["candidate-first-name"] = c.Name()
	}
	return notify.Notice{Type: kind, To: c.Email, Phone: c.Phone, Tags: tags, CandidateID: &c.ID}
}
