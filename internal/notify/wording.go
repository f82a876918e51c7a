package notify

import (
	"html"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/richtext"
)

// Tags stand in addresses of links, where a cleaner of HTML would take them for damaged addresses; while it cleans, they
// are plain words.
const (
	tagOpen  = "xTAG-"
	tagClose = "-GATx"
)

// Clean returns only the harmless part of an HTML body, with its tags.
func Clean(content string) string {
	hidden := tagPattern.ReplaceAllString(content, tagOpen+"$1"+tagClose)
	return strings.NewReplacer(tagOpen, "{%", tagClose, "}").Replace(richtext.Sanitize(hidden))
}

// Paragraphs makes an HTML body of what somebody typed: blank lines part paragraphs, single line ends are kept. Text that
// holds HTML already is only cleaned.
func Paragraphs(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if strings.Contains(text, "</") {
		return Clean(text)
	}
	var body strings.Builder
	for _, paragraph := range strings.Split(text, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			body.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>") + "</p>\n")
		}
	}
	return body.String()
}

// WithLink makes the body of a message that leads a candidate to an assessment from somebody's own words. Link, code and
// last day follow the words unless the words hold the link already.
func WithLink(words string) string {
	if strings.TrimSpace(words) == "" {
		return ""
	}
	body := Paragraphs(words)
	if strings.Contains(body, "{%link}") {
		return body
	}
	return body + attendParagraph
}

// tagMeanings say what a tag becomes.
var tagMeanings = map[string]string{
	"candidate-name": "Full name", "candidate-first-name": "First name", "assessment-name": "Assessment",
	"organization-name": "Your organization", "link": "Personal link", "verification-code": "Verification code",
	"end-date": "Last day", "duration": "How long it takes", "user-name": "Name of the user", "section-name": "Section",
	"count": "How many candidates", "due-date": "Due day", "expires": "Until when the link works",
	"inviter-name": "Who invites", "role": "Role",
	"starts-at": "When it begins, with the time zone", "ends-at": "When it ends", "place": "Where it takes place",
	"message": "Your own words", "panel-names": "Who is on the panel", "join-link": "Page of the appointment",
	"event-name": "Event", "event-dates": "When the event takes place", "event-place": "Where the event takes place",
	"event-notes": "Special instructions", "event-link": "Page for registering",
	"new-address": "The address the account is to get",
	"address":     "Address of the endpoint", "reason": "Why it was turned off",
}

// TagMeaning returns what a tag becomes, in words.
func TagMeaning(tag string) string { return tagMeanings[tag] }

// SampleTags are values to show a template with.
func SampleTags(organization, assessment string) Tags {
	if assessment == "" {
		assessment = "Night dispatcher"
	}
	return Tags{
		"candidate-name": "Ann Lee", "candidate-first-name": "Ann", "assessment-name": assessment, "organization-name": organization,
		"link": "#link", "verification-code": "48151623", "end-date": "Sun 28 Feb 2027, 23:59 WET", "duration": "up to 70 minutes",
		"user-name": "Paul Okafor", "section-name": "In your words", "count": "3 candidates", "due-date": "by Fri 26 Feb",
		"expires": "Sun 28 Feb 2027, 12:00 WET", "inviter-name": "Rita Moreau", "role": "Recruiter",
		"starts-at": "Mon 1 Mar 2027, 14:00 WET", "ends-at": "14:45 WET", "place": "by video", "message": "Have your portfolio at hand.",
		"panel-names": "Paul Okafor and Ida Berg", "join-link": "#join", "event-name": "Hiring day", "event-dates": "Sat 6 Mar 2027, 09:00 WET",
		"event-place": "Lisbon", "event-notes": "Ask for hall 2.", "event-link": "#register",
		"new-address": "rita.new@example.com",
		"address":     "https://example.com/hooks", "reason": "Nothing could be delivered to it for five days.",
	}
}

// IsPersonal tells whether messages of the type let whoever reads them into somebody's account.
func (t Type) IsPersonal() bool { return t.Secret }

// PersonalTypes returns the ids of those types.
func PersonalTypes() []int64 {
	var ids []int64
	for _, t := range Types {
		if t.IsPersonal() {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// keyTags become what lets a candidate in.
var keyTags = []string{"link", "verification-code", "join-link", "event-link"}

// AdmitsCandidate tells whether messages of the type hold what a candidate signs in with: a link of the candidate's own,
// or a code.
func (t Type) AdmitsCandidate() bool {
	return slices.Contains(t.Tags, "candidate-first-name") &&
		slices.ContainsFunc(t.Tags, func(tag string) bool { return slices.Contains(keyTags, tag) })
}

// IsWithheld tells whether a reader may not see what messages of the type say: what opens an account is for those who
// manage accounts, and what lets a candidate in is for those who invite.
func (t Type) IsWithheld(reader access.Actor) bool {
	return (t.IsPersonal() && !access.Can(reader, "user.manage")) || (t.AdmitsCandidate() && !access.Can(reader, "participation.invite"))
}

// WithheldTypes returns the ids of the types that are withheld from a reader.
func WithheldTypes(reader access.Actor) []int64 {
	ids := []int64{}
	for _, t := range Types {
		if t.IsWithheld(reader) {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// TypeWithID returns the type with the id; ok is false when there is none.
func TypeWithID(id int64) (Type, bool) {
	for _, t := range Types {
		if t.ID == id {
			return t, true
		}
	}
	return Type{}, false
}
