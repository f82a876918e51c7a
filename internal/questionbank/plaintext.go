package questionbank

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PlainText returns what a reader sees of an HTML text: tags and pictures gone, entities decoded, every run of white
// space, no-break space included, one space. TeX source stays as it is; MathML becomes its symbols with spaces between.
func PlainText(markup string) string {
	if !strings.ContainsAny(markup, "<&") {
		return CollapseSpace(markup)
	}
	var out strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(markup))
	skip, math := 0, 0
	for {
		kind := tokens.Next()
		switch kind {
		case html.ErrorToken:
			return CollapseSpace(out.String())
		case html.TextToken:
			if skip == 0 {
				out.WriteString(string(tokens.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			step := depthStep(kind)
			skip = max(0, skip+step*boolToInt(unseen[string(name)]))
			math = max(0, math+step*boolToInt(string(name) == "math"))
			if math > 0 || breaksWord[atom.Lookup(name)] {
				out.WriteByte(' ')
			}
		}
	}
}

// CollapseSpace trims text and makes every run of white space one space.
func CollapseSpace(text string) string {
	return strings.Join(strings.Fields(text), " ")
}

func depthStep(kind html.TokenType) int {
	switch kind {
	case html.StartTagToken:
		return 1
	case html.EndTagToken:
		return -1
	}
	return 0
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

var unseen = map[string]bool{"script": true, "style": true, "annotation": true, "annotation-xml": true, "template": true}

var breaksWord = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Br: true, atom.Caption: true,
	atom.Center: true, atom.Dd: true, atom.Details: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.H1: true, atom.H2: true, atom.H3: true,
	atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true,
	atom.Math: true, atom.Nav: true, atom.Ol: true, atom.Option: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true,
	atom.Ul: true,
}
