package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

func empty(t *testing.T) (*house, string) {
	t.Helper()
	s := config.Settings{Addr: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "data"), MailFrom: "Assay <assay@example.com>"}
	s.Resolve()
	h, err := openHouse(context.Background(), s, secrets.TestCost, database.SystemClock{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	return h, s.Data
}

func answer(h *house, method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

func TestTheFirstRunAsksForTheCodeThatWasPrinted(t *testing.T) {
	h, data := empty(t)
	var out bytes.Buffer
	if err := h.announceFirstRun(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`[0-9a-z]{4}(-[0-9a-z]{4}){3}`).FindString(out.String())
	if code == "" {
		t.Fatalf("no code in %q", out.String())
	}
	if to := answer(h, "GET", "/sign-in", nil).Header().Get("Location"); to != "/setup" {
		t.Errorf("the sign-in page leads to %q", to)
	}
	form := url.Values{"code": {"0000-0000-0000-0000"}, "name": {"Acme"}, "time_zone": {"UTC"}, "admin_name": {"Ada"},
		"admin_email": {"ada@example.com"}, "admin_password": {"pebble lantern orchard violin"}}
	if w := answer(h, "POST", "/setup", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "This is not the code") {
		t.Errorf("a wrong code: %d", w.Code)
	}
	form.Set("code", strings.ToUpper(code))
	form.Set("admin_password", "")
	if w := answer(h, "POST", "/setup", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no password: %d", w.Code)
	}
	form.Set("admin_password", "pebble lantern orchard violin")
	if w := answer(h, "POST", "/setup", form); w.Code != http.StatusSeeOther {
		t.Fatalf("the right code: %d %s", w.Code, w.Body)
	}
	for _, method := range []string{"GET", "POST"} {
		if w := answer(h, method, "/setup", form); w.Code != http.StatusNotFound {
			t.Errorf("%s /setup afterwards: %d", method, w.Code)
		}
	}
	signIn := url.Values{"email": {"ada@example.com"}, "password": {"pebble lantern orchard violin"}}
	if w := answer(h, "POST", "/sign-in", signIn); w.Code != http.StatusSeeOther {
		t.Errorf("signing in: %d", w.Code)
	}
	out.Reset()
	if err := h.announceFirstRun(context.Background(), &out); err != nil || out.Len() != 0 {
		t.Errorf("it announces itself again: %v %q", err, out.String())
	}
	provesAndNamesTheBroken(t, h, data)
}

// provesAndNamesTheBroken runs assay verify on the folder, before and after somebody changed an entry.
func provesAndNamesTheBroken(t *testing.T, h *house, data string) {
	t.Helper()
	var out bytes.Buffer
	if err := verify(context.Background(), []string{"--data", data}, &out); err != nil || !strings.Contains(out.String(), "head ") {
		t.Fatalf("verify: %v\n%s", err, out.String())
	}
	err := h.db.Write.Model(&models.AuditEntry{}).Where("seq = 2").UpdateColumn("verb", "nothing").Error
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := verify(context.Background(), []string{"--data", data}, &out); !errors.Is(err, errBroken) || !strings.Contains(out.String(), "broken at entry 2") {
		t.Errorf("verify after a change: %v\n%s", err, out.String())
	}
	if err := verify(context.Background(), []string{"--data", data, "--organization", "99"}, &out); err == nil {
		t.Error("an organization that is not there was verified")
	}
}

func TestMetricsAreForThisMachineAndHoldNoAddresses(t *testing.T) {
	h, _ := empty(t)
	answer(h, "GET", "/invitation/a-secret-code", nil)
	get := func(remote, forwarded string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/metrics", nil)
		r.RemoteAddr = remote
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		w := httptest.NewRecorder()
		h.server.ServeHTTP(w, r)
		return w
	}
	got := get("127.0.0.1:5000", "")
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `route="/invitation/:token"`) ||
		!strings.Contains(got.Body.String(), "go_sql_open_connections") {
		t.Errorf("metrics: %d\n%.2000s", got.Code, got.Body)
	}
	if strings.Contains(got.Body.String(), "a-secret-code") {
		t.Error("metrics hold what was in an address")
	}
	for _, w := range []*httptest.ResponseRecorder{get("192.0.2.7:5000", ""), get("127.0.0.1:5000", "192.0.2.7")} {
		if w.Code != http.StatusNotFound {
			t.Errorf("from elsewhere: %d", w.Code)
		}
	}
}

func TestHelpAndUnknownCommands(t *testing.T) {
	var out bytes.Buffer
	if err := run(context.Background(), nil, &out); err != nil {
		t.Fatal(err)
	}
	for _, c := range commands {
		if !strings.Contains(out.String(), "  "+c.name+" ") {
			t.Errorf("help does not list %s", c.name)
		}
	}
	if err := run(context.Background(), []string{"dance"}, &out); err == nil {
		t.Error("an unknown command is taken")
	}
}
