package questionbank

import (
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

var policy = sync.OnceValue(newPolicy)

// Sanitize returns the part of an HTML text that a question may show: formatting, lists, tables, code, MathML, links to
// the web, and pictures that came with the file (bank:NAME) or are ours (/files/…). Unclosed tags are closed, so that
// the text cannot spill into the page around it. Scripts, styles, forms and everything else go.
func Sanitize(markup string) string {
	if !strings.ContainsAny(markup, "<&") {
		return html.EscapeString(markup)
	}
	return policy().Sanitize(rebalance(markup, nil))
}

// EscapeText returns plain text as HTML, with line ends kept as line breaks.
func EscapeText(text string) string {
	return strings.ReplaceAll(html.EscapeString(text), "\n", "<br/>")
}

var (
	imageSource = regexp.MustCompile(`^(bank:[^\s"'<>\\:]+|/files(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+)$`)
	linkTarget  = regexp.MustCompile(`(?i)^(https?://|mailto:)`)
	languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)
	codeClass   = regexp.MustCompile(`^language-[A-Za-z0-9+#-]{1,30}$`)
	smallNumber = regexp.MustCompile(`^[0-9]{1,4}%?$`)
	mathValue   = regexp.MustCompile(`^[A-Za-z0-9 .#%+_-]{0,40}$`)
	anyFence    = regexp.MustCompile(`^[^<>"]{0,5}$`)
)

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "aside", "center", "header", "footer", "main",
		"blockquote", "pre", "code", "kbd", "samp", "var", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "mark",
		"small", "sub", "sup", "q", "cite", "abbr", "dfn", "bdi", "bdo", "ruby", "rt", "rp", "tt", "big", "address",
		"ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption",
		"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(languageTag).Globally()
	p.AllowAttrs("class").Matching(codeClass).OnElements("code", "pre")
	p.AllowAttrs("colspan", "rowspan", "span").Matching(smallNumber).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("start", "value").Matching(smallNumber).OnElements("ol", "li")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol")
	p.AllowURLSchemes("http", "https", "mailto", "bank")
	p.AllowRelativeURLs(true)
	p.AllowAttrs("href").Matching(linkTarget).OnElements("a")
	p.RequireNoReferrerOnLinks(true)
	p.RequireNoFollowOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.AllowAttrs("src").Matching(imageSource).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(smallNumber).OnElements("img")
	p.SkipElementsContent("svg", "select", "textarea", "template", "noscript", "object", "iframe")
	p.AddSpaceWhenStrippingTag(false)
	allowMath(p)
	return p
}

func allowMath(p *bluemonday.Policy) {
	p.AllowNoAttrs().OnElements("math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt",
		"mroot", "mstyle", "merror", "mpadded", "mphantom", "mfenced", "menclose", "msub", "msup", "msubsup", "munder",
		"mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mlabeledtr", "mtd")
	p.AllowAttrs("xmlns").Matching(regexp.MustCompile(`^http://www\.w3\.org/1998/Math/MathML$`)).OnElements("math")
	p.AllowAttrs("display").Matching(regexp.MustCompile(`^(block|inline)$`)).OnElements("math")
	p.AllowAttrs("open", "close", "separators").Matching(anyFence).OnElements("mfenced")
	p.AllowAttrs("mathvariant", "displaystyle", "stretchy", "fence", "form", "notation", "accent", "accentunder",
		"linethickness", "columnalign", "rowalign", "width", "lspace", "rspace").Matching(mathValue).
		OnElements("mi", "mn", "mo", "ms", "mtext", "mstyle", "mfrac", "mover", "munder", "munderover", "menclose",
			"mtable", "mtr", "mtd", "mspace", "mpadded")
	p.SkipElementsContent("annotation", "annotation-xml")
}
