package notify

import (
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

var tagPattern = regexp.MustCompile(`\{%\s*([a-zA-Z0-9_-]+)\s*\}`)

var emptyParagraph = regexp.MustCompile(`<p>\s*</p>\n?`)

// Tags maps tag names to plain text.
type Tags map[string]string

// Subject fills tags into a subject line. It stays one line whatever a name holds.
func Subject(template string, tags Tags) string {
	filled := tagPattern.ReplaceAllStringFunc(template, func(m string) string { return tags[tagPattern.FindStringSubmatch(m)[1]] })
	return strings.Join(strings.Fields(filled), " ")
}

// Content fills tags into an HTML body; values are escaped. A paragraph that held nothing but a tag without a value is
// left out.
func Content(template string, tags Tags) string {
	filled := tagPattern.ReplaceAllStringFunc(template, func(m string) string {
		return html.EscapeString(tags[tagPattern.FindStringSubmatch(m)[1]])
	})
	return emptyParagraph.ReplaceAllString(filled, "")
}

// CheckTags returns an Invalid fault naming a tag in the text that templates of the type do not know.
func (t Type) CheckTags(field, text string) error {
	for _, m := range tagPattern.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(t.Tags, m[1]) {
			return fault.Field(field, "There is no tag %s for this message.", m[0])
		}
	}
	return nil
}
