package calendar

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// lineOctets is how long a line may be without its end; longer ones go on in a line that begins with a space.
const lineOctets = 75

const utc = "20060102T150405Z"

// writer writes content lines.
type writer struct{ strings.Builder }

// line writes one line, folded between characters and never within one.
func (w *writer) line(content string) {
	room := lineOctets
	for len(content) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(content[cut]) {
			cut--
		}
		w.WriteString(content[:cut] + "\r\n ")
		content, room = content[cut:], lineOctets-1
	}
	w.WriteString(content + "\r\n")
}

// text writes a property that holds words; none is left out.
func (w *writer) text(name, value string) {
	if value = escape(value); value != "" {
		w.line(name + ":" + value)
	}
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// escape puts words into the form of a TEXT value. Characters that no text may hold are left out.
func escape(words string) string {
	words = strings.ToValidUTF8(strings.ReplaceAll(words, "\r\n", "\n"), "\uFFFD")
	return escapes.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, words))
}

func (w *writer) time(name string, at time.Time) { w.line(name + ":" + at.UTC().Format(utc)) }

// uri writes an absolute address; anything else is left out.
func (w *writer) uri(name, address string) {
	if parsed, err := url.Parse(address); err == nil && parsed.IsAbs() {
		w.line(name + ":" + parsed.String())
	}
}

func (w *writer) status(method Method) {
	if method == Cancel {
		w.line("STATUS:CANCELLED")
		return
	}
	w.line("STATUS:CONFIRMED")
	w.line("TRANSP:OPAQUE")
}

func (w *writer) people(a Appointment, method Method) {
	if a.Organizer.Email != "" {
		w.line("ORGANIZER" + a.Organizer.property())
	}
	if method == Publish {
		return // what is only shown invites nobody
	}
	for _, one := range a.Attendees {
		w.line("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=" +
			strings.ToUpper(strconv.FormatBool(one.IsAsked)) + one.property())
	}
}

// property is the end of a line that names somebody.
func (p Person) property() string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			return '\'' // a quoted value cannot hold one
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(p.Name, "\uFFFD"))
	if name != "" {
		name = `;CN="` + name + `"`
	}
	return name + ":mailto:" + url.PathEscape(p.Email)
}

func (w *writer) alarm(a Appointment, method Method) {
	minutes := int(a.Remind / time.Minute)
	if method == Cancel || minutes < 1 {
		return
	}
	w.line("BEGIN:VALARM")
	w.line("ACTION:DISPLAY")
	w.text("DESCRIPTION", a.Title)
	w.line("TRIGGER:-PT" + strconv.Itoa(minutes) + "M")
	w.line("END:VALARM")
}
