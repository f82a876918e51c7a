package notify

import (
	"html"

	"github.com/assay-hire/assay/internal/textmessage"
	"github.com/assay-hire/assay/models"
)

// textNumbers is what lies between the number of a type of mail and that of the text message that goes beside it.
const textNumbers = 1000

// textWords are what text messages say, by the type of mail that they go beside. Decisions are left out: nobody should
// read on a locked screen that they were rejected. So are messages that open an account.
var textWords = map[string]string{
	Invitation:    "{%organization-name} invites you to {%assessment-name}, until {%end-date}: {%link} Your code: {%verification-code}",
	ReInvitation:  "{%organization-name} opened {%assessment-name} for you again, until {%end-date}: {%link} Your code: {%verification-code}",
	Reminder:      "{%assessment-name} is still open for you, until {%end-date}: {%link} Your code: {%verification-code} {%organization-name}",
	Extension:     "You have until {%end-date} for {%assessment-name}: {%link} Your code: {%verification-code} {%organization-name}",
	PanelAssigned: "To evaluate: {%count} of {%assessment-name}, {%section-name}, {%due-date}: {%link}",
	PanelReminder: "Still to evaluate: {%count} of {%assessment-name}, {%section-name}, {%due-date}: {%link}",

	EventInvitation:       "{%organization-name} invites you to {%event-name}, {%event-dates}, {%event-place}: {%event-link}",
	EventRegisterReminder: "Will you come to {%event-name}, {%event-dates}, {%event-place}? {%event-link} {%organization-name}",
	EventAttendReminder:   "Soon: {%event-name}, {%event-dates}, {%event-place}. {%organization-name}",
	EventPanel:            "{%event-name}: {%count} to evaluate: {%link}",
}

// appointmentWords are what text messages about appointments say, to candidates and to panels.
var appointmentWords = map[Appointment][2]string{
	Scheduled: {"{%organization-name}: your appointment for {%assessment-name} is on {%starts-at}, {%place}: {%join-link}",
		"Appointment with {%candidate-name}, {%starts-at}, {%place}: {%join-link}"},
	Changed: {"{%organization-name}: your appointment for {%assessment-name} has moved to {%starts-at}, {%place}: {%join-link}",
		"The appointment with {%candidate-name} has moved to {%starts-at}, {%place}: {%join-link}"},
	Cancelled: {"{%organization-name}: your appointment for {%assessment-name} on {%starts-at} is called off.",
		"Called off: the appointment with {%candidate-name} on {%starts-at}."},
	Upcoming: {"{%organization-name}: soon is your appointment for {%assessment-name}, {%starts-at}, {%place}: {%join-link}",
		"Soon: {%candidate-name}, {%starts-at}, {%place}: {%join-link}"},
}

// textTypes are the text messages that go beside mails, in the order of those.
func textTypes(mails []Type) []Type {
	words := map[string]string{}
	for name, text := range textWords {
		words[name] = text
	}
	for tells, texts := range appointmentWords {
		for _, isSimulation := range []bool{false, true} {
			words[AppointmentType(isSimulation, false, tells)] = texts[0]
			words[AppointmentType(isSimulation, true, tells)] = texts[1]
		}
	}
	var types []Type
	for _, mail := range mails {
		text, has := words[mail.Name]
		if !has {
			continue
		}
		types = append(types, Type{ID: mail.ID + textNumbers, Name: "text-" + mail.Name, Label: mail.Label + ", text message",
			Description: mail.Description, Tags: mail.Tags, Channel: models.SMSCategory,
			Subject: mail.Label, Content: "<p>" + html.EscapeString(text) + "</p>"})
	}
	return types
}

// IsText tells whether messages of the type go to a telephone.
func (t Type) IsText() bool { return t.Channel == models.SMSCategory }

// Telephone returns a telephone number as text messages are addressed to it; ok is false for what is no number.
func Telephone(typed string) (number string, ok bool) { return textmessage.Number(typed) }

// CategoryID returns the number of the type's channel, as templates have it.
func (t Type) CategoryID() *int64 {
	id := int64(t.Channel)
	return &id
}

// Texts returns the text message that goes beside messages of the type; ok is false when there is none.
func (t Type) Texts() (text Type, ok bool) { return TypeNamed("text-" + t.Name) }

// TextTypes returns the ids of all types of text messages.
func TextTypes() []int64 {
	var ids []int64
	for _, t := range Types {
		if t.IsText() {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
