package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/calendar"
)

// object is what a reader of calendars finds: properties by name in the order of their lines, without parameters.
type object struct {
	values map[string][]string
	lines  []string // unfolded
}

func read(t testing.TB, text string) object {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Fatalf("lines do not end in CRLF: %q", text)
	}
	for _, line := range strings.Split(text, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets, or cut within a character: %q", len(line), line)
		}
	}
	o := object{values: map[string][]string{}}
	whole := strings.ReplaceAll(strings.TrimSuffix(text, "\r\n"), "\r\n ", "")
	o.lines = strings.Split(whole, "\r\n")
	var open []string
	for _, line := range o.lines {
		name, value := parse(t, line)
		switch name {
		case "BEGIN":
			open = append(open, value)
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("END:%s closes nothing", value)
			}
			open = open[:len(open)-1]
		default:
			key := strings.Join(append(slices.Clone(open), name), "/")
			o.values[key] = append(o.values[key], value)
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v is not closed", open)
	}
	return o
}

// parse parts a line at the colon that stands outside of quotes, and unescapes the value.
func parse(t testing.TB, line string) (name, value string) {
	t.Helper()
	quoted := false
	for i, r := range line {
		if r == '"' {
			quoted = !quoted
		}
		if r == ':' && !quoted {
			name, _, _ = strings.Cut(line[:i], ";")
			return name, strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(line[i+1:])
		}
	}
	t.Fatalf("a line without a value: %q", line)
	return "", ""
}

func sample() calendar.Appointment {
	at := time.Date(2027, 3, 1, 15, 0, 0, 0, time.FixedZone("", 3600))
	return calendar.Appointment{
		UID: "7@assay", Sequence: 2, Stamp: at.Add(-time.Hour), From: at, To: at.Add(45 * time.Minute),
		Title: "Interview; Dispatcher, part 2", Text: "First line\nSecond \\ line", Place: "Rua do Ouro 1, Lisboa",
		URL: "https://assay.test/live/abc", Organizer: calendar.Person{Name: `Rita "R" Moreau`, Email: "rita@acme.example"},
		Attendees: []calendar.Attendee{{Person: calendar.Person{Name: "Cleo; Costa: x", Email: "cleo+a@example.org"}, IsAsked: true},
			{Person: calendar.Person{Email: "paul@acme.example"}}},
		Remind: 15 * time.Minute,
	}
}

func TestARequestSaysWhatWhereAndWho(t *testing.T) {
	t.Parallel()
	text := sample().Write(calendar.Request)
	o := read(t, text)
	for name, want := range map[string]string{
		"VCALENDAR/METHOD": "REQUEST", "VCALENDAR/VERSION": "2.0", "VCALENDAR/VEVENT/UID": "7@assay",
		"VCALENDAR/VEVENT/SEQUENCE": "2", "VCALENDAR/VEVENT/DTSTAMP": "20270301T130000Z",
		"VCALENDAR/VEVENT/DTSTART": "20270301T140000Z", "VCALENDAR/VEVENT/DTEND": "20270301T144500Z",
		"VCALENDAR/VEVENT/SUMMARY": "Interview; Dispatcher, part 2", "VCALENDAR/VEVENT/DESCRIPTION": "First line\nSecond \\ line",
		"VCALENDAR/VEVENT/LOCATION": "Rua do Ouro 1, Lisboa", "VCALENDAR/VEVENT/URL": "https://assay.test/live/abc",
		"VCALENDAR/VEVENT/STATUS": "CONFIRMED", "VCALENDAR/VEVENT/ORGANIZER": "mailto:rita@acme.example",
		"VCALENDAR/VEVENT/VALARM/TRIGGER": "-PT15M", "VCALENDAR/VEVENT/VALARM/ACTION": "DISPLAY",
	} {
		if got := o.values[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := o.values["VCALENDAR/VEVENT/ATTENDEE"]; !slices.Equal(got, []string{"mailto:cleo+a@example.org", "mailto:paul@acme.example"}) {
		t.Errorf("attendees: %q", got)
	}
	for _, part := range []string{`ORGANIZER;CN="Rita 'R' Moreau":`, `RSVP=TRUE;CN="Cleo; Costa: x":`, "RSVP=FALSE:mailto:paul"} {
		if !slices.ContainsFunc(o.lines, func(line string) bool { return strings.Contains(line, part) }) {
			t.Errorf("no line has %s:\n%s", part, text)
		}
	}
	if calendar.MethodOf(text) != calendar.Request {
		t.Errorf("its method is read as %s", calendar.MethodOf(text))
	}
}

func TestACancellationTakesItOutAndAFileInvitesNobody(t *testing.T) {
	t.Parallel()
	off := read(t, sample().Write(calendar.Cancel)).values
	if off["VCALENDAR/METHOD"][0] != "CANCEL" || off["VCALENDAR/VEVENT/STATUS"][0] != "CANCELLED" ||
		off["VCALENDAR/VEVENT/VALARM/TRIGGER"] != nil || len(off["VCALENDAR/VEVENT/ATTENDEE"]) != 2 {
		t.Errorf("cancelled as %v", off)
	}
	alone := sample()
	alone.Organizer, alone.URL = calendar.Person{}, "no address"
	for name, text := range map[string]string{"a file": sample().Write(calendar.Publish), "without an organizer": alone.Write(calendar.Request)} {
		shown := read(t, text).values
		if shown["VCALENDAR/METHOD"][0] != "PUBLISH" || shown["VCALENDAR/VEVENT/ATTENDEE"] != nil {
			t.Errorf("%s is shown as %v", name, shown)
		}
	}
	if read(t, alone.Write(calendar.Publish)).values["VCALENDAR/VEVENT/URL"] != nil {
		t.Error("what is no address is written as one")
	}
}

func TestLongLinesAreFoldedBetweenCharacters(t *testing.T) {
	t.Parallel()
	a := sample()
	a.Title = strings.Repeat("日本語とÉcole, ", 40)
	if got := read(t, a.Write(calendar.Request)).values["VCALENDAR/VEVENT/SUMMARY"][0]; got != a.Title {
		t.Errorf("got %q", got)
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("Interview", "Words\nand more", "Place, here", "Ann \"A\" Lee", "ann@example.org")
	f.Add("x\r\nBEGIN:VEVENT", "\x00\\n;", "\xff\xfe", "\r\nATTENDEE:mailto:x", "a b\r\nX:y@z")
	f.Add(strings.Repeat("é", 200), "", "", "", "ü@exämple.org")
	f.Fuzz(func(t *testing.T, title, text, place, name, email string) {
		a := sample()
		a.Title, a.Text, a.Place, a.URL = title, text, place, "https://"+place
		a.Organizer = calendar.Person{Name: name, Email: email}
		a.Attendees = []calendar.Attendee{{Person: calendar.Person{Name: name, Email: email}}}
		for _, method := range []calendar.Method{calendar.Request, calendar.Cancel, calendar.Publish} {
			o := read(t, a.Write(method))
			for _, once := range []string{"VCALENDAR/METHOD", "VCALENDAR/VEVENT/UID", "VCALENDAR/VEVENT/DTSTART"} {
				if len(o.values[once]) != 1 {
					t.Errorf("%s: %q", once, o.values[once])
				}
			}
			if len(o.values["VCALENDAR/VEVENT/ATTENDEE"]) > 1 {
				t.Errorf("attendees: %q", o.values["VCALENDAR/VEVENT/ATTENDEE"])
			}
		}
	})
}
