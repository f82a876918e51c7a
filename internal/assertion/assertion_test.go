package assertion_test

import (
	"crypto/rsa"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/assay-hire/assay/internal/assertion"
	"github.com/assay-hire/assay/internal/fault"
)

var at = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

const audience = "https://assay.example.com/api/v4/oauth2/token"

func TestAKeyPairSignsAndChecks(t *testing.T) {
	t.Parallel()
	pair, err := assertion.NewKeyPair()
	if err != nil {
		t.Fatal(err)
	}
	private, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(pair.Private))
	if err != nil {
		t.Fatal(err)
	}
	public, err := assertion.PublicKey(pair.Public)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"iss": "a@b", "aud": audience, "scope": "candidate",
		"iat": at.Unix(), "exp": at.Add(time.Hour).Unix()}).SignedString(private)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := assertion.Read(text, assertion.Check{Keys: map[string]*rsa.PublicKey{assertion.KeyID(public): public}, Audiences: []string{audience}, Now: at})
	if err != nil || claims.Issuer != "a@b" || *claims.Scope != "candidate" {
		t.Errorf("%v: %+v", err, claims)
	}
	if _, err := assertion.Read(text, assertion.Check{Audiences: []string{audience}, Now: at}); fault.KindOf(err) != fault.Unauthorized {
		t.Errorf("without a key: %v", err)
	}
}

func TestKeysThatAreNone(t *testing.T) {
	t.Parallel()
	pair, err := assertion.NewKeyPair()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"nothing": "", "text": "ssh-rsa AAAA", "the private half": pair.Private,
		"broken": strings.Replace(pair.Public, "MII", "MIX", 1)} {
		if _, err := assertion.PublicKey(text); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.b.c")
	f.Add("eyJhbGciOiJub25lIn0.eyJpc3MiOiJhIn0.")
	f.Add("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhIiwiZXhwIjoxZTMwMH0.AA")
	pair, err := assertion.NewKeyPair()
	if err != nil {
		f.Fatal(err)
	}
	key, err := assertion.PublicKey(pair.Public)
	if err != nil {
		f.Fatal(err)
	}
	check := assertion.Check{Keys: map[string]*rsa.PublicKey{"k": key}, Audiences: []string{audience}, Now: at}
	f.Fuzz(func(t *testing.T, text string) {
		if _, _, err := assertion.Issuer(text); err != nil && fault.KindOf(err) != fault.Unauthorized {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := assertion.Read(text, check); fault.KindOf(err) != fault.Unauthorized {
			t.Errorf("%q passes: %v", text, err)
		}
	})
}
