package mail

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/assay-hire/assay/internal/richtext"
)

// Text returns the plain text that stands for an HTML mail, with the addresses of its links.
func Text(html string) string {
	return richtext.PlainWithLinks(html)
}

func compose(m Message) (*mail.Msg, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	composed := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := address(composed, m); err != nil {
		return nil, fmt.Errorf("address mail: %w", err)
	}
	composed.Subject(m.Subject)
	composed.SetDate()
	if m.MessageID == "" {
		composed.SetMessageID()
	} else {
		composed.SetMessageIDWithValue(m.MessageID)
	}
	for name, value := range m.Headers {
		composed.SetGenHeader(mail.Header(name), value)
	}
	if m.Text == "" {
		m.Text = Text(m.HTML)
	}
	composed.SetBodyString(mail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		composed.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	if m.Invitation != nil {
		m.Attachments = append(slices.Clone(m.Attachments), invite(composed, *m.Invitation))
	}
	for _, a := range m.Attachments {
		composed.AttachReadSeeker(a.Name, a.Content, fileOptions(a)...)
	}
	return composed, nil
}

// invite adds a calendar object as a way to read the mail, which is where programs look for it, and returns its copy to
// attach. The copy is of another type, so that nobody is invited twice.
func invite(composed *mail.Msg, i Invitation) Attachment {
	composed.AddAlternativeString(mail.ContentType("text/calendar; method="+i.Method), i.Content)
	return Attachment{Name: "appointment.ics", MediaType: "application/ics", Content: strings.NewReader(i.Content)}
}

func address(composed *mail.Msg, m Message) error {
	if err := composed.From(m.From); err != nil {
		return err
	}
	if err := composed.To(m.To...); err != nil {
		return err
	}
	if err := composed.Cc(m.Cc...); err != nil {
		return err
	}
	if m.ReplyTo == "" {
		return nil
	}
	return composed.ReplyTo(m.ReplyTo)
}

func fileOptions(a Attachment) []mail.FileOption {
	if a.MediaType == "" {
		return nil
	}
	return []mail.FileOption{mail.WithFileContentType(mail.ContentType(a.MediaType))}
}
