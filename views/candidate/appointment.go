package candidate

import (
	"fmt"
	"time"
)

// Appointment is the page of a live session or of an event: what, when and where, and what can be done now.
type Appointment struct {
	Page
	Heading     string
	From, To    time.Time // zero where no date is set
	Place       string
	Text        string // somebody's own words
	Title, Note string // how it stands
	File        string // address of the calendar file; "" for none
	IsZoneAsked bool   // the zone can be changed to the device's
}

func (p Appointment) isDated() bool { return !p.From.IsZero() }

// stretch words when it takes place in the zone, naming the second day only where it is another.
func (p Appointment) stretch() string {
	from, to := p.From.In(p.Zone), p.To.In(p.Zone)
	end := to.Format("15:04 MST")
	if from.YearDay() != to.YearDay() || from.Year() != to.Year() {
		end = to.Format("Mon 2 Jan 2006, 15:04 MST")
	}
	return fmt.Sprintf(p.Words.Appointment.To, from.Format("Mon 2 Jan 2006, 15:04"), end)
}
