// Package assertion reads what a service account signs to get a token: a JWT under RS256 that names the account, what is
// asked for, for whom it is meant and until when (RFC 7523).
package assertion

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/assay-hire/assay/internal/fault"
)

// Longest is the most bytes an assertion may have.
const Longest = 8 << 10

// What an assertion may say about time: how far clocks may be apart, and how long it may be valid.
const (
	skew    = time.Minute
	longest = 24 * time.Hour
)

// Claims is what an assertion says.
type Claims struct {
	jwt.RegisteredClaims
	Scope *string `json:"scope"`
}

// Check says what an assertion is held against.
type Check struct {
	Keys      map[string]*rsa.PublicKey // by key id
	Audiences []string                  // one of them must be meant
	Now       time.Time
}

// Issuer returns who an assertion says has signed it, and with which key. Nothing of it is proved before Read. It
// returns Unauthorized for what is no assertion.
func Issuer(text string) (issuer, keyID string, err error) {
	if len(text) > Longest {
		return "", "", refused("It is longer than %d bytes.", Longest)
	}
	var claims Claims
	token, _, err := jwt.NewParser().ParseUnverified(text, &claims)
	if err != nil {
		return "", "", refused("It is no JSON web token.")
	}
	keyID, _ = token.Header["kid"].(string)
	return claims.Issuer, keyID, nil
}

// Read returns the claims of an assertion that holds in every respect, else Unauthorized with the reason.
func Read(text string, check Check) (Claims, error) {
	var claims Claims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithAudience(check.Audiences...), jwt.WithLeeway(skew),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding(), jwt.WithTimeFunc(func() time.Time { return check.Now }))
	if _, err := parser.ParseWithClaims(text, &claims, check.key); err != nil {
		return claims, reason(err)
	}
	return claims, claims.whole()
}

// key returns the keys to try: the one that the header names, or all of them.
func (c Check) key(token *jwt.Token) (any, error) {
	if kind, given := token.Header["typ"]; given && kind != "JWT" {
		return nil, errors.New("not typed JWT")
	}
	if _, given := token.Header["crit"]; given {
		return nil, errors.New("it asks for an extension")
	}
	if id, named := token.Header["kid"].(string); named {
		if key, known := c.Keys[id]; known {
			return key, nil
		}
		return nil, errors.New("unknown key")
	}
	var all jwt.VerificationKeySet
	for _, key := range c.Keys {
		all.Keys = append(all.Keys, key)
	}
	return all, nil
}

// whole checks what every assertion must say, and that its life is neither empty nor too long.
func (c Claims) whole() error {
	switch {
	case c.Scope == nil:
		return refused("It lacks the claim scope.")
	case c.IssuedAt == nil:
		return refused("It lacks the claim iat.")
	case !c.ExpiresAt.After(c.IssuedAt.Time):
		return refused("It expires when it was issued.")
	case c.ExpiresAt.Sub(c.IssuedAt.Time) > longest:
		return refused("It is valid for more than 24 hours.")
	}
	return nil
}

func reason(err error) error {
	for _, r := range []struct {
		cause error
		text  string
	}{
		{jwt.ErrTokenSignatureInvalid, "It is not signed with RS256 by a key of this account."},
		{jwt.ErrTokenUnverifiable, "It is not signed with RS256 by a key of this account."},
		{jwt.ErrTokenRequiredClaimMissing, "It lacks the claim exp or aud."},
		{jwt.ErrTokenExpired, "It has expired."},
		{jwt.ErrTokenUsedBeforeIssued, "It was issued in the future."},
		{jwt.ErrTokenNotValidYet, "It is not valid yet."},
		{jwt.ErrTokenInvalidAudience, "It is meant for another audience than this token endpoint."},
	} {
		if errors.Is(err, r.cause) {
			return refused("%s", r.text)
		}
	}
	return refused("It is no JSON web token.")
}

func refused(format string, args ...any) error {
	return fault.New(fault.Unauthorized, "The assertion is refused. "+format, args...)
}

// smallestKey is how many bits an account's key has at least.
const smallestKey = 2048

// PublicKey reads an RSA public key of 2048 bits or more from PEM. It returns an Invalid fault for the field
// "public_key".
func PublicKey(text string) (*rsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fault.Field("public_key", "This is no key in PEM: it begins with -----BEGIN PUBLIC KEY-----.")
	}
	var key any
	var err error
	switch block.Type {
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	default:
		return nil, fault.Field("public_key", "This is a %s. Only the public key is needed here.", block.Type)
	}
	public, ok := key.(*rsa.PublicKey)
	if err != nil || !ok {
		return nil, fault.Field("public_key", "This is no RSA public key.")
	}
	if bits := public.N.BitLen(); bits < smallestKey || bits > 4*smallestKey {
		return nil, fault.Field("public_key", "The key has %d bits. It needs at least %d, and at most %d.", bits, smallestKey, 4*smallestKey)
	}
	return public, nil
}
