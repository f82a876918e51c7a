package textmessage

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
)

const (
	timeout      = 15 * time.Second
	excerptBytes = 300
)

// gateway is a provider as its address describes it.
type gateway struct {
	client  *http.Client
	address string
	user    *url.Userinfo
	isForm  bool
	to      string            // what the provider calls the number
	text    string            // and the text
	others  map[string]string // members that are sent with every message
}

// Open returns a Sender for the address of a provider, which every message is posted to. A name and a password in the
// address are sent as basic authentication, a password alone as a bearer token.
//
// What the provider wants to be sent stands behind #, as in a query, and is never sent as part of the address: format is
// json (if not said) or form, to and text are the names of the two members that every message has, and any other name is
// a member with a fixed value. So https://ID:KEY@sms.example.com/messages#format=form&to=To&text=Body&From=%2B351210001000
// posts the form To, Body and From.
//
// Open does not connect. It returns a fault.Invalid for an address it does not understand.
func Open(address string) (Sender, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		// The address holds a key: it is not repeated in the message.
		return nil, fault.New(fault.Invalid, "The text message provider's address has the form https://user:key@host/path.")
	}
	members, err := url.ParseQuery(u.EscapedFragment())
	if err != nil {
		return nil, fault.New(fault.Invalid, "What stands behind # in the text message provider's address is not readable.")
	}
	g := gateway{user: u.User, to: "to", text: "text", others: map[string]string{}, client: &http.Client{Timeout: timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for name := range members {
		switch value := members.Get(name); name {
		case "format":
			if g.isForm = value == "form"; !g.isForm && value != "json" {
				return nil, fault.New(fault.Invalid, "The text message provider's format is json or form.")
			}
		case "to":
			g.to = value
		case "text":
			g.text = value
		default:
			g.others[name] = value
		}
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	g.address = u.String()
	return &g, nil
}

// Send implements Sender.
func (g *gateway) Send(ctx context.Context, m Message) error {
	number, ok := Number(m.To)
	if !ok {
		return fault.Field("to", "“%s” is not a telephone number.", m.To)
	}
	if strings.TrimSpace(m.Text) == "" {
		return fault.Field("text", "A text message needs a text.")
	}
	request, err := g.request(ctx, number, m)
	if err != nil {
		return &DeliveryError{cause: err}
	}
	answer, err := g.client.Do(request)
	if err != nil {
		return &DeliveryError{cause: withoutAddress(err)}
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 200 && answer.StatusCode < 300 {
		return nil
	}
	said, err := io.ReadAll(io.LimitReader(answer.Body, excerptBytes))
	if err != nil {
		said = nil // the status says enough
	}
	return &DeliveryError{Status: answer.StatusCode, Said: strings.ReplaceAll(strings.ToValidUTF8(string(said), string(utf8.RuneError)), "\x00", "")}
}

// withoutAddress takes the address out of an error, whose query may hold a key.
func withoutAddress(err error) error {
	if wrapped, ok := err.(*url.Error); ok {
		return wrapped.Err
	}
	return err
}

func (g *gateway) request(ctx context.Context, number string, m Message) (*http.Request, error) {
	members := maps.Clone(g.others)
	members[g.to], members[g.text] = number, m.Text
	body, kind, err := g.encode(members)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.address, bytes.NewReader(body))
	if err != nil {
		return nil, withoutAddress(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "Assay")
	if m.ID != "" {
		request.Header.Set("Idempotency-Key", m.ID)
	}
	if g.user != nil {
		key, _ := g.user.Password()
		if name := g.user.Username(); name != "" {
			request.SetBasicAuth(name, key)
		} else {
			request.Header.Set("Authorization", "Bearer "+key)
		}
	}
	return request, nil
}

func (g *gateway) encode(members map[string]string) (body []byte, mediaType string, err error) {
	if !g.isForm {
		body, err = json.Marshal(members)
		return body, "application/json", err
	}
	form := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		form.Set(name, members[name])
	}
	return []byte(form.Encode()), "application/x-www-form-urlencoded", nil
}
