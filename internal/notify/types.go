// Package notify composes the messages Assay sends: it knows every type of notification, the tags that may stand in its
// templates and the default wording, finds the template that applies (the assessment's, the organization's, the
// default) and hands finished messages to the mail server, or to the provider of text messages. A message is a row first:
// the outbox and the log are one.
package notify

import (
	"slices"
	"strings"

	"github.com/assay-hire/assay/models"
)

// Type is a kind of notification.
type Type struct {
	ID          int64
	Name        string // how the program calls it
	Label       string
	Description string
	Tags        []string // names, without the brackets
	Subject     string
	Content     string // HTML
	// Secret marks messages whose link opens an account: only who manages users may read them, and the link is struck
	// out once the message left.
	Secret bool
	// Channel is how messages of the type leave.
	Channel models.NotificationCategory
}

// The names of the types.
const (
	Invitation     = "invitation"
	ReInvitation   = "re-invitation"
	Reminder       = "reminder"
	Extension      = "extension"
	Selection      = "selection"
	OnHold         = "hold"
	Rejection      = "rejection"
	PanelAssigned  = "panel-assigned"
	PanelReminder  = "panel-reminder"
	PasswordReset  = "password-reset"
	EmailChange    = "email-change"
	EmailMoving    = "email-moving"
	UserInvitation = "user-invitation"
	WebhookOff     = "webhook-off"
)

var (
	candidateTags = []string{"candidate-name", "candidate-first-name", "assessment-name", "organization-name"}
	attendTags    = append(append([]string{}, candidateTags...), "link", "verification-code", "end-date", "duration")
	panelTags     = []string{"user-name", "assessment-name", "section-name", "count", "due-date", "link", "organization-name"}
	webhookTags   = []string{"user-name", "address", "reason", "link"}
	emailTags     = []string{"user-name", "new-address", "link", "expires", "organization-name"}
	accountTags   = []string{"user-name", "link", "expires", "organization-name", "inviter-name", "role"}
)

const attendParagraph = `<p><a href="{%link}">Open the assessment</a></p>
<p>Your verification code: <strong>{%verification-code}</strong></p>
<p>You can start whenever it suits you until {%end-date}. It takes {%duration}. The link is yours alone; on another device, open it again and go on where you were.</p>`

// Types lists every type, in the order in which screens show them. The ids are part of the wire format: never reuse one.
var Types = allTypes()

func allTypes() []Type {
	mails := slices.Concat(assessmentTypes, appointmentTypes(), eventTypes, accountTypes)
	for i := range mails {
		mails[i].Channel = models.EmailCategory
	}
	return append(mails, textTypes(mails)...)
}

var assessmentTypes = []Type{
	{ID: 101, Name: Invitation, Label: "Invitation", Description: "A candidate is invited to an assessment", Tags: attendTags,
		Subject: "{%organization-name} invites you: {%assessment-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>{%organization-name} invites you to <strong>{%assessment-name}</strong>.</p>\n" + attendParagraph},
	{ID: 102, Name: ReInvitation, Label: "Invitation, again", Description: "A candidate may attend once more", Tags: attendTags,
		Subject: "Once more: {%assessment-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>{%organization-name} opened <strong>{%assessment-name}</strong> for you again.</p>\n" + attendParagraph},
	{ID: 103, Name: Reminder, Label: "Reminder", Description: "A candidate has not finished yet", Tags: attendTags,
		Subject: "Still open for you: {%assessment-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p><strong>{%assessment-name}</strong> is still open for you.</p>\n" + attendParagraph},
	{ID: 104, Name: Extension, Label: "More time", Description: "The last day to attend moved", Tags: attendTags,
		Subject: "More time for {%assessment-name}: until {%end-date}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>You now have until <strong>{%end-date}</strong> for {%assessment-name}.</p>\n" + attendParagraph},
	{ID: 111, Name: Selection, Label: "Selected", Description: "A candidate is selected", Tags: candidateTags,
		Subject: "{%assessment-name}: good news",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>thank you for the time and care you put into {%assessment-name}. We would like to go on with you, and will be in touch about the next step.</p>\n<p>{%organization-name}</p>"},
	{ID: 112, Name: OnHold, Label: "On hold", Description: "A candidate's decision waits", Tags: candidateTags,
		Subject: "{%assessment-name}: we need a little longer",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>thank you for taking part in {%assessment-name}. We need a little longer to decide, and will write to you either way.</p>\n<p>{%organization-name}</p>"},
	{ID: 113, Name: Rejection, Label: "Rejected", Description: "A candidate is not selected", Tags: candidateTags,
		Subject: "{%assessment-name}: our decision",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>thank you for the time and care you put into {%assessment-name}. We have decided to go on with other candidates this time.</p>\n<p>{%organization-name}</p>"},
	{ID: 121, Name: PanelAssigned, Label: "Panel assigned", Description: "A panelist has candidates to evaluate", Tags: panelTags,
		Subject: "{%count} to evaluate: {%assessment-name}",
		Content: "<p>Hello {%user-name},</p>\n<p>{%count} of {%assessment-name}, {%section-name}, wait for your evaluation, {%due-date}.</p>\n<p><a href=\"{%link}\">Open your queue</a></p>"},
	{ID: 122, Name: PanelReminder, Label: "Panel reminder", Description: "Evaluations are still missing", Tags: panelTags,
		Subject: "Still to evaluate: {%assessment-name}",
		Content: "<p>Hello {%user-name},</p>\n<p>{%count} of {%assessment-name}, {%section-name}, still wait for your evaluation, {%due-date}.</p>\n<p><a href=\"{%link}\">Open your queue</a></p>"},
}

var accountTypes = []Type{
	{ID: 802, Name: PasswordReset, Secret: true, Label: "Password reset", Description: "Somebody asked for a new password", Tags: accountTags,
		Subject: "Choose a new password",
		Content: "<p>Hello {%user-name},</p>\n<p>somebody, hopefully you, asked for a new password for Assay.</p>\n<p><a href=\"{%link}\">Choose a new password</a></p>\n<p>The link works once, until {%expires}. If it was not you, nothing has changed and there is nothing to do.</p>"},
	{ID: 842, Name: EmailChange, Secret: true, Label: "New e-mail address", Description: "A user confirms a new address of the account", Tags: emailTags,
		Subject: "Confirm your new address",
		Content: "<p>Hello {%user-name},</p>\n<p>{%new-address} is to become the e-mail address of your account at {%organization-name}.</p>\n<p><a href=\"{%link}\">Confirm the new address</a></p>\n<p>The link works once, until {%expires}. Until then you sign in with the old address. If it was not you, there is nothing to do.</p>"},
	{ID: 843, Name: EmailMoving, Secret: true, Label: "E-mail address about to change", Description: "The old address hears that another was asked for", Tags: emailTags,
		Subject: "Your account is to get another address",
		Content: "<p>Hello {%user-name},</p>\n<p>somebody, hopefully you, asked that your account at {%organization-name} use {%new-address} from now on. It changes when the link that went there is followed, until {%expires} at the latest.</p>\n<p>If it was not you, <a href=\"{%link}\">set a new password</a>: that ends the request and signs out every other device.</p>"},
	{ID: 841, Name: WebhookOff, Label: "Webhook turned off", Description: "Messages to another program could not be delivered", Tags: webhookTags,
		Subject: "Webhook turned off: {%address}",
		Content: "<p>Hello {%user-name},</p>\n<p>the webhook endpoint {%address} was turned off. {%reason}</p>\n<p><a href=\"{%link}\">See what failed, turn it on again and send it anew</a></p>"},
	{ID: 108, Name: UserInvitation, Secret: true, Label: "Account invitation", Description: "Somebody becomes a user", Tags: accountTags,
		Subject: "{%inviter-name} invites you to {%organization-name} on Assay",
		Content: "<p>Hello {%user-name},</p>\n<p>{%inviter-name} added you to {%organization-name} as {%role}.</p>\n<p><a href=\"{%link}\">Choose a password and sign in</a></p>\n<p>The link works once, until {%expires}.</p>"},
}

// The groups that screens list types in.
const (
	CandidateGroup   = "To candidates, about an assessment"
	PanelGroup       = "To panelists"
	InterviewGroup   = "Live interviews"
	SimulationGroup  = "Simulations"
	EventGroup       = "Events"
	ProgramGroup     = "Other programs"
	UserAccountGroup = "Accounts"
	TextGroup        = "Text messages, beside the mails"
)

// Groups are all of them, in the order in which screens show them.
var Groups = []string{CandidateGroup, PanelGroup, InterviewGroup, SimulationGroup, EventGroup, ProgramGroup, UserAccountGroup, TextGroup}

// GroupOf returns the group that a type is listed in.
func GroupOf(t Type) string {
	switch {
	case t.IsText():
		return TextGroup
	case t.Name == PanelAssigned || t.Name == PanelReminder:
		return PanelGroup
	case strings.HasPrefix(t.Name, "live-"):
		return InterviewGroup
	case strings.HasPrefix(t.Name, "simulation-"):
		return SimulationGroup
	case strings.HasPrefix(t.Name, "event-"):
		return EventGroup
	case t.Name == WebhookOff:
		return ProgramGroup
	case t.IsPersonal():
		return UserAccountGroup
	}
	return CandidateGroup
}

// TypeOf returns the type with the id; ok is false when there is none.
func TypeOf(id int64) (Type, bool) {
	for _, t := range Types {
		if t.ID == id {
			return t, true
		}
	}
	return Type{}, false
}

// TypeNamed returns the type with the name; ok is false when there is none.
func TypeNamed(name string) (Type, bool) {
	for _, t := range Types {
		if t.Name == name {
			return t, true
		}
	}
	return Type{}, false
}
