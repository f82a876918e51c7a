package secrets

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

const (
	expiryParameter    = "expires"
	signatureParameter = "signature"
)

// Signer signs links that expire and digests short codes, both with a key from the settings.
type Signer struct {
	key []byte
}

// NewSigner returns a Signer. It returns a fault.Invalid for a key under 32 bytes.
func NewSigner(key []byte) (*Signer, error) {
	if len(key) < 32 {
		return nil, fault.New(fault.Invalid, "The signing key has at least 32 bytes.")
	}
	return &Signer{key: append([]byte(nil), key...)}, nil
}

// Sign returns the path, which may have a query of its own, with parameters that keep it valid until the expiry (whole
// seconds). The signature covers path and query in full. It returns a fault.Invalid for a path that does not parse.
func (s *Signer) Sign(path string, expiry time.Time) (string, error) {
	u, err := url.Parse(path)
	if err != nil {
		return "", fault.New(fault.Invalid, "This path cannot be signed: %v.", err)
	}
	query := u.Query()
	query.Del(signatureParameter)
	query.Set(expiryParameter, strconv.FormatInt(expiry.Unix(), 10))
	query.Set(signatureParameter, s.linkSignature(u.Path, query))
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// Verify checks a link as it was asked for. It returns a fault.Forbidden when path, query or signature were changed, and
// a fault.Gone when the link has expired.
func (s *Signer) Verify(u *url.URL, now time.Time) error {
	query := u.Query()
	given := query.Get(signatureParameter)
	query.Del(signatureParameter)
	if given == "" || !Equal(given, s.linkSignature(u.Path, query)) {
		return fault.New(fault.Forbidden, "This link is not complete. Open it again from where you found it.")
	}
	expiry, err := strconv.ParseInt(query.Get(expiryParameter), 10, 64)
	if err != nil {
		return fault.New(fault.Forbidden, "This link is not complete. Open it again from where you found it.")
	}
	if now.Unix() >= expiry {
		return fault.New(fault.Gone, "This link has expired. Load the page it came from again.")
	}
	return nil
}

// Digest returns a keyed hash of a short code in hexadecimal, for storage: without the key, trying all codes against it
// finds nothing. The purpose (such as "sms 41") keeps a digest from being used for anything else.
func (s *Signer) Digest(purpose, code string) string {
	return hex.EncodeToString(s.sum("code", purpose, code))
}

func (s *Signer) linkSignature(path string, query url.Values) string {
	return base64.RawURLEncoding.EncodeToString(s.sum("link", path, query.Encode()))
}

func (s *Signer) sum(parts ...string) []byte {
	mac := hmac.New(sha256.New, s.key)
	for _, part := range parts {
		// The length in front keeps ("ab", "c") apart from ("a", "bc").
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return mac.Sum(nil)
}
