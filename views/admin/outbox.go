package admin

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Outbox is the log of an organization's messages.
type Outbox struct {
	layout.Page
	Query       url.Values
	Q           string
	HasMail     bool
	HasTexts    bool
	Rows        []Message
	Total       int
	AtLeast     bool
	Trouble     int // how many failed or bounced
	PrevHref    string
	NextHref    string
	Types       []Choice
	Assessments []Choice
	Zone        *time.Location
	Now         time.Time
	MayResend   bool
	MayWord     bool
}

// Choice is a value of a filter.
type Choice struct{ Value, Label string }

// Message is one message with the name of its type.
type Message struct {
	models.Notification
	Kind   string
	IsText bool // to a telephone
}

// MessagePageData is one message as it was or would be sent.
type MessagePageData struct {
	layout.Page
	Message   Message
	HTML      string // sanitized
	HasServer bool   // messages of this kind can leave
	MayResend bool
	Zone      *time.Location
}

func (p Outbox) with(name, value string) string {
	q := maps.Clone(p.Query)
	if value == "" {
		q.Del(name)
	} else {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/admin/outbox"
	}
	return "/admin/outbox?" + q.Encode()
}

// At returns the list's address from a row on.
func (p Outbox) At(name string, id int64) string { return p.with(name, strconv.FormatInt(id, 10)) }

func (p Outbox) hasTextRows() bool {
	return slices.ContainsFunc(p.Rows, func(m Message) bool { return m.IsText })
}

type outboxMenu struct {
	name, label string
	values      []Choice
}

func (p Outbox) menus() []outboxMenu {
	statuses := []Choice{{"trouble", "Failed or bounced"}}
	for _, s := range []models.NotificationStatus{models.NotificationEnqueued, models.NotificationScheduled, models.NotificationSent,
		models.NotificationDelivered, models.NotificationRead, models.NotificationFailed, models.NotificationBounced, models.NotificationArchived} {
		statuses = append(statuses, Choice{string(s), statusWords[s]})
	}
	return []outboxMenu{{"status", "Status", statuses}, {"type", "Kind", p.Types}, {"assessment", "Assessment", p.Assessments}}
}

// chosen is the label of the value that the address gives, "" for none.
func (p Outbox) chosen(m outboxMenu) string {
	given := p.Query.Get(m.name)
	for _, v := range m.values {
		if v.Value == given {
			return v.Label
		}
	}
	return given
}

var statusWords = map[models.NotificationStatus]string{
	models.NotificationEnqueued: "On its way", models.NotificationScheduled: "Planned", models.NotificationSent: "Sent",
	models.NotificationDelivered: "Delivered", models.NotificationRead: "Read", models.NotificationFailed: "Failed",
	models.NotificationBounced: "Bounced", models.NotificationArchived: "Not sent",
}

func (m Message) status() string { return statusWords[m.Status] }

func (m Message) tone() ui.Tone {
	switch m.Status {
	case models.NotificationSent, models.NotificationDelivered, models.NotificationRead:
		return ui.Good
	case models.NotificationBounced:
		return ui.Bad
	case models.NotificationFailed, models.NotificationArchived:
		return ui.Warn
	}
	return ui.Neutral
}

// reason says why a message did not leave, in words.
func (m Message) reason() string {
	switch {
	case m.Status == models.NotificationArchived:
		return "No " + m.server() + " was set when this was due."
	case m.LastError == nil:
		return ""
	case m.Status == models.NotificationBounced:
		return "The " + m.server() + " refused it for good: " + *m.LastError
	}
	return "It is tried again by itself. The last attempt said: " + *m.LastError
}

// server is what such messages leave through, in words.
func (m Message) server() string {
	if m.IsText {
		return "provider of text messages"
	}
	return "mail server"
}

func (m Message) href() string { return fmt.Sprintf("/admin/outbox/%d", m.ID) }

func (p Outbox) when(m Message) string {
	at := m.CreatedAt
	if m.SentAt != nil {
		at = *m.SentAt
	}
	at, now := at.In(p.Zone), p.Now.In(p.Zone)
	if at.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return "today, " + at.Format("15:04")
	}
	return at.Format("2 Jan 2006")
}

func (p MessagePageData) facts() []ui.Entry {
	m := p.Message
	entries := []ui.Entry{{Term: "To", Text: m.ToAddress}, {Term: "Kind", Text: m.Kind}, {Term: "Status", Text: m.status()},
		{Term: "Written", Text: p.moment(m.CreatedAt)}}
	if m.SentAt != nil {
		entries = append(entries, ui.Entry{Term: "Sent", Text: p.moment(*m.SentAt)})
	}
	if m.ScheduledAt != nil {
		entries = append(entries, ui.Entry{Term: "Planned for", Text: p.moment(*m.ScheduledAt)})
	}
	if m.Attempts > 0 {
		entries = append(entries, ui.Entry{Term: "Attempts", Text: strconv.Itoa(m.Attempts)})
	}
	if m.CandidateID != nil {
		entries = append(entries, ui.Entry{Term: "Candidate", Text: "Open the profile", Href: fmt.Sprintf("/candidates/%d", *m.CandidateID)})
	}
	return entries
}

func (p MessagePageData) moment(at time.Time) string {
	return at.In(p.Zone).Format("Mon 2 Jan 2006, 15:04 MST")
}
