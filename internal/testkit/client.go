package testkit

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/assay-hire/assay/models"
)

// Client is a browser without script: it keeps cookies and follows nothing by itself.
type Client struct {
	world *World
	jar   *cookiejar.Jar
}

// Reply is what a request got.
type Reply struct {
	Status int
	Header http.Header
	Body   string
	t      testing.TB
}

// Visitor returns a client that is not signed in.
func (w *World) Visitor(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	check(t, err)
	return &Client{world: w, jar: jar}
}

// SignIn returns a client signed in as a user, through the sign-in page.
func (w *World) SignIn(t testing.TB, u models.User) *Client {
	t.Helper()
	c := w.Visitor(t)
	reply := c.Post(t, "/sign-in", url.Values{"email": {u.Email}, "password": {Password}})
	if reply.Status != http.StatusSeeOther {
		t.Fatalf("sign in as %s: %d\n%s", u.Email, reply.Status, reply.Body)
	}
	return c
}

// Get asks for a page.
func (c *Client) Get(t testing.TB, path string) Reply {
	t.Helper()
	return c.Do(t, httptest.NewRequest(http.MethodGet, "http://assay.test"+path, nil))
}

// Post sends a form.
func (c *Client) Post(t testing.TB, path string, form url.Values) Reply {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://assay.test"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.Do(t, r)
}

// PostPart sends a form the way a script does, and gets the changed parts.
func (c *Client) PostPart(t testing.TB, path string, form url.Values) Reply {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://assay.test"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	return c.Do(t, r)
}

// Do sends any request with the client's cookies.
func (c *Client) Do(t testing.TB, r *http.Request) Reply {
	t.Helper()
	for _, cookie := range c.jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	recorder := httptest.NewRecorder()
	c.world.Server.ServeHTTP(recorder, r)
	result := recorder.Result()
	c.jar.SetCookies(r.URL, result.Cookies())
	return Reply{Status: result.StatusCode, Header: result.Header, Body: recorder.Body.String(), t: t}
}

// Follow gets the page that a reply redirects to.
func (c *Client) Follow(t testing.TB, r Reply) Reply {
	t.Helper()
	to := r.Header.Get("Location")
	if to == "" {
		to = r.Header.Get("HX-Redirect")
	}
	if to == "" {
		t.Fatalf("status %d leads nowhere:\n%s", r.Status, r.Body)
	}
	to, _, _ = strings.Cut(to, "#") // no browser sends the place within a page
	return c.Get(t, to)
}

// Want fails the test unless the reply has the status.
func (r Reply) Want(status int) Reply {
	r.t.Helper()
	if r.Status != status {
		r.t.Fatalf("status %d, want %d:\n%s", r.Status, status, r.Body)
	}
	return r
}

// Says fails the test unless the page holds every text.
func (r Reply) Says(texts ...string) Reply {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.Body, text) {
			r.t.Errorf("the page does not say %q:\n%s", text, r.Body)
		}
	}
	return r
}

// Find returns the elements of the page that a selector finds.
func (r Reply) Find(selector string) *goquery.Selection {
	r.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	check(r.t, err)
	return doc.Find(selector)
}
