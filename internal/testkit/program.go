package testkit

import (
	"encoding/json"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Program is a client of the JSON APIs: it sends a bearer token, or none, and keeps no cookies.
type Program struct {
	Token string
	world *World
}

// Stranger returns a program without a token.
func (w *World) Stranger() Program { return Program{world: w} }

// With returns a program that sends a token.
func (w *World) With(token string) Program { return Program{Token: token, world: w} }

// Program returns a program with a personal token of a user, narrowed to the scopes that are named.
func (w *World) Program(t testing.TB, u models.User, scopes ...string) Program {
	t.Helper()
	a := actions.CreatePersonalToken{Name: "Script", Scopes: scopes, Days: 30}
	w.Run(t, w.As(t, u), &a)
	return w.With(a.Token.Access)
}

// APIClient makes an application known to a user's organization.
func (w *World) APIClient(t testing.TB, by models.User, scopes ...string) actions.CreateAPIClient {
	t.Helper()
	a := actions.CreateAPIClient{Name: "Connector", Scopes: scopes}
	w.Run(t, w.As(t, by), &a)
	return a
}

// Get asks for a path.
func (p Program) Get(t testing.TB, path string) Reply {
	t.Helper()
	return p.Send(t, "GET", path, "", "")
}

// JSON sends a value as JSON; nil for no body.
func (p Program) JSON(t testing.TB, method, path string, body any) Reply {
	t.Helper()
	if body == nil {
		return p.Send(t, method, path, "", "")
	}
	text, err := json.Marshal(body)
	check(t, err)
	return p.Send(t, method, path, "application/json", string(text))
}

// Form sends a form.
func (p Program) Form(t testing.TB, path string, form url.Values) Reply {
	t.Helper()
	return p.Send(t, "POST", path, "application/x-www-form-urlencoded", form.Encode())
}

// Send sends anything, with headers in pairs of name and value.
func (p Program) Send(t testing.TB, method, path, contentType, body string, headers ...string) Reply {
	t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, "http://assay.test"+path, reader)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if p.Token != "" {
		r.Header.Set("Authorization", "Bearer "+p.Token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return p.world.Visitor(t).Do(t, r)
}

// Into fills a value from the JSON of a reply, and fails the test when that is none.
func (r Reply) Into(v any) Reply {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.Body), v); err != nil {
		r.t.Fatalf("status %d, not JSON: %v\n%s", r.Status, err, r.Body)
	}
	return r
}
