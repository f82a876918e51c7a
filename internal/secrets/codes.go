package secrets

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// recoveryAlphabet has no letters that are read as digits; five random bits choose one.
const recoveryAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// RecoveryCodeCount is how many recovery codes a person gets at a time.
const RecoveryCodeCount = 10

// RecoveryCodes returns new codes to show once, such as "7k2m-x0dq-94ta-hvj3", and their hashes to store.
func RecoveryCodes() (codes, hashes []string) {
	for range RecoveryCodeCount {
		var code strings.Builder
		for i, b := range randomBytes(16) {
			if i > 0 && i%4 == 0 {
				code.WriteByte('-')
			}
			code.WriteByte(recoveryAlphabet[b%32])
		}
		codes = append(codes, code.String())
		hashes = append(hashes, HashRecoveryCode(code.String()))
	}
	return codes, hashes
}

// HashRecoveryCode returns the hash of a recovery code however it was typed: case, spaces and dashes do not matter, and
// letters that look like digits count as those.
func HashRecoveryCode(code string) string {
	plain := strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(code))
	return HashToken(plain)
}

// FindRecoveryCode returns the index of the typed code among the stored hashes, or -1. The caller removes the one found.
func FindRecoveryCode(code string, hashes []string) int {
	typed, found := HashRecoveryCode(code), -1
	for i, hash := range hashes {
		if Equal(typed, hash) {
			found = i
		}
	}
	return found
}

// NumericCode returns a new random code of 6 to 12 decimal digits, leading zeros included, to be typed from a mail or a
// message. So few digits need a limit on tries and Signer.Digest for storage. It returns a fault.Invalid for another
// number of digits.
func NumericCode(digits int) (string, error) {
	if digits < 6 || digits > 12 {
		return "", fault.New(fault.Invalid, "A code has 6 to 12 digits.")
	}
	end := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	n, err := rand.Int(rand.Reader, end)
	if err != nil {
		return "", fmt.Errorf("draw code: %w", err)
	}
	return fmt.Sprintf("%0*d", digits, n), nil
}
