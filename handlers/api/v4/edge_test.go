package v4_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/labstack/echo/v4"
)

func TestErrorsHaveOneForm(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	rows := []struct {
		name         string
		reply        testkit.Reply
		status       int
		says, header string
	}{
		{"no token", w.Stranger().Get(t, mePath), 401, "Authorization", "WWW-Authenticate"},
		{"bad token", w.With("guess").Get(t, mePath), 401, "unknown, expired or revoked", "WWW-Authenticate"},
		{"long token", w.With(strings.Repeat("x", 5000)).Get(t, mePath), 401, "unknown", "WWW-Authenticate"},
		{"unknown path", rita.Get(t, "/api/v4/nothing/here"), 404, "nothing at this address", ""},
		{"the prefix", rita.Get(t, "/api/v4"), 404, "nothing at this address", ""},
		{"wrong method", rita.JSON(t, "PATCH", mePath, nil), 405, "Allow", "Allow"},
		{"another version", rita.Send(t, "GET", mePath, "", "", "Accept", "application/json; version=9"), 415, "version 4", ""},
		{"wrong type", w.Stranger().Send(t, "POST", tokenPath, "text/plain", "x"), 415, "application/json", ""},
		{"no type", w.Stranger().Send(t, "POST", tokenPath, "", "{}"), 415, "application/json", ""},
		{"files where none are", w.Stranger().Send(t, "POST", tokenPath, "multipart/form-data; boundary=x", "--x--"), 415, "application/json", ""},
		{"too long", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"a":"`+strings.Repeat("x", 3<<20)+`"}`), 413, "larger", ""},
		{"far too long", w.Stranger().Send(t, "POST", tokenPath, "application/json", strings.Repeat(" ", 31<<20)), 413, "larger", ""},
		{"malformed", w.Stranger().Send(t, "POST", tokenPath, "application/json", "{\"a\":\n !}"), 400, "line 2, column 2", ""},
		{"cut off", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"a":`), 400, "not complete", ""},
		{"trailing", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{} {}`), 400, "something follows", ""},
		{"an array", w.Stranger().Send(t, "POST", tokenPath, "application/json", `[1]`), 400, "JSON object", ""},
		{"deep", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"a":`+strings.Repeat("[", 100_000)), 400, "too deep", ""},
		{"long number", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"a":`+strings.Repeat("9", 100_000)+`}`), 400, "too long", ""},
		{"NUL", w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"a":"\u0000"}`), 400, "U+0000", ""},
		{"not UTF-8", w.Stranger().Send(t, "POST", tokenPath, "application/json", "{\"a\":\"\xff\"}"), 400, "UTF-8", ""},
	}
	for _, row := range rows {
		var got token
		row.reply.Want(row.status).Says(row.says).Into(&got)
		if got.Status != row.status || got.Name != http.StatusText(row.status) || got.Message == "" {
			t.Errorf("%s: got %+v", row.name, got)
		}
		if row.header != "" && row.reply.Header.Get(row.header) == "" {
			t.Errorf("%s: no %s", row.name, row.header)
		}
		if row.reply.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: another site's script cannot read it", row.name)
		}
	}
	if allow := rows[5].reply.Header.Get("Allow"); allow != "GET, PUT, OPTIONS" {
		t.Errorf("Allow: %q", allow)
	}
	twice := w.Stranger().Send(t, "POST", tokenPath, "application/json", `{"grant_type":"password","grant_type":"password"}`)
	twice.Want(http.StatusBadRequest).Says("invalid_request", "grant_type")
	w.Stranger().Send(t, "POST", tokenPath, "application/x-www-form-urlencoded", "grant_type=a&grant_type=b").Want(http.StatusBadRequest).Says("invalid_request")
}

func TestWhatIsInternalStaysInside(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	for name, row := range map[string]struct {
		answer echo.HandlerFunc
		status int
	}{
		"panic":    {func(echo.Context) error { panic("the word is swordfish") }, 500},
		"internal": {func(echo.Context) error { return errors.New("the word is swordfish") }, 500},
		"conflict": {func(echo.Context) error { return fault.New(fault.Conflict, "It is taken.") }, 409},
		"gone":     {func(echo.Context) error { return fault.New(fault.Gone, "It is over.") }, 410},
		"missing":  {func(echo.Context) error { return fault.Missing("row") }, 404},
	} {
		w.Server.GET("/api/v4/test/"+name, row.answer)
		var got token
		reply := w.Stranger().Get(t, "/api/v4/test/"+name).Want(row.status).Into(&got)
		if got.Status != row.status || got.Message == "" || strings.Contains(reply.Body, "swordfish") {
			t.Errorf("%s: %s", name, reply.Body)
		}
	}
	w.Server.GET("/api/v4/test/invalid", func(echo.Context) error {
		return fault.Refuse(fault.Fields{"b": "Not this.", "a": "Nor this."})
	})
	invalid := w.Stranger().Get(t, "/api/v4/test/invalid").Want(http.StatusUnprocessableEntity)
	if got := strings.TrimSpace(invalid.Body); got != `[{"field":"a","message":"Nor this."},{"field":"b","message":"Not this."}]` {
		t.Errorf("got %s", got)
	}
}

func TestNothingGoesInTheClear(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.Runner.World.BaseURL = "https://assay.test"
	rita := w.Program(t, w.Rita)
	rita.Send(t, "GET", mePath, "", "", "X-Forwarded-Proto", "http").Want(http.StatusForbidden).Says("https")
	safe := rita.Send(t, "GET", mePath, "", "", "X-Forwarded-Proto", "https").Want(http.StatusOK)
	if safe.Header.Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to stay with https")
	}
}

func TestSuppressedErrors(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	var wrapped struct {
		Success bool
		Data    struct {
			Status int
			Email  string
		}
	}
	for _, name := range []string{"suppress_error_code", "suppress_response_code"} {
		w.Stranger().Get(t, mePath+"?"+name+"=true").Want(http.StatusOK).Into(&wrapped)
		if wrapped.Success || wrapped.Data.Status != http.StatusUnauthorized {
			t.Errorf("%s: %+v", name, wrapped)
		}
		w.Stranger().Get(t, "/api/v4/nothing?"+name+"=true").Want(http.StatusOK).Into(&wrapped)
		if wrapped.Success || wrapped.Data.Status != http.StatusNotFound {
			t.Errorf("%s: %+v", name, wrapped)
		}
		w.Program(t, w.Rita).Get(t, mePath+"?"+name+"=true").Want(http.StatusOK).Into(&wrapped)
		if !wrapped.Success || wrapped.Data.Email != w.Rita.Email {
			t.Errorf("%s: %+v", name, wrapped)
		}
	}
	w.Stranger().Get(t, mePath+"?suppress_error_code=false").Want(http.StatusUnauthorized)
}

func TestOtherSitesMayAsk(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	asked := w.Stranger().Send(t, "OPTIONS", mePath, "", "", "Origin", "https://example.org", "Access-Control-Request-Method", "GET",
		"Access-Control-Request-Headers", "authorization").Want(http.StatusNoContent)
	for header, want := range map[string]string{"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "DELETE",
		"Access-Control-Allow-Headers": "Authorization", "Access-Control-Expose-Headers": "X-Pagination-Total-Count"} {
		if got := asked.Header.Get(header); !strings.Contains(got, want) {
			t.Errorf("%s: %q", header, got)
		}
	}
	if asked.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Error("cookies are asked for")
	}
	plain := w.Stranger().Send(t, "OPTIONS", mePath, "", "").Want(http.StatusNoContent)
	if plain.Header.Get("Allow") != "GET, PUT, OPTIONS" {
		t.Errorf("Allow: %q", plain.Header.Get("Allow"))
	}
	w.Program(t, w.Rita).Send(t, "GET", mePath, "", "", "Origin", "https://example.org", "Sec-Fetch-Site", "cross-site").Want(http.StatusOK)
}

func TestCookiesOpenNothing(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.SignIn(t, w.Rita).Get(t, mePath).Want(http.StatusUnauthorized)
}

func TestATokenAsksSoOften(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita, paul := w.Program(t, w.Rita), w.Program(t, w.Paul)
	first := rita.Get(t, mePath).Want(http.StatusOK)
	for header, want := range map[string]string{"X-Rate-Limit-Limit": "600", "X-Rate-Limit-Remaining": "599", "X-Rate-Limit-Reset": "1"} {
		if got := first.Header.Get(header); got != want {
			t.Errorf("%s: %q", header, got)
		}
	}
	for range 599 {
		rita.Get(t, mePath).Want(http.StatusOK)
	}
	over := rita.Get(t, mePath).Want(http.StatusTooManyRequests).Says(`"status":429`)
	for header, want := range map[string]string{"Retry-After": "1", "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": "60"} {
		if got := over.Header.Get(header); got != want {
			t.Errorf("%s: %q", header, got)
		}
	}
	paul.Get(t, mePath).Want(http.StatusOK)
	w.Clock.Advance(time.Second)
	rita.Get(t, mePath).Want(http.StatusOK)
	for range 600 {
		w.With("guess").Get(t, mePath).Want(http.StatusUnauthorized)
	}
	w.With("guess").Get(t, mePath).Want(http.StatusTooManyRequests)
	paul.Get(t, mePath).Want(http.StatusOK)
}

func TestScopesOfAPersonalToken(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	p := w.Program(t, w.Rita, "candidate:read")
	if !strings.HasPrefix(p.Token, "assay_pat_") {
		t.Errorf("token %q", p.Token)
	}
	actor, err := w.Runner.IdentifyToken(t.Context(), p.Token)
	if err != nil || actor.Role != w.Rita.CurrentRole || actor.TokenScope != "candidate:read" {
		t.Errorf("%v: %+v", err, actor)
	}
	w.Clock.Advance(31 * 24 * time.Hour)
	p.Get(t, mePath).Want(http.StatusUnauthorized)
}

func TestAPathMayEndInASlash(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	rita.JSON(t, "POST", "/api/v4/models/candidate/", map[string]any{"email": "Slash@Example.org"}).Want(http.StatusCreated)
	rita.Get(t, "/api/v4/models/candidate/?email=SLASH@example.org").Want(http.StatusOK).Says("slash@example.org")
}
