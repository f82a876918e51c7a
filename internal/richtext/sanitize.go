// Package richtext cleans the HTML people type into descriptions, mails and comments, and turns it into plain text.
//
// Images are stored without a signature, because signatures expire and texts do not: Sanitize strips it, SignImages
// puts a fresh one on while a page is rendered.
package richtext

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// FilesPath is where images have to come from.
const FilesPath = "/files/"

var (
	ownImage  = regexp.MustCompile(`^/files/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\.[A-Za-z0-9]+)?(\?[^#\s]*)?$`)
	direction = regexp.MustCompile(`^(ltr|rtl|auto)$`)
	policy    = newPolicy()
)

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "b", "strong", "i", "em", "u", "s", "sub", "sup", "blockquote", "pre", "code",
		"ul", "ol", "li", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("dir").Matching(direction).OnElements("p", "blockquote", "pre", "ul", "ol", "li", "h1", "h2", "h3", "h4", "table")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.AllowAttrs("src").Matching(ownImage).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.RewriteSrc(func(u *url.URL) { u.RawQuery = "" })
	return p
}

// Sanitize returns only the harmless part of the HTML: basic formatting, lists, tables, links that carry rel
// attributes, and images from FilesPath without their signature. It is safe to show without escaping, and sanitizing
// twice changes nothing.
func Sanitize(source string) string {
	return strings.TrimSpace(policy.Sanitize(source))
}

// SignImages returns sanitized HTML in which the address of each image is replaced by sign(key), where key is the
// part after FilesPath.
func SignImages(sanitized string, sign func(key string) string) string {
	if !strings.Contains(sanitized, FilesPath) {
		return sanitized
	}
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(sanitized))
	for tokens.Next() != html.ErrorToken {
		raw := string(tokens.Raw())
		token := tokens.Token()
		if token.Data != "img" || !signSource(token.Attr, sign) {
			out.WriteString(raw)
			continue
		}
		out.WriteString(token.String())
	}
	return out.String()
}

func signSource(attributes []html.Attribute, sign func(string) string) bool {
	for i := range attributes {
		key, own := strings.CutPrefix(attributes[i].Val, FilesPath)
		if attributes[i].Key == "src" && own {
			attributes[i].Val = sign(key)
			return true
		}
	}
	return false
}
