package models

import (
	"fmt"
	"strconv"
	"strings"
)

// FormatInterval returns seconds in the documented form of a length of time, HH:MM:SS. Hours may need more than two
// digits; a negative length is none.
func FormatInterval(seconds int) string {
	seconds = max(0, seconds)
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

// ParseInterval returns the seconds of a length of time written as HH:MM:SS or HH:MM; ok is false for any other text.
func ParseInterval(text string) (seconds int, ok bool) {
	parts := strings.Split(strings.TrimSpace(text), ":")
	if len(parts) != 2 && len(parts) != 3 {
		return 0, false
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || (i > 0 && n > 59) {
			return 0, false
		}
		seconds = seconds*60 + int(n)
	}
	if len(parts) == 2 {
		seconds *= 60
	}
	return seconds, true
}
