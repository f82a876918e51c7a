package secrets

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
)

// Token returns a new secret of 256 random bits in 43 characters that need no escaping in a URL.
func Token() string {
	return randomText(32)
}

// LinkCode returns a new opaque code of 128 random bits in 22 characters, for the links candidates and referees get.
func LinkCode() string {
	return randomText(16)
}

// HashToken returns the SHA-256 of a Token or LinkCode in hexadecimal, for storage. Secrets with fewer random bits need
// Signer.Digest instead.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Equal reports whether two secrets are the same, in a time that does not tell where they differ.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}

func randomText(bytes int) string {
	return base64.RawURLEncoding.EncodeToString(randomBytes(bytes))
}

// randomBytes needs no error: crypto/rand ends the program rather than return weak bytes.
func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
