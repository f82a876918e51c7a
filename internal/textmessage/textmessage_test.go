package textmessage_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/textmessage"
)

// provider answers with a status and keeps what it was sent.
type provider struct {
	*httptest.Server
	status   int
	received []received
}

type received struct {
	header http.Header
	path   string
	body   string
}

func startProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{status: http.StatusCreated}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		p.received = append(p.received, received{r.Header.Clone(), r.Method + " " + r.URL.String(), string(body)})
		w.WriteHeader(p.status)
		_, _ = io.WriteString(w, "because")
	}))
	t.Cleanup(p.Close)
	return p
}

func open(t *testing.T, address string) textmessage.Sender {
	t.Helper()
	sender, err := textmessage.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

var hello = textmessage.Message{ID: "7.41@assay", To: "+351 (0)21 000-10.00", Text: "Grüße & more"}

func TestAMessageIsPostedAsJSON(t *testing.T) {
	t.Parallel()
	p := startProvider(t)
	address := strings.Replace(p.URL, "http://", "http://:key@", 1) + "/v1/messages?region=eu#from=Acme"
	if err := open(t, address).Send(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	got := p.received[0]
	var members map[string]string
	if err := json.Unmarshal([]byte(got.body), &members); err != nil {
		t.Fatal(err)
	}
	if len(members) != 3 || members["to"] != "+351210001000" || members["text"] != hello.Text || members["from"] != "Acme" {
		t.Errorf("sent %v", members)
	}
	if got.path != "POST /v1/messages?region=eu" || got.header.Get("Authorization") != "Bearer key" ||
		got.header.Get("Idempotency-Key") != hello.ID || got.header.Get("Content-Type") != "application/json" {
		t.Errorf("sent to %s with %v", got.path, got.header)
	}
}

func TestAMessageIsPostedAsAForm(t *testing.T) {
	t.Parallel()
	p := startProvider(t)
	address := strings.Replace(p.URL, "http://", "http://AC1:key@", 1) + "/#format=form&to=To&text=Body&From=%2B351210001000"
	if err := open(t, address).Send(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	form, err := url.ParseQuery(p.received[0].body)
	if err != nil || len(form) != 3 || form.Get("To") != "+351210001000" || form.Get("Body") != hello.Text || form.Get("From") != "+351210001000" {
		t.Errorf("sent %v, %v", form, err)
	}
	if who := p.received[0].header.Get("Authorization"); who != "Basic QUMxOmtleQ==" {
		t.Errorf("signed in as %q", who)
	}
}

func TestRefusalsForGoodAreToldFromPassingOnes(t *testing.T) {
	t.Parallel()
	for status, permanent := range map[int]bool{400: true, 422: true, 401: false, 402: false, 404: false, 429: false, 500: false, 302: false} {
		p := startProvider(t)
		p.status = status
		err := open(t, p.URL).Send(t.Context(), hello)
		var refused *textmessage.DeliveryError
		if !errors.As(err, &refused) || refused.Status != status || !strings.Contains(err.Error(), "because") {
			t.Errorf("%d: got %v", status, err)
		}
		if textmessage.Permanent(err) != permanent {
			t.Errorf("%d is permanent: %v, want %v", status, !permanent, permanent)
		}
	}
	p := startProvider(t)
	address := strings.Replace(p.URL, "http://", "http://:key@", 1) + "/?token=private"
	p.Close()
	err := open(t, address).Send(t.Context(), hello)
	if err == nil || textmessage.Permanent(err) || strings.Contains(err.Error(), "private") || strings.Contains(err.Error(), "key@") {
		t.Errorf("nobody there: %v", err)
	}
}

func TestWhatCannotBeSentIsRefused(t *testing.T) {
	t.Parallel()
	p := startProvider(t)
	for _, m := range []textmessage.Message{{To: "ann@acme.example", Text: "x"}, {To: "+351210001000", Text: " "}} {
		err := open(t, p.URL).Send(t.Context(), m)
		if fault.KindOf(err) != fault.Invalid || !textmessage.Permanent(err) {
			t.Errorf("%v: %v", m, err)
		}
	}
	if len(p.received) > 0 {
		t.Errorf("sent %v", p.received)
	}
}

func TestAddressesThatAreNoProviders(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "sms.example.com", "smtp://x.example", "https://:key@", "https://x.example#format=xml", "https://x.example#a=%zz"} {
		if _, err := textmessage.Open(address); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"+351 210 001 000": "+351210001000", "00351-210.001.000": "+351210001000", "tel:+44 (0)20 7946 0000": "+442079460000",
		"(021) 000/1000": "0210001000", "2": "", "": "", "call me": "", "+1234567890123456": "", "+49 30 12x45": "",
	} {
		if got, ok := textmessage.Number(typed); got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", typed, got, ok, want)
		}
	}
}
