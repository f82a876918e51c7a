package sheet

import (
	"html"
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

var looksLikeHTML = regexp.MustCompile(`(?i)</(p|div|span|b|strong|i|em|u|s|sub|sup|ul|ol|li|table|tr|td|th|pre|code|h[1-6]|a|font|blockquote|math|small|mark)>|<(br|hr)\s*/?>|<img\s`)

// cellHTML returns a cell as sanitized HTML. A cell is markup when it closes an element or breaks a line; else it is plain
// text, in which character references are still decoded.
func cellHTML(markup *questionbank.Markup, cell string) string {
	if looksLikeHTML.MatchString(cell) {
		return markup.HTML(cell)
	}
	return questionbank.EscapeText(html.UnescapeString(cell))
}

// htmlCell is the inverse: plain text where the HTML is no more than that, the HTML itself otherwise.
func htmlCell(markup string) string {
	plain := html.UnescapeString(markup)
	if !strings.Contains(markup, "<") && html.UnescapeString(plain) == plain && !looksLikeHTML.MatchString(plain) {
		return plain
	}
	if strings.Contains(markup, "<") && !looksLikeHTML.MatchString(markup) {
		return "<span>" + markup + "</span>"
	}
	return markup
}

// splitList cuts a cell at any of the separators that no backslash escapes, and drops empty parts.
func splitList(cell, separators string) []string {
	var parts []string
	var part strings.Builder
	add := func() {
		if text := strings.TrimSpace(part.String()); text != "" {
			parts = append(parts, text)
		}
		part.Reset()
	}
	for i := 0; i < len(cell) && len(parts) <= questionbank.MaxAnswers; i++ {
		switch {
		case cell[i] == '\\' && i+1 < len(cell) && strings.IndexByte(`;|\`, cell[i+1]) >= 0:
			i++
			part.WriteByte(cell[i])
		case strings.IndexByte(separators, cell[i]) >= 0:
			add()
		default:
			part.WriteByte(cell[i])
		}
	}
	add()
	return parts
}

func escapeListed(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, "|", `\|`).Replace(text)
}

func joinList(texts []string) string {
	escaped := make([]string, len(texts))
	for i, text := range texts {
		escaped[i] = escapeListed(text)
	}
	return strings.Join(escaped, "; ")
}
