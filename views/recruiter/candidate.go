package recruiter

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Candidate is one candidate's profile.
type Candidate struct {
	layout.Page
	Candidate models.Candidate
	Picture   string
	Tab       string // "", "education", "experience", "files" or "messages"
	Zone      *time.Location
	Now       time.Time

	Took        []Part
	Educations  []models.CandidateEducation
	Experiences []models.CandidateExperience
	Fields      []models.CustomField
	Files       []CandidateFile
	Messages    []Message
	Ledger      []models.AuditEntry

	Refused         fault.Fields
	EducationTyped  EducationForm
	ExperienceTyped ExperienceForm

	MayUpdate, MayDelete, MayInvite, MayRemind, MayExtend, MayEnd, MaySeePipeline bool

	Attempt int64 // whose small form was refused; Refused says why
	LastDay LastDay
}

// Part is a participation as the profile shows it.
type Part struct {
	ID           int64
	AssessmentID int64
	StatusID     int64
	Title        string
	EndDate      *time.Time
	InvitedAt    *time.Time
	AttendedAt   *time.Time
	RemindedAt   *time.Time
	StatusSince  time.Time
	Score        *float64
	Sections     []SectionProgress `gorm:"-"`
}

// Status returns the participation's status.
func (t Part) Status() models.StatusKey { return models.StatusOf(t.StatusID) }

// sections says how far each section is, in a line.
func (t Part) sections() string {
	var parts []string
	for _, s := range t.Sections {
		parts = append(parts, s.Title+": "+s.words())
	}
	return strings.Join(parts, " · ")
}

// SectionProgress is how far a candidate is in one section.
type SectionProgress struct {
	AssessmentCandidateID int64
	AssessmentSectionID   int64
	AttemptID             int64
	Title                 string
	Type                  models.SectionType
	IsEvaluated           bool
	StartedAt             *time.Time
	DeadlineAt            *time.Time
	EvaluatedAt           *time.Time
	ClosedBy              models.CloseReason
	ExtraSeconds          int
	CreditSeconds         int
	CreditCap             int
	Credits               []models.AttemptEvent `gorm:"-"`
	CompletedAt           *time.Time
	Score                 *float64
	MaxScore              *float64
	Questions             int
	Answered              int
}

// words say how far a section is.
func (s SectionProgress) words() string {
	switch {
	case s.CompletedAt != nil && s.Score != nil && s.MaxScore != nil:
		return fmt.Sprintf("%s of %s marks", ui.Score(*s.Score), ui.Score(*s.MaxScore))
	case s.CompletedAt != nil && s.IsEvaluated:
		return "evaluated"
	case s.CompletedAt != nil && s.Type == models.EssaySection:
		return "finished, not evaluated yet"
	case s.CompletedAt != nil:
		return "finished, not scored yet"
	case s.StartedAt != nil:
		return fmt.Sprintf("%d of %d answered", s.Answered, s.Questions)
	}
	return "not started"
}

// CandidateFile is a file of a candidate with a link that works for a while.
type CandidateFile struct {
	models.File
	Href string
}

func (f CandidateFile) kind() string {
	switch f.FileTypeID {
	case models.FileTypeResume:
		return "Résumé"
	case models.FileTypeDisplayPicture:
		return "Picture"
	}
	return "Document"
}

func (f CandidateFile) size() string {
	if f.Size >= 1<<20 {
		return fmt.Sprintf("%.1f MB", float64(f.Size)/(1<<20))
	}
	return fmt.Sprintf("%d kB", max(1, f.Size>>10))
}

// Message is a message to a candidate.
type Message struct {
	models.Notification
	Kind string
}

// EducationForm and ExperienceForm hold what was typed; their ID is 0 for a new entry.
type EducationForm struct {
	ID                                                     int64
	School, Degree, Field, Grade, Description, From, Until string
}

// ExperienceForm holds what was typed about an employment; its ID is 0 for a new one.
type ExperienceForm struct {
	ID                                                  int64
	Employer, Title, Location, Description, From, Until string
	IsCurrent                                           bool
}

// CandidateHref leads to a candidate's profile.
func CandidateHref(id int64) string { return candidateHref(id) }

func (p Candidate) href(rest string) string { return candidateHref(p.Candidate.ID) + rest }

func (p Candidate) tabs() []ui.Tab {
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	tabs := []ui.Tab{
		{Label: "Timeline", Href: p.href("")}, {Label: "Experience", Href: p.href("?tab=experience"), Count: count(len(p.Experiences))},
		{Label: "Education", Href: p.href("?tab=education"), Count: count(len(p.Educations))},
		{Label: "Files", Href: p.href("?tab=files"), Count: count(len(p.Files))},
		{Label: "Messages", Href: p.href("?tab=messages"), Count: count(len(p.Messages))},
	}
	at := max(0, slices.Index([]string{"", "experience", "education", "files", "messages"}, p.Tab))
	tabs[at].Current = true
	return tabs
}

// facts are what is known, without what is empty.
func (p Candidate) facts() []ui.Entry {
	c := p.Candidate
	entries := []ui.Entry{{Term: "E-mail", Text: c.Email, Href: "mailto:" + c.Email}, {Term: "Phone", Text: said(c.Phone)},
		{Term: "Your own id", Text: said(c.ExternalID)}, {Term: "Industry", Text: said(c.Industry)}, {Term: "Time zone", Text: c.TimeZone}}
	for _, f := range p.Fields {
		entries = append(entries, ui.Entry{Term: f.Label, Text: f.Words(c.CF[f.Key])})
	}
	entries = append(entries, ui.Entry{Term: "Added", Text: dayIn(c.CreatedAt, p.Now, p.Zone)})
	return slices.DeleteFunc(entries, func(e ui.Entry) bool { return e.Text == "" })
}

// event is a line of the timeline.
type event struct {
	at   time.Time
	item ui.TimelineItemProps
	note string
}

// timeline is everything that happened, the newest first.
func (p Candidate) timeline() []event {
	var events []event
	add := func(at time.Time, item ui.TimelineItemProps, note string) {
		item.DateTime, item.Time = at.UTC().Format(time.RFC3339), p.moment(at)
		events = append(events, event{at, item, note})
	}
	for _, t := range p.Took {
		if status := t.Status(); status > models.Mailed {
			add(t.StatusSince, ui.TimelineItemProps{Status: glyph(status), Text: status.Label() + ": " + t.Title}, "")
		}
		if t.InvitedAt != nil {
			add(*t.InvitedAt, ui.TimelineItemProps{Status: ui.StatusInvited, Text: "Invited to " + t.Title}, "")
		}
		for _, s := range t.Sections {
			if s.StartedAt != nil {
				add(*s.StartedAt, ui.TimelineItemProps{Icon: ui.IconPlay, Text: "Began " + s.Title}, "")
			}
			if s.CompletedAt != nil {
				add(*s.CompletedAt, ui.TimelineItemProps{Icon: ui.IconCheck, Text: "Finished " + s.Title}, s.words())
			}
		}
	}
	for _, m := range p.Messages {
		add(m.UpdatedAt, ui.TimelineItemProps{Icon: ui.IconMail, Text: m.Kind + ": " + deliveryWords(m.Status)}, m.Subject)
	}
	for _, e := range p.Ledger {
		if words := ledgerWords[e.Verb]; words != "" {
			add(e.At, ui.TimelineItemProps{Icon: ui.IconPen, Text: words + byWhom(e)}, "")
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(b.at.UnixMicro(), a.at.UnixMicro()) })
	return events
}

func byWhom(e models.AuditEntry) string {
	if e.ActorName == "" {
		return ""
	}
	return " by " + e.ActorName
}

var ledgerWords = map[string]string{
	"create-candidate": "Added", "update-candidate": "Profile changed", "restore-candidate": "Restored",
	"add-candidate-file": "File added", "remove-candidate-file": "File removed", "extend-date": "Last day moved",
	"re-invite": "Opened again", "remind-candidate": "Reminded", "save-education": "Education changed",
	"extend-attempt": "More time given in a section", "end-attempt": "Section closed",
	"save-experience": "Experience changed", "change-status": "Status changed", "evaluate": "Evaluated",
}

var deliveries = map[models.NotificationStatus]string{
	models.NotificationEnqueued: "on its way", models.NotificationScheduled: "planned", models.NotificationSent: "sent",
	models.NotificationDelivered: "delivered", models.NotificationRead: "read", models.NotificationFailed: "failed, tried again",
	models.NotificationBounced: "bounced", models.NotificationArchived: "not sent, no mail server is set",
}

func deliveryWords(s models.NotificationStatus) string { return deliveries[s] }

func deliveryTone(s models.NotificationStatus) ui.Tone {
	switch s {
	case models.NotificationFailed, models.NotificationArchived:
		return ui.Warn
	case models.NotificationBounced:
		return ui.Bad
	case models.NotificationSent, models.NotificationDelivered, models.NotificationRead:
		return ui.Good
	}
	return ui.Neutral
}

func (p Candidate) moment(at time.Time) string {
	local := at.In(p.Zone)
	if local.Year() != p.Now.In(p.Zone).Year() {
		return local.Format("2 Jan 2006")
	}
	return local.Format("2 Jan 15:04")
}

// until says how long an assessment may be taken.
func (p Candidate) until(t Part) string {
	switch {
	case t.EndDate == nil:
		return ""
	case t.EndDate.Before(p.Now) && t.Status() <= models.Attending:
		return "Closed on " + momentIn(*t.EndDate, p.Zone)
	case t.Status() <= models.Attending:
		return "Open until " + momentIn(*t.EndDate, p.Zone)
	}
	return ""
}

// LastDay is what was typed into a refused form for a participation's last day.
type LastDay struct {
	Participation    int64
	Form             string // of LastDayExtends, LastDayInvites
	Date, Time, Zone string
	Section          int64
}

// The forms that ask for a last day.
const (
	LastDayExtends = "extend"
	LastDayInvites = "invite"
)

func (p Candidate) refusedLastDay(t Part, form string) bool {
	return p.LastDay.Participation == t.ID && p.LastDay.Form == form && len(p.Refused) > 0
}

// end is the date field for moving the last day.
func (p Candidate) end(t Part, form string) ui.DateTimeProps {
	at := p.Now.AddDate(0, 0, 7)
	d := ui.DateTimeProps{Field: ui.Field{Name: "end", ID: fmt.Sprintf("%s-end-%d", form, t.ID), Label: "Last day"}, Date: at.In(p.Zone).Format(time.DateOnly), Time: "23:59",
		Zone: p.Zone.String(), Zones: ZonesAround(p.Zone), Min: p.Now.In(p.Zone).Format(time.DateOnly)}
	if p.refusedLastDay(t, form) {
		d.Date, d.Time, d.Zone = p.LastDay.Date, p.LastDay.Time, p.LastDay.Zone
		for _, why := range p.Refused {
			d.Error = why
		}
	}
	return d
}

// section is what was chosen to be opened anew in a refused form.
func (p Candidate) section(t Part) string {
	if p.refusedLastDay(t, LastDayInvites) && p.LastDay.Section > 0 {
		return strconv.FormatInt(p.LastDay.Section, 10)
	}
	return ""
}

// ZonesAround lists time zones to choose from, the given one first.
func ZonesAround(zone *time.Location) []ui.Option {
	options := []ui.Option{{Value: zone.String(), Label: strings.ReplaceAll(zone.String(), "_", " ")}}
	for _, name := range []string{"UTC", "Europe/Lisbon", "Europe/London", "Europe/Berlin", "Europe/Istanbul", "Africa/Lagos", "Africa/Nairobi",
		"Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo", "America/New_York", "America/Chicago",
		"America/Los_Angeles"} {
		if name != zone.String() {
			options = append(options, ui.Option{Value: name, Label: strings.ReplaceAll(name, "_", " ")})
		}
	}
	return options
}

func (p Candidate) educationForm(e models.CandidateEducation) EducationForm {
	return EducationForm{ID: e.ID, School: e.School, Degree: said(e.Degree), Field: said(e.FieldOfStudy), Grade: said(e.Grade),
		Description: said(e.Description), From: dateText(e.StartedAt), Until: dateText(e.CompletedAt)}
}

func (p Candidate) experienceForm(e models.CandidateExperience) ExperienceForm {
	return ExperienceForm{ID: e.ID, Employer: e.Employer, Title: e.Title, Location: said(e.Location), Description: said(e.Description),
		IsCurrent: e.IsCurrent, From: dateText((*time.Time)(e.StartedAt)), Until: dateText((*time.Time)(e.CompletedAt))}
}

func dateText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// years says from when to when, as "2019 – 2023".
func years(from, until *time.Time, current bool) string {
	first, last := "", ""
	if from != nil {
		first = from.Format("Jan 2006")
	}
	if until != nil {
		last = until.Format("Jan 2006")
	}
	if current {
		last = "today"
	}
	return strings.Trim(first+" – "+last, " –")
}

// joined puts what is there into one line.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// Refusals returns the lines that a recorded action lists as refused.
func Refusals(row models.ActionRecord) []string {
	if row.Response == nil {
		return nil
	}
	var lines []string
	if err := json.Unmarshal([]byte(*row.Response), &lines); err != nil {
		return []string{*row.Response}
	}
	return lines
}

// CandidateForm is the form for a new or a known candidate.
type CandidateForm struct {
	layout.Page
	Candidate models.Candidate // what is known or was typed; without an id it is new
	Fields    []models.CustomField
	Refused   fault.Fields
}

func (p CandidateForm) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: p.Refused[name], Optional: name != "email"}
}

func (p CandidateForm) action() string {
	if p.Candidate.ID == 0 {
		return "/candidates"
	}
	return candidateHref(p.Candidate.ID)
}

func (p CandidateForm) custom(f models.CustomField) string {
	if text, ok := p.Candidate.CF[f.Key].(string); ok {
		return text
	}
	return f.Words(p.Candidate.CF[f.Key])
}

func inputType(f models.CustomField) string {
	switch f.Kind() {
	case models.DateData:
		return "date"
	case models.URLData:
		return "url"
	}
	return "text"
}
