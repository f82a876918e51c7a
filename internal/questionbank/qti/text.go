package qti

import (
	"html"
	"regexp"
	"strings"
)

var (
	tags        = regexp.MustCompile(`<[^>]*>`)
	spaces      = regexp.MustCompile(` {2,}`)
	underscores = regexp.MustCompile(`_{5,}`)
)

func escape(text string) string { return html.EscapeString(text) }

// breakUp puts every fifth underscore into an element of its own, so that the row reads the same and is no gap mark.
func breakUp(row string) string {
	var out strings.Builder
	for i := range len(row) {
		if i%5 == 4 {
			out.WriteString(`<span lang="zxx">_</span>`)
		} else {
			out.WriteByte('_')
		}
	}
	return out.String()
}

// collapse makes every run of white space a single space; no-break spaces stay.
func collapse(text string) string {
	var out strings.Builder
	space := false
	for _, char := range text {
		if char == ' ' || char == '\n' || char == '\t' || char == '\r' {
			space = true
			continue
		}
		if space {
			out.WriteByte(' ')
		}
		space = false
		out.WriteRune(char)
	}
	if space {
		out.WriteByte(' ')
	}
	return out.String()
}

// tidy removes the space that left-out elements and indentation leave behind.
func tidy(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "<pre") {
		return text
	}
	return spaces.ReplaceAllString(text, " ")
}

// plainIsEmpty tells whether HTML shows neither text nor a picture.
func plainIsEmpty(text string) bool {
	return !strings.Contains(text, "<img src=") && strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(text, ""))) == ""
}
