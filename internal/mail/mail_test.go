package mail_test

import (
	"context"
	"errors"
	"mime"
	"net"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/mail/mailtest"
)

func invitation() mail.Message {
	return mail.Message{
		From:      "Acme Recruiting <jobs@acme.example>",
		To:        []string{"Cleo Núñez <cleo@example.org>"},
		ReplyTo:   "rita@acme.example",
		Subject:   "Your test at Acme: größer & weiter",
		HTML:      `<p>Hello Cleo,</p><p><a href="https://acme.example/t/1">Start your test</a></p>`,
		Headers:   map[string]string{"List-Unsubscribe": "<https://acme.example/u/1>"},
		MessageID: "41.invitation@acme.example",
	}
}

func open(t *testing.T, address string) mail.Sender {
	t.Helper()
	sender, err := mail.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func TestSendDeliversTextHTMLAndAttachments(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	message := invitation()
	message.Cc = []string{"paul@acme.example"}
	message.Attachments = []mail.Attachment{{
		Name: "Gespräch.ics", MediaType: "text/calendar; method=REQUEST", Content: strings.NewReader("BEGIN:VCALENDAR"),
	}}
	if err := open(t, server.URL()).Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}

	got := server.WaitForRecipient(t, "cleo@example.org")
	for what, pair := range map[string][2]string{
		"envelope sender": {got.Sender, "jobs@acme.example"},
		"recipients":      {strings.Join(got.Recipients, " "), "cleo@example.org paul@acme.example"},
		"subject":         {got.Subject, message.Subject},
		"text":            {got.Text, "Hello Cleo,\n\nStart your test (https://acme.example/t/1)"},
		"html":            {got.HTML, message.HTML},
		"reply to":        {got.Header.Get("Reply-To"), "<rita@acme.example>"},
		"unsubscribe":     {got.Header.Get("List-Unsubscribe"), "<https://acme.example/u/1>"},
		"message id":      {got.Header.Get("Message-ID"), "<41.invitation@acme.example>"},
		"attachment":      {got.Attachments["Gespräch.ics"].Content, "BEGIN:VCALENDAR"},
	} {
		if strings.ReplaceAll(pair[0], "\r\n", "\n") != pair[1] {
			t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
		}
	}
	if kind := got.Attachments["Gespräch.ics"].MediaType; !strings.HasPrefix(kind, "text/calendar; method=REQUEST") {
		t.Errorf("the calendar arrived as %q", kind)
	}
}

func TestAnInvitationIsShownAndAttached(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	message, object := invitation(), "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Gespräch\r\nEND:VCALENDAR\r\n"
	message.Invitation = &mail.Invitation{Method: "CANCEL", Content: object}
	if err := open(t, server.URL()).Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	got := server.WaitForRecipient(t, "cleo@example.org")
	kind, parameters, err := mime.ParseMediaType(got.Calendar.MediaType)
	if err != nil || kind != "text/calendar" || parameters["method"] != "CANCEL" || !strings.EqualFold(parameters["charset"], "utf-8") {
		t.Errorf("shown as %q: %v", got.Calendar.MediaType, err)
	}
	if got.Calendar.Content != object || got.Attachments["appointment.ics"].Content != object {
		t.Errorf("arrived as %q and %q", got.Calendar.Content, got.Attachments["appointment.ics"].Content)
	}
	if got.HTML != message.HTML {
		t.Errorf("the text arrived as %q", got.HTML)
	}
	message.Invitation = &mail.Invitation{Method: "request\r\nX: y", Content: object}
	if err := open(t, server.URL()).Send(t.Context(), message); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a method that breaks the line: %v", err)
	}
}

func TestSendTellsBouncesFromPassingFailures(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		code      int
		permanent bool
	}{
		"unknown mailbox": {550, true},
		"mailbox full":    {552, true},
		"try later":       {451, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.Start(t)
			server.RejectFor("cleo@example.org", row.code)
			sender := open(t, server.URL())
			err := sender.Send(t.Context(), invitation())
			var refused *mail.DeliveryError
			if !errors.As(err, &refused) || refused.Code != row.code || refused.Bounce != row.permanent {
				t.Fatalf("got %#v (%v), want code %d", refused, err, row.code)
			}
			if mail.Permanent(err) != row.permanent {
				t.Errorf("Permanent is %v, want %v", mail.Permanent(err), row.permanent)
			}
			server.RejectFor("cleo@example.org", 0)
			if err := sender.Send(t.Context(), invitation()); err != nil || len(server.Messages()) != 1 {
				t.Errorf("second try: %v, %d messages", err, len(server.Messages()))
			}
		})
	}
}

func TestSendReportsAnAbsentServerAsPassing(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	err = open(t, "smtp://"+listener.Addr().String()+"?tls=none").Send(t.Context(), invitation())
	if err == nil || mail.Permanent(err) {
		t.Errorf("got %v, permanent %v", err, mail.Permanent(err))
	}
}

func TestSendTakesARefusedLoginForPassing(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	address := strings.Replace(server.URL(), "smtp://", "smtp://rita:wrong@", 1)
	err := open(t, address).Send(t.Context(), invitation())
	if err == nil || mail.Permanent(err) || len(server.Messages()) != 0 {
		t.Errorf("got %v, permanent %v, %d messages", err, mail.Permanent(err), len(server.Messages()))
	}
}

func TestSendRequiresEncryptionUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	for _, encryption := range []string{"", "?tls=starttls", "?tls=tls"} {
		address := strings.TrimSuffix(server.URL(), "?tls=none") + encryption
		if err := open(t, address).Send(t.Context(), invitation()); err == nil {
			t.Errorf("%q sent in the clear", encryption)
		}
	}
	if n := len(server.Messages()); n != 0 {
		t.Errorf("%d messages left in the clear", n)
	}
}

func TestSendStopsForACancelledContext(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := open(t, server.URL()).Send(ctx, invitation()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSendRefusesWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t)
	sender := open(t, server.URL())
	for name, spoil := range map[string]func(*mail.Message){
		"break in subject":     func(m *mail.Message) { m.Subject = "Hi\r\nBcc: all@example.org" },
		"break in recipient":   func(m *mail.Message) { m.To = []string{"cleo@example.org\r\nBcc: all@example.org"} },
		"break in sender name": func(m *mail.Message) { m.From = "Acme\nBcc: x@example.org <jobs@acme.example>" },
		"break in header":      func(m *mail.Message) { m.Headers["X-Note"] = "a\r\nBcc: x@example.org" },
		"break in header name": func(m *mail.Message) { m.Headers["X-Note: a\r\nBcc"] = "x@example.org" },
		"standard header":      func(m *mail.Message) { m.Headers["BCC"] = "x@example.org" },
		"break in identifier":  func(m *mail.Message) { m.MessageID = "a>\r\nBcc: x@example.org" },
		"break in file name": func(m *mail.Message) {
			m.Attachments = []mail.Attachment{{Name: "a\r\nBcc: x", Content: strings.NewReader("x")}}
		},
		"not an address": func(m *mail.Message) { m.To = []string{"cleo at example.org"} },
		"no recipient":   func(m *mail.Message) { m.To = nil },
		"no text":        func(m *mail.Message) { m.HTML = "" },
	} {
		message := invitation()
		spoil(&message)
		err := sender.Send(t.Context(), message)
		if fault.KindOf(err) != fault.Invalid || !mail.Permanent(err) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := len(server.Messages()); n != 0 {
		t.Errorf("%d spoilt messages arrived", n)
	}
}

func TestOpenRefusesAddressesWithoutRepeatingThePassword(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"", "mail.acme.example:25", "http://u:hunter2@mail.acme.example", "smtp://u:hunter2@", "smtp://u:hunter2@h:port",
		"smtp://u:hunter2@h?tls=maybe", "smtp://u:hunter2@h:99999",
	} {
		_, err := mail.Open(address)
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: got %v", address, err)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the message tells the password: %v", address, err)
		}
	}
}
