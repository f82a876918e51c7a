package testkit

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/textmessage"
	"github.com/assay-hire/assay/models"
)

// Text is a text message as its provider got it.
type Text struct {
	To, Text string
	ID       string `json:"-"`
}

// Phones is a provider of text messages in this process.
type Phones struct {
	mutex  sync.Mutex
	status int
	texts  []Text
}

// Answer has the provider answer every message with a status from now on.
func (p *Phones) Answer(status int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.status = status
}

// Texts returns what arrived so far, refused messages too.
func (p *Phones) Texts() []Text {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]Text(nil), p.texts...)
}

// WithPhones has text messages delivered to a real provider in this process from now on, and turns them on for Acme.
func (w *World) WithPhones(t *testing.T) *Phones {
	t.Helper()
	p := &Phones{status: http.StatusOK}
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		text := Text{ID: r.Header.Get("Idempotency-Key")}
		if err := json.NewDecoder(r.Body).Decode(&text); err != nil {
			t.Errorf("a text message arrived as something else: %v", err)
		}
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.texts = append(p.texts, text)
		answer.WriteHeader(p.status)
	}))
	t.Cleanup(server.Close)
	sender, err := textmessage.Open(server.URL)
	check(t, err)
	w.post.Texts = sender
	w.Runner.DeliverBy(w.post)
	w.TurnTextsOn(t)
	return p
}

// TurnTextsOn has text messages written beside the mails of Acme.
func (w *World) TurnTextsOn(t testing.TB) {
	t.Helper()
	w.Run(t, w.As(t, w.Ada), &actions.SetSwitch{Name: models.SwitchTexts, On: true})
}
