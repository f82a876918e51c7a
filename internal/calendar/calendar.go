// Package calendar writes appointments as calendars exchange them: iCalendar objects (RFC 5545) that invite, move and
// call off by mail (iTIP, RFC 5546), or are downloaded as a file. Times are UTC, so that no object carries the rules of a
// zone and every reader shows them in its own.
package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Method says what an object asks of the calendar that reads it.
type Method string

// Request invites, or moves what was invited with a lower sequence; Cancel takes it out; Publish only shows it.
const (
	Request Method = "REQUEST"
	Cancel  Method = "CANCEL"
	Publish Method = "PUBLISH"
)

// Person is somebody with an address.
type Person struct{ Name, Email string }

// Attendee is somebody who is invited.
type Attendee struct {
	Person
	IsAsked bool // a reply is wanted
}

// Appointment is one meeting. UID stays the same for good and Sequence grows with every change of it: that is how
// calendars know which of two objects is the newer.
type Appointment struct {
	UID       string
	Sequence  int
	Stamp     time.Time // when the object is made
	From, To  time.Time
	Title     string
	Text      string // further words, lines parted by \n
	Place     string
	URL       string
	Organizer Person
	Attendees []Attendee
	Remind    time.Duration // before the start; 0 for no alarm
}

// Write returns the object with CRLF line ends. Without an organizer nobody can be invited or called off, so that the
// object only shows the appointment, whatever the method.
func (a Appointment) Write(method Method) string {
	if a.Organizer.Email == "" {
		method = Publish
	}
	var w writer
	w.line("BEGIN:VCALENDAR")
	w.line("PRODID:-//Assay//Appointments//EN")
	w.line("VERSION:2.0")
	w.line("CALSCALE:GREGORIAN")
	w.line("METHOD:" + string(method))
	w.line("BEGIN:VEVENT")
	w.text("UID", a.UID)
	w.line(fmt.Sprintf("SEQUENCE:%d", a.Sequence))
	w.time("DTSTAMP", a.Stamp)
	w.time("DTSTART", a.From)
	w.time("DTEND", a.To)
	w.text("SUMMARY", a.Title)
	w.text("DESCRIPTION", a.Text)
	w.text("LOCATION", a.Place)
	w.uri("URL", a.URL)
	w.status(method)
	w.people(a, method)
	w.alarm(a, method)
	w.line("END:VEVENT")
	w.line("END:VCALENDAR")
	return w.String()
}

// MethodOf returns what an object written here asks for.
func MethodOf(object string) Method {
	for _, line := range strings.Split(object, "\r\n") {
		if method, ok := strings.CutPrefix(line, "METHOD:"); ok {
			return Method(method)
		}
	}
	return Publish
}
