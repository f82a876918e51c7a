// Package webhook sends signed messages to other programs, in the form that the Standard Webhooks specification gives
// them. It keeps nothing: what is sent when, and again, is decided elsewhere.
package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// secretPrefix marks signing secrets.
const secretPrefix = "whsec_"

// NewSecret returns a new signing secret of 256 random bits.
func NewSecret() string {
	b := make([]byte, 32)
	rand.Read(b) // ends the program rather than return weak bytes
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}

// NewMessageID returns a new name for a message, the same in every try to deliver it.
func NewMessageID() string { return "msg_" + rand.Text() }

// Sign returns the signatures of a message, one for each secret, as the webhook-signature header holds them.
func Sign(secrets []string, id string, at time.Time, body []byte) (string, error) {
	signatures := make([]string, len(secrets))
	for i, secret := range secrets {
		plain, ok := strings.CutPrefix(secret, secretPrefix)
		key, err := base64.StdEncoding.DecodeString(plain)
		if !ok || err != nil {
			return "", errors.New("a signing secret is not in the form whsec_…")
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%s.%s", id, strconv.FormatInt(at.Unix(), 10), body)
		signatures[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(signatures, " "), nil
}
