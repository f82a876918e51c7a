package secrets

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/assay-hire/assay/internal/fault"
)

const (
	totpPeriod = 30 * time.Second
	// totpWindow is how many steps a person's clock may be off, or a code be late, on either side.
	totpWindow = 1
)

// TOTP is a time-based one-time password generator (RFC 6238: SHA-1, six digits, 30 seconds) for an authenticator app.
// Secret is base32, to be stored sealed; URI is what a QR code carries.
type TOTP struct {
	Secret string
	URI    string
}

// NewTOTP returns a generator with a new secret. Issuer and account are what the app shows; both are needed.
func NewTOTP(issuer, account string) (TOTP, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account})
	if err != nil {
		return TOTP{}, fault.New(fault.Invalid, "An authenticator needs an issuer and an account: %v.", err)
	}
	return TOTP{Secret: key.Secret(), URI: key.URL()}, nil
}

// TOTPAddress is what a QR code carries for a secret that NewTOTP made.
func TOTPAddress(issuer, account, secret string) string {
	query := url.Values{"secret": {secret}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + query.Encode()
}

// ValidateTOTP reports whether the code is right at the time, give or take one step, and which step it belongs to. The
// caller stores the step and passes it as lastStep the next time, so that a code works once; pass 0 the first time. It
// returns an error only when the secret is malformed.
func ValidateTOTP(secret, code string, at time.Time, lastStep int64) (step int64, ok bool, err error) {
	code = strings.ReplaceAll(code, " ", "")
	now := at.Unix() / int64(totpPeriod.Seconds())
	for candidate := now - totpWindow; candidate <= now+totpWindow; candidate++ {
		moment := time.Unix(candidate*int64(totpPeriod.Seconds()), 0)
		expected, err := totp.GenerateCode(secret, moment)
		if err != nil {
			return 0, false, fmt.Errorf("compute one-time code: %w", err)
		}
		if Equal(expected, code) && candidate > lastStep {
			step, ok = candidate, true
		}
	}
	return step, ok, nil
}
