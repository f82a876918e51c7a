package textmessage

import "strings"

const (
	shortestNumber = 5
	longestNumber  = 15 // digits of the longest number there is
)

// Number returns a telephone number as providers take it: digits, with a plus in front where the number names its
// country. People write blanks, dots, dashes and brackets into numbers. ok is false for what is no number.
func Number(typed string) (number string, ok bool) {
	typed = strings.TrimPrefix(strings.TrimSpace(strings.ToLower(typed)), "tel:")
	international := strings.HasPrefix(typed, "+")
	digits := strings.NewReplacer("(0)", "", "+", "", " ", "", "\u00a0", "", ".", "", "-", "", "–", "", "/", "", "(", "", ")", "").Replace(typed)
	if rest, found := strings.CutPrefix(digits, "00"); found && !international {
		international, digits = true, rest
	}
	if len(digits) < shortestNumber || len(digits) > longestNumber || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	if international {
		return "+" + digits, true
	}
	return digits, true
}
