package mailtest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
)

// Message is a mail as it arrived. Sender and Recipients are the envelope's; Subject, Text, HTML and attachment names
// are decoded; Header and Raw are as sent.
type Message struct {
	Sender      string
	Recipients  []string
	Header      mail.Header
	Subject     string
	Text        string
	HTML        string
	Calendar    Attachment // shown beside the text, not as a file
	Attachments map[string]Attachment
	Raw         string
}

// Attachment is a file that came with a message.
type Attachment struct {
	MediaType string
	Content   string
}

func parse(r io.Reader) (Message, error) {
	received, err := mail.ReadMessage(r)
	if err != nil {
		return Message{}, fmt.Errorf("read mail: %w", err)
	}
	m := Message{Header: received.Header, Attachments: map[string]Attachment{}}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(received.Header.Get("Subject")); err != nil {
		return Message{}, fmt.Errorf("decode subject: %w", err)
	}
	return m, m.read(textproto.MIMEHeader(received.Header), received.Body)
}

func (m *Message) read(header textproto.MIMEHeader, body io.Reader) error {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("read media type: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return m.readParts(multipart.NewReader(body, parameters["boundary"]))
	}
	content, err := io.ReadAll(decode(header.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return fmt.Errorf("read part: %w", err)
	}
	disposition, named, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	switch {
	case err == nil && disposition == "attachment":
		name, err := new(mime.WordDecoder).DecodeHeader(named["filename"])
		if err != nil {
			return fmt.Errorf("decode file name: %w", err)
		}
		m.Attachments[name] = Attachment{MediaType: header.Get("Content-Type"), Content: string(content)}
	case kind == "text/html":
		m.HTML = string(content)
	case kind == "text/calendar":
		m.Calendar = Attachment{MediaType: header.Get("Content-Type"), Content: string(content)}
	case kind == "text/plain":
		m.Text = string(content)
	}
	return nil
}

func (m *Message) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read mail part: %w", err)
		}
		if err := m.read(part.Header, part); err != nil {
			return err
		}
	}
}

func decode(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}
