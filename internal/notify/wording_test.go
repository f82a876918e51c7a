package notify_test

import (
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/notify"
)

func TestDefaultWordingsSurviveCleaning(t *testing.T) {
	t.Parallel()
	for _, kind := range notify.Types {
		clean := notify.Clean(kind.Content)
		for _, tag := range kind.Tags {
			if strings.Contains(kind.Content, "{%"+tag+"}") != strings.Contains(clean, "{%"+tag+"}") {
				t.Errorf("%s loses the tag %s:\n%s", kind.Name, tag, clean)
			}
		}
		if err := kind.CheckTags("content", kind.Content+kind.Subject); err != nil {
			t.Errorf("%s: %v", kind.Name, err)
		}
		for _, tag := range kind.Tags {
			if notify.TagMeaning(tag) == "" || notify.SampleTags("Acme", "")[tag] == "" {
				t.Errorf("nobody is told what the tag %s of %s means", tag, kind.Name)
			}
		}
	}
}

func TestWhatLetsACandidateInIsForThoseWhoInvite(t *testing.T) {
	t.Parallel()
	for name, admits := range map[string]bool{notify.Invitation: true, notify.Reminder: true, "live-scheduled": true, notify.EventInvitation: true,
		notify.Rejection: false, notify.PanelAssigned: false, notify.PasswordReset: false} {
		if kind, known := notify.TypeNamed(name); !known || kind.AdmitsCandidate() != admits {
			t.Errorf("%s (%t): %t, want %t", name, known, kind.AdmitsCandidate(), admits)
		}
	}
}

func TestWithLink(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name, words  string
		want, absent string
	}{
		{"words", "Hello {%candidate-first-name},\n\nsee <this> & that.", "<p>see &lt;this&gt; &amp; that.</p>", "<this>"},
		{"the link follows", "Hello", `<a href="{%link}"`, "xTAG"},
		{"a script is cleaned", "<p>Hello</p><script>x()</script>", "<p>Hello</p>", "script"},
		{"an own link is kept", `<p><a href="{%link}">Go</a></p>`, `{%link}`, "verification code"},
	}
	for _, row := range rows {
		got := notify.WithLink(row.words)
		if !strings.Contains(got, row.want) || strings.Contains(got, row.absent) {
			t.Errorf("%s: got %s", row.name, got)
		}
	}
	if notify.WithLink(" \n ") != "" {
		t.Error("no words have a body")
	}
}

func TestAParagraphWithoutAValueIsLeftOut(t *testing.T) {
	t.Parallel()
	got := notify.Content("<p>Hello</p>\n<p>{%message}</p>\n<p>Bye {%message}</p>", notify.Tags{"message": ""})
	if got != "<p>Hello</p>\n<p>Bye </p>" {
		t.Errorf("got %q", got)
	}
}

func TestAppointmentsHaveATypeForEverybody(t *testing.T) {
	t.Parallel()
	seen := map[int64]string{}
	for _, kind := range notify.Types {
		if other := seen[kind.ID]; other != "" {
			t.Errorf("%s and %s have the number %d", kind.Name, other, kind.ID)
		}
		seen[kind.ID] = kind.Name
	}
	for _, simulation := range []bool{true, false} {
		for _, panel := range []bool{true, false} {
			for _, tells := range []notify.Appointment{notify.Scheduled, notify.Changed, notify.Cancelled, notify.Upcoming} {
				if _, known := notify.TypeNamed(notify.AppointmentType(simulation, panel, tells)); !known {
					t.Errorf("no type %s", notify.AppointmentType(simulation, panel, tells))
				}
			}
		}
	}
}
