// Package mail sends messages over SMTP. It knows nothing of outboxes: what failed for good and what deserves another
// try is told apart by Permanent, so that the caller can decide.
package mail

import (
	"context"
	"io"
	"net/mail"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// Message is one mail. From and To are needed, the rest may be empty. Addresses are plain ("ann@acme.example") or carry
// a name ("Ann Lee <ann@acme.example>").
type Message struct {
	From        string
	To          []string
	Cc          []string
	ReplyTo     string
	Subject     string
	Text        string
	HTML        string
	Attachments []Attachment
	// Invitation is a calendar object that programs show beside the text, for accepting or taking out; a copy of it is
	// attached as a file for programs that do not.
	Invitation *Invitation
	// Headers are sent beside the standard ones and may not replace them.
	Headers map[string]string
	// MessageID is the identifier without angle brackets; one is made when it is empty. Keep it the same when a message
	// is tried again, so that receivers can drop the second copy.
	MessageID string
}

// Attachment is a file that travels with a message. MediaType is guessed from Name when empty; give
// "text/calendar; method=REQUEST" for an invitation.
type Attachment struct {
	Name      string
	MediaType string
	Content   io.ReadSeeker
}

// Invitation is an iCalendar object and the method it names, such as REQUEST.
type Invitation struct{ Method, Content string }

func (i Invitation) valid() bool {
	return i.Content != "" && i.Method != "" && !strings.ContainsFunc(i.Method, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// Sender delivers messages.
type Sender interface {
	// Send hands the message to the mail server and returns nil once the server took it. It returns a fault.Invalid for
	// a message that cannot be sent at all and a *DeliveryError when the server refused it.
	Send(ctx context.Context, message Message) error
}

// standardHeaders are set from the fields of a message.
var standardHeaders = map[string]bool{
	"from": true, "to": true, "cc": true, "bcc": true, "reply-to": true, "sender": true, "subject": true, "date": true,
	"message-id": true, "mime-version": true, "return-path": true,
}

// Validate returns a fault.Invalid naming what keeps the message from being sent: a missing or malformed address, a
// line break in a header, a header that replaces a standard one, or nothing to read.
func (m Message) Validate() error {
	bad := fault.Fields{}
	checkAddresses(bad, "from", m.From)
	checkAddresses(bad, "to", m.To...)
	checkAddresses(bad, "cc", m.Cc...)
	if m.ReplyTo != "" {
		checkAddresses(bad, "reply_to", m.ReplyTo)
	}
	if len(m.To) == 0 {
		bad["to"] = "Name at least one recipient."
	}
	if breaksLine(m.Subject) {
		bad["subject"] = "A subject is one line."
	}
	if strings.ContainsAny(m.MessageID, "<> \t") || breaksLine(m.MessageID) {
		bad["message_id"] = "An identifier has no spaces and no angle brackets."
	}
	if m.Text == "" && m.HTML == "" {
		bad["text"] = "A message needs a text."
	}
	if m.Invitation != nil && !m.Invitation.valid() {
		bad["invitation"] = "An invitation has a method and content."
	}
	checkHeaders(bad, m.Headers)
	checkAttachments(bad, m.Attachments)
	return fault.Refuse(bad)
}

func checkAddresses(bad fault.Fields, field string, addresses ...string) {
	for _, address := range addresses {
		if breaksLine(address) {
			bad[field] = "An address is one line."
			return
		}
		if _, err := mail.ParseAddress(address); err != nil {
			bad[field] = "“" + address + "” is not an e-mail address."
			return
		}
	}
}

func checkHeaders(bad fault.Fields, headers map[string]string) {
	for name, value := range headers {
		switch {
		case standardHeaders[strings.ToLower(name)] || strings.HasPrefix(strings.ToLower(name), "content-"):
			bad["headers"] = name + " is set by the message itself."
		case name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 127 || r == ':' }):
			bad["headers"] = "A header's name has only letters, digits and dashes."
		case breaksLine(value):
			bad["headers"] = name + " is one line."
		}
	}
}

func checkAttachments(bad fault.Fields, attachments []Attachment) {
	for _, a := range attachments {
		if a.Name == "" || a.Content == nil || breaksLine(a.Name) || breaksLine(a.MediaType) {
			bad["attachments"] = "An attachment has a name of one line and content."
		}
	}
}

func breaksLine(s string) bool {
	return strings.ContainsAny(s, "\r\n\x00")
}
