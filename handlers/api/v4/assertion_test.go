package v4_test

import (
	"crypto/rsa"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
)

const assertionGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// signer is a service account with its private key.
type signer struct {
	email string
	key   *rsa.PrivateKey
	id    int64
}

func newSigner(t *testing.T, w *testkit.World, scopes ...string) signer {
	t.Helper()
	a := actions.CreateServiceAccount{Name: "Night run", Scopes: scopes}
	w.Run(t, w.As(t, w.Ada), &a)
	key, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(a.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	return signer{a.Account.Email, key, a.Account.ID}
}

func (s signer) claims(w *testkit.World, change jwt.MapClaims) jwt.MapClaims {
	now := w.Clock.Now()
	claims := jwt.MapClaims{"iss": s.email, "scope": "", "aud": "http://assay.test" + tokenPath,
		"iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
	maps.Copy(claims, change)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	return claims
}

func (s signer) sign(t *testing.T, w *testkit.World, change jwt.MapClaims) string {
	t.Helper()
	text, err := jwt.NewWithClaims(jwt.SigningMethodRS256, s.claims(w, change)).SignedString(s.key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func exchange(t *testing.T, w *testkit.World, assertion string) testkit.Reply {
	t.Helper()
	return w.Stranger().Form(t, tokenPath, url.Values{"grant_type": {assertionGrant}, "assertion": {assertion}})
}

func TestAssertionGrant(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		s := newSigner(t, w)
		text := s.sign(t, w, nil)
		both := []testkit.Reply{exchange(t, w, text),
			w.Stranger().JSON(t, "POST", tokenPath, map[string]string{"grant_type": assertionGrant, "assertion": text})}
		for _, reply := range both {
			var got token
			reply.Want(http.StatusOK).Into(&got)
			if got.Type != "bearer" || got.Expires != 3600 || got.Scope != nil || got.Refresh != "" {
				t.Errorf("got %+v", got)
			}
			actor, err := w.Runner.IdentifyToken(t.Context(), got.Access)
			if err != nil || actor.Kind != access.Service || actor.OrganizationID != w.Acme.ID || !access.Can(actor, "candidate.view") ||
				access.Can(actor, "user.manage") || access.Can(actor, "account.use") {
				t.Errorf("%v: %+v", err, actor)
			}
			w.With(got.Access).Get(t, mePath).Want(http.StatusForbidden)
		}
		var last token
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"aud": "http://assay.test/oauth2/token"})).Want(http.StatusOK).Into(&last)
		w.Run(t, w.As(t, w.Ada), &actions.RevokeServiceAccount{ID: s.id})
		w.With(last.Access).Get(t, mePath).Want(http.StatusUnauthorized)
		exchange(t, w, s.sign(t, w, nil)).Want(http.StatusUnauthorized)
	})
}

func TestAssertionRefusals(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		s, other := newSigner(t, w), newSigner(t, w)
		now := w.Clock.Now()
		at := func(d time.Duration) int64 { return now.Add(d).Unix() }
		for name, change := range map[string]jwt.MapClaims{
			"exp is iat":           {"exp": at(0)},
			"expired":              {"iat": at(-2 * time.Hour), "exp": at(-2 * time.Minute)},
			"too long":             {"exp": at(24*time.Hour + time.Second)},
			"issued in the future": {"iat": at(2 * time.Minute)},
			"another audience":     {"aud": "http://assay.test/"},
			"unknown issuer":       {"iss": "nobody@example.com"},
			"no iss":               {"iss": nil},
			"no scope":             {"scope": nil},
			"no aud":               {"aud": nil},
			"no exp":               {"exp": nil},
			"no iat":               {"iat": nil},
			"exp beyond all years": {"exp": 1e300},
			"exp is text":          {"exp": "soon"},
		} {
			if r := exchange(t, w, s.sign(t, w, change)); r.Status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, r.Status, r.Body)
			}
		}
		none, _ := jwt.NewWithClaims(jwt.SigningMethodNone, s.claims(w, nil)).SignedString(jwt.UnsafeAllowNoneSignatureType)
		byHash, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, s.claims(w, nil)).SignedString([]byte("public key"))
		longer, _ := jwt.NewWithClaims(jwt.SigningMethodRS512, s.claims(w, nil)).SignedString(s.key)
		others, _ := jwt.NewWithClaims(jwt.SigningMethodRS256, s.claims(w, nil)).SignedString(other.key)
		for name, text := range map[string]string{"alg none": none, "HS256": byHash, "RS512": longer, "another account's key": others,
			"no token": "x", "dots": "..", "nothing signed": s.sign(t, w, nil) + "x"} {
			if r := exchange(t, w, text); r.Status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", name, r.Status, r.Body)
			}
		}
		exchange(t, w, "").Want(http.StatusBadRequest)
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"iat": at(-23 * time.Hour), "exp": at(time.Hour)})).Want(http.StatusOK)
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"iat": at(50 * time.Second)})).Want(http.StatusOK)
	})
}

func TestAnAssertionWithANameIsTakenOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		s := newSigner(t, w)
		once := s.sign(t, w, jwt.MapClaims{"jti": "1"})
		exchange(t, w, once).Want(http.StatusOK)
		exchange(t, w, once).Want(http.StatusUnauthorized).Says("jti")
		exchange(t, w, newSigner(t, w).sign(t, w, jwt.MapClaims{"jti": "1"})).Want(http.StatusOK)
		w.Clock.Advance(2 * time.Hour)
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"jti": "1"})).Want(http.StatusOK)
	})
}

func TestScopesOfAnAssertion(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		s := newSigner(t, w, "section", "evaluation", "invitation", "candidate:read")
		var got token
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"scope": "section evaluation invitation"})).Want(http.StatusOK).Into(&got)
		if got.Scope != nil {
			t.Errorf("scope %q", *got.Scope)
		}
		actor, _ := w.Runner.IdentifyToken(t.Context(), got.Access)
		if !access.Can(actor, "participation.invite") || access.Can(actor, "candidate.view") {
			t.Errorf("got %+v", actor.TokenScope)
		}
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"scope": "candidate"})).Want(http.StatusBadRequest).Says("invalid_scope")
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"scope": "moon"})).Want(http.StatusBadRequest).Says("invalid_scope")
		exchange(t, w, s.sign(t, w, jwt.MapClaims{"scope": ""})).Want(http.StatusOK)
	})
}

func TestKeysOfAServiceAccountAreChanged(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		s := newSigner(t, w)
		ada := w.As(t, w.Ada)
		add := actions.AddServiceKey{ID: s.id}
		w.Run(t, ada, &add)
		exchange(t, w, s.sign(t, w, nil)).Want(http.StatusOK)
		w.Run(t, ada, &actions.RemoveServiceKey{ID: s.id, KeyID: add.Account.Keys[0].ID})
		exchange(t, w, s.sign(t, w, nil)).Want(http.StatusUnauthorized)
		fresh, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(add.PrivateKey))
		if err != nil {
			t.Fatal(err)
		}
		named := jwt.NewWithClaims(jwt.SigningMethodRS256, s.claims(w, nil))
		named.Header["kid"] = add.Account.Keys[1].ID
		text, _ := named.SignedString(fresh)
		exchange(t, w, text).Want(http.StatusOK)
		if err := w.Runner.Run(t.Context(), w.As(t, w.Otto), &actions.AddServiceKey{ID: s.id}); err == nil {
			t.Error("another organization adds a key")
		}
	})
}

func TestAServiceAccountReadsWhatCanBeChosen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		var got token
		exchange(t, w, newSigner(t, w).sign(t, w, nil)).Want(http.StatusOK).Into(&got)
		program := w.With(got.Access)
		for _, path := range []string{"/helpers/settings", "/helpers/settings/1", "/helpers/settings/1/allowed-value", "/models/settings-allowed-value",
			"/models/file-type", fmt.Sprintf("/user/organization/%d", w.Acme.ID)} {
			program.Get(t, v4+path).Want(http.StatusOK)
		}
		program.Get(t, v4+"/helpers/settings/999/allowed-value").Want(http.StatusNotFound)
		for _, path := range []string{"/user/me", "/user/me/settings_data", "/user/me/calendar", "/user/me/permission"} {
			program.Get(t, v4+path).Want(http.StatusForbidden)
		}
	})
}
