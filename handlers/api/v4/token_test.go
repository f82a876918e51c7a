package v4_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"github.com/pquerna/otp/totp"
)

const (
	tokenPath = "/api/v4/oauth2/token"
	mePath    = "/api/v4/user/me"
)

func passwordGrant(client actions.CreateAPIClient, username string) url.Values {
	return url.Values{"grant_type": {"password"}, "client_id": {client.Client.ClientID}, "client_secret": {client.Secret},
		"username": {username}, "password": {testkit.Password}}
}

func refreshGrant(client actions.CreateAPIClient, refresh string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "client_id": {client.Client.ClientID}, "client_secret": {client.Secret},
		"refresh_token": {refresh}}
}

// asJSON is a form's fields as a JSON object.
func asJSON(form url.Values) map[string]string {
	object := map[string]string{}
	for name := range form {
		object[name] = form.Get(name)
	}
	return object
}

// signedIn returns what the password grant gives a user.
func signedIn(t *testing.T, w *testkit.World, client actions.CreateAPIClient, u models.User) token {
	t.Helper()
	var got token
	w.Stranger().Form(t, tokenPath, passwordGrant(client, u.Email)).Want(http.StatusOK).Into(&got)
	return got
}

func TestPasswordGrant(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada)
		form := passwordGrant(client, w.Rita.Email)
		for _, reply := range []testkit.Reply{w.Stranger().Form(t, tokenPath, form), w.Stranger().JSON(t, "POST", tokenPath, asJSON(form))} {
			var got token
			reply.Want(http.StatusOK).Into(&got)
			if got.Type != "Bearer" || got.Expires != 86400 || got.Scope != nil || got.Access == "" || got.Refresh == "" {
				t.Errorf("got %+v", got)
			}
			if reply.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("the token may be kept: %q", reply.Header.Get("Cache-Control"))
			}
			w.With(got.Access).Get(t, mePath).Want(http.StatusOK).Says(w.Rita.Email)
		}
		var stored models.AccessToken
		if w.DB.Read.Last(&stored); stored.LastUsedAt == nil || !stored.LastUsedAt.Equal(w.Clock.Now()) {
			t.Errorf("last use %v", stored.LastUsedAt)
		}
	})
}

func TestBasicAuthenticationOfAClient(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	client := w.APIClient(t, w.Ada)
	form := passwordGrant(client, w.Rita.Email)
	form.Del("client_id")
	form.Del("client_secret")
	r, _ := http.NewRequest("POST", "/", nil)
	r.SetBasicAuth(client.Client.ClientID, client.Secret)
	w.Stranger().Send(t, "POST", tokenPath, "application/x-www-form-urlencoded", form.Encode(), "Authorization", r.Header.Get("Authorization")).Want(http.StatusOK)
}

func TestPasswordGrantRefusals(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client, others := w.APIClient(t, w.Ada), w.APIClient(t, w.Otto)
		rows := []struct {
			name   string
			change func(url.Values)
			status int
			code   string
		}{
			{"wrong password", func(f url.Values) { f.Set("password", "not this one at all") }, 401, "invalid_grant"},
			{"unknown user", func(f url.Values) { f.Set("username", "nobody@acme.example.com") }, 401, "invalid_grant"},
			{"another organization's client", func(f url.Values) {
				f.Set("client_id", others.Client.ClientID)
				f.Set("client_secret", others.Secret)
			}, 401, "invalid_grant"},
			{"wrong secret", func(f url.Values) { f.Set("client_secret", "guess") }, 401, "invalid_client"},
			{"unknown client", func(f url.Values) { f.Set("client_id", "guess") }, 401, "invalid_client"},
			{"no password", func(f url.Values) { f.Del("password") }, 400, "invalid_request"},
			{"no client", func(f url.Values) { f.Del("client_id") }, 400, "invalid_request"},
			{"no grant", func(f url.Values) { f.Del("grant_type") }, 400, "invalid_request"},
			{"unknown grant", func(f url.Values) { f.Set("grant_type", "client_credentials") }, 400, "unsupported_grant_type"},
			{"unknown scope", func(f url.Values) { f.Set("scope", "moon") }, 400, "invalid_scope"},
		}
		refusals := map[string]string{}
		for _, row := range rows {
			form := passwordGrant(client, w.Rita.Email)
			row.change(form)
			var got token
			reply := w.Stranger().JSON(t, "POST", tokenPath, asJSON(form)).Want(row.status).Into(&got)
			if got.Error != row.code || got.Description == "" || got.Description != got.Message || got.Status != row.status || got.Name != http.StatusText(row.status) {
				t.Errorf("%s: got %+v", row.name, got)
			}
			if row.status == http.StatusUnauthorized && reply.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: no WWW-Authenticate", row.name)
			}
			refusals[row.name] = reply.Body
		}
		for _, name := range []string{"unknown user", "another organization's client"} {
			if refusals[name] != refusals["wrong password"] {
				t.Errorf("%s can be told from a wrong password: %s", name, refusals[name])
			}
		}
	})
}

func TestASuspendedUserIsOut(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada)
		got, personal := signedIn(t, w, client, w.Rita), w.Program(t, w.Rita)
		w.Run(t, w.As(t, w.Ada), &actions.SuspendUser{UserID: w.Rita.ID})
		for _, p := range []testkit.Program{w.With(got.Access), personal} {
			p.Get(t, mePath).Want(http.StatusUnauthorized)
		}
		w.Stranger().Form(t, tokenPath, refreshGrant(client, got.Refresh)).Want(http.StatusUnauthorized)
		w.Stranger().Form(t, tokenPath, passwordGrant(client, w.Rita.Email)).Want(http.StatusUnauthorized)
		w.Run(t, w.As(t, w.Ada), &actions.ActivateUser{UserID: w.Rita.ID})
		w.With(got.Access).Get(t, mePath).Want(http.StatusUnauthorized)
		personal.Get(t, mePath).Want(http.StatusOK)
	})
}

func TestADeletedOrganizationIsOut(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	client := w.APIClient(t, w.Ada)
	got := signedIn(t, w, client, w.Rita)
	w.DB.Write.Model(&w.Acme).Update("is_deleted", true)
	reply := w.With(got.Access).Get(t, mePath).Want(http.StatusUnauthorized)
	if reply.Header.Get("WWW-Authenticate") == "" {
		t.Error("no WWW-Authenticate")
	}
	w.Stranger().Form(t, tokenPath, refreshGrant(client, got.Refresh)).Want(http.StatusUnauthorized)
	w.Stranger().Form(t, tokenPath, passwordGrant(client, w.Rita.Email)).Want(http.StatusUnauthorized)
}

func TestSecondFactorOfTheGrant(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada)
		w.Run(t, w.As(t, w.Rita), &actions.StartSecondFactor{Password: testkit.Password})
		w.DB.Read.First(&w.Rita, w.Rita.ID)
		secret, err := w.Runner.TOTPSecret(w.Rita)
		if err != nil {
			t.Fatal(err)
		}
		code := func() string { c, _ := totp.GenerateCode(secret, w.Clock.Now()); return c }
		w.Run(t, w.As(t, w.Rita), &actions.ConfirmSecondFactor{Code: code(), Address: "192.0.2.9"})
		w.Clock.Advance(time.Minute)
		form := passwordGrant(client, w.Rita.Email)
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusUnauthorized).Says("second factor", "otp", "invalid_grant")
		form.Set("otp", "000000")
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusUnauthorized).Says("does not fit")
		form.Set("otp", code())
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusOK)
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusUnauthorized)
	})
}

func TestARefreshTokenWorksOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada)
		first := signedIn(t, w, client, w.Rita)
		w.Clock.Advance(25 * time.Hour)
		w.With(first.Access).Get(t, mePath).Want(http.StatusUnauthorized)
		var second, third token
		// Whoever renews often sends the expired token along.
		w.With(first.Access).Form(t, tokenPath, refreshGrant(client, first.Refresh)).Want(http.StatusOK).Into(&second)
		if second.Type != "Bearer" || second.Expires != 86400 || second.Refresh == first.Refresh {
			t.Errorf("got %+v", second)
		}
		w.Stranger().JSON(t, "POST", tokenPath, asJSON(refreshGrant(client, second.Refresh))).Want(http.StatusOK).Into(&third)
		other := signedIn(t, w, client, w.Rita)
		w.Stranger().Form(t, tokenPath, refreshGrant(client, first.Refresh)).Want(http.StatusUnauthorized).Says("invalid_grant")
		// A copy came back: everything of that sign-in is over, what is of another is not.
		w.With(third.Access).Get(t, mePath).Want(http.StatusUnauthorized)
		w.Stranger().Form(t, tokenPath, refreshGrant(client, third.Refresh)).Want(http.StatusUnauthorized)
		w.With(other.Access).Get(t, mePath).Want(http.StatusOK)
		var noted int64
		w.DB.Read.Model(&models.AuditEntry{}).Where("verb = 'detect-token-reuse' AND organization_id = ?", w.Acme.ID).Count(&noted)
		if noted != 1 {
			t.Errorf("%d entries about the copy", noted)
		}
	})
}

func TestRefreshRefusals(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client, another := w.APIClient(t, w.Ada), w.APIClient(t, w.Ada)
		got := signedIn(t, w, client, w.Rita)
		w.Stranger().Form(t, tokenPath, refreshGrant(another, got.Refresh)).Want(http.StatusUnauthorized).Says("invalid_grant")
		w.Stranger().Form(t, tokenPath, refreshGrant(client, "guess")).Want(http.StatusUnauthorized).Says("invalid_grant")
		w.Stranger().Form(t, tokenPath, refreshGrant(client, "")).Want(http.StatusBadRequest).Says("invalid_request")
		w.Clock.Advance(31 * 24 * time.Hour)
		w.Stranger().Form(t, tokenPath, refreshGrant(client, got.Refresh)).Want(http.StatusUnauthorized)
	})
}

func TestRevocation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		const path = "/api/v4/oauth2/revoke"
		client, another := w.APIClient(t, w.Ada), w.APIClient(t, w.Otto)
		as := func(c actions.CreateAPIClient, secret string) url.Values {
			return url.Values{"client_id": {c.Client.ClientID}, "client_secret": {c.Secret}, "token": {secret}}
		}
		for _, which := range []func(token) string{func(t token) string { return t.Access }, func(t token) string { return t.Refresh }} {
			got := signedIn(t, w, client, w.Rita)
			w.Stranger().Form(t, path, url.Values{"token": {which(got)}}).Want(http.StatusUnauthorized).Says("invalid_client")
			w.Stranger().Form(t, path, as(another, which(got))).Want(http.StatusOK)
			w.With(got.Access).Get(t, mePath).Want(http.StatusOK)
			w.Stranger().Form(t, path, as(client, which(got))).Want(http.StatusOK)
			w.With(got.Access).Get(t, mePath).Want(http.StatusUnauthorized)
			w.Stranger().Form(t, tokenPath, refreshGrant(client, got.Refresh)).Want(http.StatusUnauthorized)
		}
		w.Stranger().Form(t, path, as(client, "no token of ours")).Want(http.StatusOK)
		w.Stranger().Form(t, path, as(client, "")).Want(http.StatusBadRequest)

		got := signedIn(t, w, client, w.Rita)
		w.Run(t, w.As(t, w.Ada), &actions.RevokeAPIClient{ID: client.Client.ID})
		w.With(got.Access).Get(t, mePath).Want(http.StatusUnauthorized)
		w.Stranger().Form(t, tokenPath, passwordGrant(client, w.Rita.Email)).Want(http.StatusUnauthorized).Says("invalid_client")
	})
}

func TestScopesOfAClient(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		client := w.APIClient(t, w.Ada, "candidate", "account:read")
		got := signedIn(t, w, client, w.Rita)
		if got.Scope == nil || *got.Scope != "account:read candidate" {
			t.Errorf("the client's scope is not told: %v", got.Scope)
		}
		form := passwordGrant(client, w.Rita.Email)
		form.Set("scope", "candidate:read")
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusOK)
		narrow := refreshGrant(client, got.Refresh)
		narrow.Set("scope", "candidate:read")
		var renewed token
		w.Stranger().Form(t, tokenPath, narrow).Want(http.StatusOK).Into(&renewed)
		w.Stranger().Form(t, tokenPath, refreshGrant(client, renewed.Refresh)).Want(http.StatusOK).Says("account:read candidate")
		form.Set("scope", "candidate question")
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusBadRequest).Says("invalid_scope")
	})
}

func TestGuessingIsBounded(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	client := w.APIClient(t, w.Ada)
	form := passwordGrant(client, w.Rita.Email)
	form.Set("password", "not this one at all")
	for range 8 {
		w.Stranger().Form(t, tokenPath, form).Want(http.StatusUnauthorized)
	}
	reply := w.Stranger().Form(t, tokenPath, form).Want(http.StatusTooManyRequests)
	if reply.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	w.Visitor(t).Post(t, "/sign-in", url.Values{"email": {w.Rita.Email}, "password": {testkit.Password}}).Says("many tries")
}

func TestACandidatesToken(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		const path = "/api/v4/attend/token"
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		c := strings.TrimPrefix(w.Link(t, p), "/attend/")
		var got token
		w.Stranger().JSON(t, "POST", path, map[string]string{"c": c, "verification_code": p.VerifyCode}).Want(http.StatusOK).Into(&got)
		actor, err := w.Runner.IdentifyToken(t.Context(), got.Access)
		if err != nil || actor.AssessmentCandidateID != p.ID || actor.Kind != "candidate" {
			t.Errorf("%v: %+v", err, actor)
		}
		w.With(got.Access).Get(t, mePath).Want(http.StatusForbidden)
		w.Stranger().JSON(t, "POST", path, map[string]string{"c": c, "verification_code": "0"}).Want(http.StatusUnprocessableEntity).Says(`"field":"verification_code"`)
		w.Stranger().JSON(t, "POST", path, map[string]string{"c": c}).Want(http.StatusUnprocessableEntity).Says(`"field":"verification_code"`)
		w.Stranger().JSON(t, "POST", path, map[string]string{"c": "x", "verification_code": "1"}).Want(http.StatusNotFound)
	})
}
