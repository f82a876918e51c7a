package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
)

// Sender sends messages. It is safe for several callers at once.
type Sender struct {
	client          *http.Client
	mayReachPrivate bool
}

// NewSender returns a sender. Only one that may reaches private networks, and addresses without TLS.
func NewSender(mayReachPrivate bool) *Sender {
	return &Sender{client: newClient(mayReachPrivate), mayReachPrivate: mayReachPrivate}
}

// CheckURL returns an Invalid fault for an address that this sender would not send to.
func (s *Sender) CheckURL(text string) error { return checkURL(text, s.mayReachPrivate) }

// Message is what is sent.
type Message struct {
	URL, ID string
	At      time.Time // of this try
	Body    []byte    // JSON
	Secrets []string  // none for an unsigned message
}

// Outcome is how a try went. Error says in words why there was no answer, or why the message was not sent.
type Outcome struct {
	Status   int
	Excerpt  string // how the answer begins
	Error    string
	Duration time.Duration
}

// IsGood tells whether the other side took the message.
func (o Outcome) IsGood() bool { return o.Status >= 200 && o.Status < 300 }

const excerptBytes = 1024

// Send tries once.
func (s *Sender) Send(ctx context.Context, m Message) Outcome {
	began := time.Now()
	outcome := s.try(ctx, m)
	outcome.Duration = time.Since(began)
	return outcome
}

func (s *Sender) try(ctx context.Context, m Message) Outcome {
	if err := s.CheckURL(m.URL); err != nil {
		return Outcome{Error: err.Error()}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, m.URL, bytes.NewReader(m.Body))
	if err != nil {
		return Outcome{Error: "The address cannot be used."}
	}
	h := request.Header
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", "Assay-Webhook/1")
	h.Set("webhook-id", m.ID)
	h.Set("webhook-timestamp", strconv.FormatInt(m.At.Unix(), 10))
	if len(m.Secrets) > 0 {
		signature, err := Sign(m.Secrets, m.ID, m.At, m.Body)
		if err != nil {
			return Outcome{Error: err.Error()}
		}
		h.Set("webhook-signature", signature)
	}
	answer, err := s.client.Do(request)
	if err != nil {
		return Outcome{Error: inWords(err)}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, excerptBytes))
	outcome := Outcome{Status: answer.StatusCode, Excerpt: storable(text)}
	switch {
	case answer.StatusCode >= 300 && answer.StatusCode < 400:
		outcome.Error = "It answered with a redirect, which is not followed."
	case err != nil && !outcome.IsGood():
		outcome.Error = "Its answer ended early."
	}
	return outcome
}

// storable makes a text of bytes that any database takes.
func storable(b []byte) string {
	text := strings.ToValidUTF8(string(b), string(utf8.RuneError))
	return strings.ReplaceAll(text, "\x00", "")
}

// inWords says why there was no answer, without addresses of our own network.
func inWords(err error) string {
	var name *net.DNSError
	var network net.Error
	if f, ok := fault.As(err); ok {
		return f.Message
	}
	switch {
	case errors.As(err, &name):
		return fmt.Sprintf("The name %s cannot be resolved.", name.Name)
	case errors.As(err, &network) && network.Timeout():
		return fmt.Sprintf("There was no answer within %d seconds.", int(Timeout.Seconds()))
	case strings.Contains(err.Error(), "certificate"), strings.Contains(err.Error(), "tls:"):
		return "The connection is not secure: its certificate could not be verified."
	default:
		return "The connection failed."
	}
}
