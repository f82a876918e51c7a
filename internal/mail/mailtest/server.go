// Package mailtest is a real SMTP server inside the test's process.
package mailtest

import (
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// patience is how long WaitFor waits before the test fails.
const patience = 10 * time.Second

// Server collects what is sent to it.
type Server struct {
	address string

	mu       sync.Mutex
	messages []Message
	refusals map[string]int
	arrived  chan struct{}
}

// Start returns a server that runs until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen for mail: %v", err)
	}
	s := &Server{address: listener.Addr().String(), refusals: map[string]int{}, arrived: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{server: s}, nil }))
	server.Domain = "localhost"
	server.EnableSMTPUTF8 = true
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	t.Cleanup(func() {
		// Close knows the listener only once Serve has begun, so the listener is closed as well.
		for _, err := range []error{server.Close(), listener.Close()} {
			if err != nil && !errors.Is(err, net.ErrClosed) {
				t.Errorf("stop mail server: %v", err)
			}
		}
		if err := <-stopped; err != nil && !errors.Is(err, smtp.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Errorf("mail server: %v", err)
		}
	})
	return s
}

// URL is the address to give to mail.Open.
func (s *Server) URL() string { return "smtp://" + s.address + "?tls=none" }

// RejectFor makes the server answer the code to the recipient from now on; 550 bounces, 451 asks to try later, 0 takes
// mail again.
func (s *Server) RejectFor(address string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals[address] = code
}

// Messages returns what arrived so far, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// WaitFor returns the first message that matches, waiting for it to arrive. It fails the test when none does.
func (s *Server) WaitFor(t testing.TB, matches func(Message) bool) Message {
	t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		s.mu.Lock()
		i, arrived := slices.IndexFunc(s.messages, matches), s.arrived
		if i >= 0 {
			defer s.mu.Unlock()
			return s.messages[i]
		}
		s.mu.Unlock()
		select {
		case <-arrived:
		case <-limit.C:
			t.Fatalf("no such mail within %s; %d others arrived", patience, len(s.Messages()))
		}
	}
}

// WaitForRecipient is WaitFor for the first message to the address.
func (s *Server) WaitForRecipient(t testing.TB, address string) Message {
	t.Helper()
	return s.WaitFor(t, func(m Message) bool { return slices.Contains(m.Recipients, address) })
}

func (s *Server) take(m Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, m)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

func (s *Server) refusal(address string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refusals[address]
}

type session struct {
	server     *Server
	from       string
	recipients []string
}

func (s *session) Reset() { s.from, s.recipients = "", nil }

func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if code := s.server.refusal(to); code != 0 {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: "Refused for this test"}
	}
	s.recipients = append(s.recipients, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	message, err := parse(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	message.Sender, message.Recipients, message.Raw = s.from, s.recipients, string(raw)
	s.server.take(message)
	return nil
}
