package secrets

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// Sealer encrypts what has to be stored but read again, such as the secret of an authenticator, with AES-256-GCM.
type Sealer struct {
	aead cipher.AEAD
}

// sealed marks the form in which Seal writes, should there be another one day.
const sealed = "v1."

// NewSealer returns a Sealer. It returns a fault.Invalid for a key that has not 32 bytes.
func NewSealer(key []byte) (*Sealer, error) {
	if len(key) != 32 {
		return nil, fault.New(fault.Invalid, "The sealing key has 32 bytes.")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return &Sealer{aead: aead}, nil
}

// Seal returns the secret encrypted, as text for storage. It opens for the same purpose only (such as "totp 41"), so that
// what is sealed for one row means nothing in another.
func (s *Sealer) Seal(purpose, secret string) string {
	return sealed + base64.RawStdEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(secret), []byte(purpose)))
}

// Open returns what was sealed. It returns an error for what was not sealed with this key for this purpose, or was
// changed since.
func (s *Sealer) Open(purpose, stored string) (string, error) {
	text, known := strings.CutPrefix(stored, sealed)
	if !known {
		return "", errors.New("open a sealed secret: it is not sealed")
	}
	box, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", fmt.Errorf("open a sealed secret: %w", err)
	}
	secret, err := s.aead.Open(nil, nil, box, []byte(purpose))
	if err != nil {
		return "", fmt.Errorf("open a sealed secret: %w", err)
	}
	return string(secret), nil
}
