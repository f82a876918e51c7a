// Package attendlink makes and reads the code that stands for a section attempt in a candidate's link, "c" on the wire.
//
// A code is URL-safe base64 of 32 bytes of HMAC-SHA256, the time of issue as ten digits of unix seconds and the attempt's
// id in decimal: the documented form. It is derived anew on every read and never stored. The MAC also covers the
// participation's link epoch, so that raising the epoch makes every earlier link worthless.
package attendlink

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

const (
	macBytes  = sha256.Size
	timeBytes = 10
)

// Links makes and checks codes under a secret key.
type Links struct{ key []byte }

// New returns a maker of codes. The key is at least 32 bytes.
func New(key []byte) (Links, error) {
	if len(key) < 32 {
		return Links{}, fmt.Errorf("link key: want 32 bytes or more, got %d", len(key))
	}
	return Links{key: key}, nil
}

// Claim is what a code says it stands for. It is not to be believed before Check.
type Claim struct {
	AttemptID int64
	IssuedAt  time.Time
	mac       []byte
}

// Code returns a code for an attempt under the participation's link epoch.
func (l Links) Code(attemptID int64, epoch int, at time.Time) string {
	tail := Claim{AttemptID: attemptID, IssuedAt: at}.tail()
	return base64.RawURLEncoding.EncodeToString(append(l.mac(tail, epoch), tail...))
}

// Read takes a code apart. It returns NotFound for what is no code at all, and for a code that is written in another way
// than Code writes it: a code has one spelling, so that tries at it can be counted.
func Read(code string) (Claim, error) {
	raw, err := base64.RawURLEncoding.DecodeString(code)
	if err != nil || len(raw) <= macBytes+timeBytes {
		return Claim{}, fault.Missing("invitation")
	}
	seconds, err1 := strconv.ParseInt(string(raw[macBytes:macBytes+timeBytes]), 10, 64)
	id, err2 := strconv.ParseInt(string(raw[macBytes+timeBytes:]), 10, 64)
	if err1 != nil || err2 != nil || id <= 0 || seconds < 0 {
		return Claim{}, fault.Missing("invitation")
	}
	claim := Claim{AttemptID: id, IssuedAt: time.Unix(seconds, 0).UTC(), mac: raw[:macBytes]}
	if base64.RawURLEncoding.EncodeToString(append(raw[:macBytes:macBytes], claim.tail()...)) != code {
		return Claim{}, fault.Missing("invitation")
	}
	return claim, nil
}

func (c Claim) tail() string { return fmt.Sprintf("%010d%d", c.IssuedAt.Unix(), c.AttemptID) }

// Check returns nil when the claim was made under this key and epoch, else NotFound.
func (l Links) Check(c Claim, epoch int) error {
	want := l.mac(c.tail(), epoch)
	if !hmac.Equal(c.mac, want) {
		return fault.Missing("invitation")
	}
	return nil
}

func (l Links) mac(tail string, epoch int) []byte {
	h := hmac.New(sha256.New, l.key)
	fmt.Fprintf(h, "attend|%d|%s", epoch, tail)
	return h.Sum(nil)
}
