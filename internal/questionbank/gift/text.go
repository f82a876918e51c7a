package gift

import (
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// The text formats a prefix in square brackets may name. Text without one is moodle: HTML in which line ends count.
const (
	formatHTML     = "html"
	formatMoodle   = "moodle"
	formatPlain    = "plain"
	formatMarkdown = "markdown"
)

var formatPrefix = regexp.MustCompile(`^\[\s*(?i:(html|moodle|plain|markdown))\s*\]`)

// takeFormat removes a format prefix from text; without one it returns the format given.
func takeFormat(text, format string) (rest, found string) {
	text = strings.TrimSpace(text)
	if m := formatPrefix.FindStringSubmatch(text); m != nil {
		return strings.TrimSpace(text[len(m[0]):]), strings.ToLower(m[1])
	}
	return text, format
}

var blockTag = regexp.MustCompile(`(?i)<(p|div|pre|ul|ol|table|h[1-6]|br)\b`)

// rich returns raw GIFT text as HTML, reading a format prefix if there is one.
func rich(raw, format string, convert func(string) string) string {
	raw, format = takeFormat(raw, format)
	text := strings.TrimSpace(unescape(raw))
	switch format {
	case formatHTML:
		return convert(text)
	case formatPlain, formatMarkdown:
		return questionbank.EscapeText(text)
	}
	if !blockTag.MatchString(text) {
		text = strings.ReplaceAll(text, "\n", "<br/>")
	}
	return convert(text)
}

// plain returns raw GIFT text as it is, without a format prefix.
func plain(raw string) string {
	raw, _ = takeFormat(raw, "")
	return strings.TrimSpace(unescape(raw))
}
