package notify

// Appointment is what a message about a live session tells its reader.
type Appointment string

// What messages about a live session tell.
const (
	Scheduled Appointment = "scheduled"
	Changed   Appointment = "changed"
	Cancelled Appointment = "cancelled"
	Upcoming  Appointment = "reminder"
)

// AppointmentType returns the name of the type of message that tells a candidate, or else somebody of the panel, about a
// live interview or a simulation.
func AppointmentType(isSimulation, toPanel bool, tells Appointment) string {
	name := "live-"
	if isSimulation {
		name = "simulation-"
	}
	if toPanel {
		name += "panel-"
	}
	return name + string(tells)
}

// The names of the types about events.
const (
	EventInvitation       = "event-invitation"
	EventRegisterReminder = "event-register-reminder"
	EventAttendReminder   = "event-attend-reminder"
	EventPanel            = "event-panel"
)

var (
	appointmentTags      = []string{"assessment-name", "section-name", "organization-name", "starts-at", "ends-at", "place", "message", "join-link", "panel-names", "candidate-name"}
	appointmentGuestTags = append(append([]string{}, appointmentTags...), "candidate-first-name")
	appointmentPanelTags = append(append([]string{}, appointmentTags...), "user-name")
	eventTags            = []string{"candidate-name", "candidate-first-name", "event-name", "event-dates", "event-place", "event-notes", "event-link", "organization-name"}
)

// appointmentIDs are the numbers of the types in the order scheduled, changed, cancelled, reminder.
var appointmentIDs = map[string][4]int64{
	"live-": {210, 211, 212, 213}, "live-panel-": {628, 629, 630, 631},
	"simulation-": {286, 287, 288, 289}, "simulation-panel-": {686, 687, 688, 689},
}

const (
	appointmentWhen = "<p><strong>{%starts-at}</strong> to {%ends-at}, {%place}.</p>\n"
	appointmentEnd  = "<p>{%message}</p>\n<p><a href=\"{%join-link}\">Open the page of the appointment</a></p>"
)

// appointmentTypes are the messages about live interviews and simulations: four for the candidate, four for the panel,
// of each kind.
func appointmentTypes() []Type {
	var types []Type
	for _, kind := range []struct{ name, label, noun string }{{"live-", "Live interview", "interview"}, {"simulation-", "Simulation", "simulation"}} {
		types = append(types, guestTypes(kind.name, kind.label, kind.noun)...)
		types = append(types, hostTypes(kind.name+"panel-", kind.label, kind.noun)...)
	}
	return types
}

func guestTypes(prefix, label, noun string) []Type {
	ids, hello := appointmentIDs[prefix], "<p>Hello {%candidate-first-name},</p>\n"
	return []Type{
		{ID: ids[0], Name: prefix + string(Scheduled), Label: label + " scheduled", Description: "A candidate is given an appointment", Tags: appointmentGuestTags,
			Subject: "Your " + noun + " with {%organization-name}: {%starts-at}",
			Content: hello + "<p>{%organization-name} invites you to " + withArticle(noun) + " for <strong>{%assessment-name}</strong>.</p>\n" + appointmentWhen + appointmentEnd},
		{ID: ids[1], Name: prefix + string(Changed), Label: label + " moved", Description: "A candidate's appointment moved", Tags: appointmentGuestTags,
			Subject: "New time for your " + noun + ": {%starts-at}",
			Content: hello + "<p>your " + noun + " for <strong>{%assessment-name}</strong> has a new time. The earlier one is no longer valid.</p>\n" + appointmentWhen + appointmentEnd},
		{ID: ids[2], Name: prefix + string(Cancelled), Label: label + " called off", Description: "A candidate's appointment is called off", Tags: appointmentGuestTags,
			Subject: "Called off: your " + noun + " on {%starts-at}",
			Content: hello + "<p>your " + noun + " for <strong>{%assessment-name}</strong> on {%starts-at} does not take place. There is nothing to do; we will be in touch about what comes next.</p>\n<p>{%organization-name}</p>"},
		{ID: ids[3], Name: prefix + string(Upcoming), Label: label + " reminder", Description: "A candidate's appointment comes near", Tags: appointmentGuestTags,
			Subject: "Soon: your " + noun + ", {%starts-at}",
			Content: hello + "<p>this is a reminder of your " + noun + " for <strong>{%assessment-name}</strong>.</p>\n" + appointmentWhen + appointmentEnd},
	}
}

func hostTypes(prefix, label, noun string) []Type {
	ids, hello := appointmentIDs[prefix], "<p>Hello {%user-name},</p>\n"
	return []Type{
		{ID: ids[0], Name: prefix + string(Scheduled), Label: label + " scheduled, panel", Description: "Somebody of the panel is given an appointment", Tags: appointmentPanelTags,
			Subject: "With {%candidate-name}: {%starts-at}",
			Content: hello + "<p>you are on the panel of " + withArticle(noun) + " with <strong>{%candidate-name}</strong> for {%assessment-name}.</p>\n" + appointmentWhen + appointmentEnd},
		{ID: ids[1], Name: prefix + string(Changed), Label: label + " moved, panel", Description: "An appointment of the panel moved", Tags: appointmentPanelTags,
			Subject: "New time with {%candidate-name}: {%starts-at}",
			Content: hello + "<p>the " + noun + " with <strong>{%candidate-name}</strong> for {%assessment-name} has a new time.</p>\n" + appointmentWhen + appointmentEnd},
		{ID: ids[2], Name: prefix + string(Cancelled), Label: label + " called off, panel", Description: "An appointment of the panel is called off", Tags: appointmentPanelTags,
			Subject: "Called off: {%candidate-name}, {%starts-at}",
			Content: hello + "<p>the " + noun + " with <strong>{%candidate-name}</strong> for {%assessment-name} on {%starts-at} does not take place, or goes on without you. Your calendar is free again.</p>"},
		{ID: ids[3], Name: prefix + string(Upcoming), Label: label + " reminder, panel", Description: "An appointment of the panel comes near", Tags: appointmentPanelTags,
			Subject: "Soon: {%candidate-name}, {%starts-at}",
			Content: hello + "<p>this is a reminder of the " + noun + " with <strong>{%candidate-name}</strong> for {%assessment-name}.</p>\n" + appointmentWhen + appointmentEnd},
	}
}

const eventFacts = "<p>{%event-dates}, {%event-place}</p>\n<p>{%event-notes}</p>\n"

var eventTypes = []Type{
	{ID: 310, Name: EventInvitation, Label: "Event invitation", Description: "A candidate is invited to an event", Tags: eventTags,
		Subject: "{%organization-name} invites you: {%event-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>{%organization-name} invites you to <strong>{%event-name}</strong>.</p>\n" + eventFacts + "<p><a href=\"{%event-link}\">See the event</a></p>"},
	{ID: 311, Name: EventRegisterReminder, Label: "Event reminder, not registered", Description: "An invited candidate has not registered yet", Tags: eventTags,
		Subject: "Will you come? {%event-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>you are invited to <strong>{%event-name}</strong>, and we have not heard from you yet.</p>\n" + eventFacts + "<p><a href=\"{%event-link}\">See the event</a></p>"},
	{ID: 312, Name: EventAttendReminder, Label: "Event reminder, registered", Description: "A registered candidate's event comes near", Tags: eventTags,
		Subject: "Soon: {%event-name}",
		Content: "<p>Hello {%candidate-first-name},</p>\n<p>you are registered for <strong>{%event-name}</strong>. We look forward to meeting you.</p>\n" + eventFacts},
	{ID: 315, Name: EventPanel, Label: "Event panel", Description: "Somebody of an event's panel has assessments to evaluate",
		Tags:    []string{"user-name", "event-name", "event-dates", "event-place", "count", "link", "organization-name"},
		Subject: "{%event-name}: {%count} to evaluate",
		Content: "<p>Hello {%user-name},</p>\n<p>{%count} of <strong>{%event-name}</strong> wait for your evaluation.</p>\n<p>{%event-dates}, {%event-place}</p>\n<p><a href=\"{%link}\">Open your queue</a></p>"},
}

func withArticle(noun string) string {
	if noun == "interview" {
		return "an " + noun
	}
	return "a " + noun
}
