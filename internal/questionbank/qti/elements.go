package qti

import (
	"net/url"
	"regexp"
	"strings"
)

// elements maps the elements that may stand in a question to what they are written as.
var elements = map[string]string{
	"p": "p", "div": "div", "span": "span", "strong": "strong", "em": "em", "b": "b", "i": "i", "u": "u", "s": "s",
	"sub": "sub", "sup": "sup", "small": "small", "mark": "mark", "del": "del", "ins": "ins", "q": "q", "cite": "cite",
	"code": "code", "kbd": "kbd", "samp": "samp", "var": "var", "abbr": "abbr", "bdo": "bdo", "bdi": "bdi", "a": "a",
	"ul": "ul", "ol": "ol", "li": "li", "dl": "dl", "dt": "dt", "dd": "dd", "blockquote": "blockquote", "pre": "pre",
	"h1": "h1", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6",
	"table": "table", "caption": "caption", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "td": "td", "th": "th",
	"ruby": "ruby", "rt": "rt", "rp": "rp", "figure": "figure", "figcaption": "figcaption",
	"tt": "code", "big": "span", "acronym": "abbr", "address": "div", "section": "div", "article": "div", "header": "div",
	"footer": "div", "aside": "div", "nav": "div", "main": "div", "center": "div", "strike": "s", "label": "span", "dfn": "em",

	"math": "math", "mi": "mi", "mn": "mn", "mo": "mo", "ms": "ms", "mtext": "mtext", "mspace": "mspace", "mrow": "mrow",
	"mfrac": "mfrac", "msqrt": "msqrt", "mroot": "mroot", "mstyle": "mstyle", "merror": "merror", "mpadded": "mpadded",
	"mphantom": "mphantom", "mfenced": "mfenced", "menclose": "menclose", "msub": "msub", "msup": "msup", "msubsup": "msubsup",
	"munder": "munder", "mover": "mover", "munderover": "munderover", "mmultiscripts": "mmultiscripts",
	"mprescripts": "mprescripts", "none": "none", "mtable": "mtable", "mtr": "mtr", "mtd": "mtd",
}

// transparent elements say nothing by themselves; what is in them is kept without a word.
var transparent = map[string]bool{
	"contentBody": true, "semantics": true, "picture": true, "font": true, "colgroup": true, "col": true, "wbr": true,
	"mlabeledtr": true, "simpleChoice": true, "hottext": true, "include": true, "stimulusBody": true,
}

// leftOut elements go with all that is in them; those with a name are worth a warning.
var leftOut = map[string]string{
	"feedbackInline": "", "feedbackBlock": "", "modalFeedback": "", "rubricBlock": "", "endAttemptInteraction": "", "mediaInteraction": "", "prompt": "",
	"gapText": "", "gapImg": "", "annotation": "", "annotation-xml": "", "style": "", "stylesheet": "", "link": "", "meta": "",
	"source": "", "track": "", "catalogInfo": "", "templateInline": "", "templateBlock": "", "maction": "interactive formula",
	"script": "script", "noscript": "script", "video": "video", "audio": "recording", "iframe": "embedded page",
	"embed": "embedded content", "applet": "embedded content", "form": "form", "input": "form", "button": "form",
	"select": "form", "textarea": "form", "svg": "drawing", "canvas": "drawing",
}

// blocks start on a line of their own; interactions among them render to one or to nothing.
var blocks = set(`p div ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 h6 hr figure
	figcaption section article header footer aside nav main center address contentBody stimulusBody rubricBlock feedbackBlock
	choiceInteraction extendedTextInteraction matchInteraction associateInteraction gapMatchInteraction`)

// mayVanish elements are dropped when nothing is left in them.
var mayVanish = set(`p div span strong em b i u s sub sup small ul ol li blockquote h1 h2 h3 h4 h5 h6 figure a code`)

// attributesOf lists the attributes an element keeps besides dir and lang.
var attributesOf = map[string]string{
	"a": "href", "ol": " start type ", "td": " colspan rowspan ", "th": " colspan rowspan scope ", "abbr": " title ", "math": " display ",
	"mi": " mathvariant ", "mo": " stretchy fence separator form ", "mfenced": " open close separators ", "mfrac": " linethickness bevelled ",
	"menclose": " notation ", "mstyle": " displaystyle mathvariant ", "mtable": " columnalign rowalign ", "mspace": " width ",
	"mover": " accent ", "munder": " accentunder ", "munderover": " accent accentunder ",
}

var (
	languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)
	direction   = regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)
)

func set(names string) map[string]bool {
	members := map[string]bool{}
	for _, name := range strings.Fields(names) {
		members[name] = true
	}
	return members
}

// attributes returns what may stay of an element's attributes, ready to be written, in a fixed order.
func (r *renderer) attributes(n *node) string {
	out := directionOf(n) + languageOf(n)
	if elements[n.name] == "a" {
		return out + safeLink(n.attr("href"))
	}
	for _, name := range strings.Fields(attributesOf[elements[n.name]]) {
		value := n.attr(name)
		if r.gaps {
			value = underscores.ReplaceAllString(value, "…")
		}
		if value != "" {
			out += " " + name + `="` + escape(value) + `"`
		}
	}
	return out
}

// safeLink keeps links to pages and mail addresses, and nothing that could run.
func safeLink(href string) string {
	target, err := url.Parse(href)
	if err != nil || target.Scheme != "http" && target.Scheme != "https" && target.Scheme != "mailto" {
		return ""
	}
	return ` href="` + escape(strings.ReplaceAll(href, "_____", "____%5F")) + `"`
}

func directionOf(n *node) string {
	if value := n.attr("dir"); direction.MatchString(value) {
		return ` dir="` + strings.ToLower(value) + `"`
	}
	return ""
}

func languageOf(n *node) string {
	if value := n.attr("lang"); languageTag.MatchString(value) {
		return ` lang="` + value + `"`
	}
	return ""
}

// inheritedDirection returns the nearest direction at or above the node, unless attrs has one.
func inheritedDirection(n *node, attrs string) string {
	if strings.Contains(attrs, " dir=") {
		return ""
	}
	for ; n != nil; n = n.parent {
		if found := directionOf(n); found != "" {
			return found
		}
	}
	return ""
}

// inheritedLanguage returns the nearest language at or above the node. That of the item as a whole is not repeated in
// its parts.
func inheritedLanguage(n *node) string {
	for ; n != nil && n.name != "assessmentItem"; n = n.parent {
		if found := languageOf(n); found != "" {
			return found
		}
	}
	return ""
}
