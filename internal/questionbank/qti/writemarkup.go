package qti

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/assay-hire/assay/internal/questionbank"
)

const mathSpace = "http://www.w3.org/1998/Math/MathML"

// xmlText escapes text for element content and attribute values and drops what XML cannot hold.
func xmlText(text string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

func parseHTML(markup string) []*nethtml.Node {
	nodes, err := nethtml.ParseFragment(strings.NewReader(markup), &nethtml.Node{Type: nethtml.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return []*nethtml.Node{{Type: nethtml.TextNode, Data: markup}}
	}
	return nodes
}

// flow turns a question's HTML into the XHTML that may stand in an option or feedback.
func (w *itemWriter) flow(markup string) string {
	m := &markupWriter{item: w}
	for _, n := range parseHTML(markup) {
		m.node(n)
	}
	return m.out.String()
}

// body turns the question's text into the blocks of an item body, with the gaps in their places. Text outside any block
// is put into paragraphs, as the item body admits blocks only.
func (w *itemWriter) body() string {
	m := &markupWriter{item: w, gaps: w.gaps, inGaps: w.question.Type == questionbank.FillBlanks}
	var out strings.Builder
	flush := func() {
		if strings.TrimSpace(m.out.String()) != "" {
			out.WriteString("<p>" + m.out.String() + "</p>")
		}
		m.out.Reset()
	}
	for _, n := range parseHTML(w.question.Prompt) {
		if n.Type == nethtml.ElementNode && blocks[n.Data] {
			flush()
			m.node(n)
			out.WriteString(m.out.String())
			m.out.Reset()
			continue
		}
		m.node(n)
	}
	flush()
	if len(m.gaps) > 0 {
		w.warn("The text has fewer gap marks than there are gaps; the others were put at its end.")
	}
	for _, gap := range m.gaps {
		out.WriteString("<p>" + gap + "</p>")
	}
	return out.String()
}

type markupWriter struct {
	item   *itemWriter
	out    strings.Builder
	gaps   []string // interactions not yet written
	inGaps bool
}

func (m *markupWriter) node(n *nethtml.Node) {
	switch n.Type {
	case nethtml.TextNode:
		m.text(n.Data)
	case nethtml.ElementNode:
		m.element(n)
	}
}

func (m *markupWriter) text(text string) {
	if !m.inGaps {
		m.out.WriteString(xmlText(text))
		return
	}
	for i, part := range strings.Split(text, questionbank.Gap) {
		switch {
		case i == 0:
		case len(m.gaps) > 0:
			m.out.WriteString(m.gaps[0])
			m.gaps = m.gaps[1:]
		default:
			m.item.warn("The text has more gap marks than there are gaps; the last ones stay as text.")
			m.out.WriteString(questionbank.Gap)
		}
		m.out.WriteString(xmlText(part))
	}
}

func (m *markupWriter) element(n *nethtml.Node) {
	switch {
	case n.Data == "img":
		m.picture(n)
		return
	case n.Data == "br" || n.Data == "hr":
		m.out.WriteString("<" + n.Data + "/>")
		return
	case elements[n.Data] == "":
		m.children(n)
		return
	}
	name := elements[n.Data]
	m.out.WriteString("<" + name)
	if name == "math" {
		m.out.WriteString(` xmlns="` + mathSpace + `"`)
	}
	for _, attr := range n.Attr {
		m.attribute(name, attr)
	}
	m.out.WriteString(">")
	m.children(n)
	m.out.WriteString("</" + name + ">")
}

func (m *markupWriter) children(n *nethtml.Node) {
	if n.Data == "script" || n.Data == "style" {
		return
	}
	for kid := range n.ChildNodes() {
		m.node(kid)
	}
}

func (m *markupWriter) attribute(element string, attr nethtml.Attribute) {
	name := attr.Key
	switch {
	case name == "lang":
		name = "xml:lang"
	case name == "dir":
	case element == "a" && name == "href" && safeLink(attr.Val) == "":
		return
	case element == "a" && name == "href":
	case strings.Contains(attributesOf[element], " "+name+" "):
	default:
		return
	}
	m.out.WriteString(" " + name + `="` + xmlText(attr.Val) + `"`)
}

// picture writes a picture the question carries; of one it does not carry the alternative text stays in its place.
func (m *markupWriter) picture(n *nethtml.Node) {
	attrs := map[string]string{}
	for _, attr := range n.Attr {
		attrs[attr.Key] = attr.Val
	}
	name, carried := strings.CutPrefix(attrs["src"], "bank:")
	for _, image := range m.item.question.Images {
		if !carried || image.Name != name {
			continue
		}
		m.out.WriteString(`<img src="` + xmlText(m.item.picture(image)) + `" alt="` + xmlText(attrs["alt"]) + `"`)
		for _, size := range []string{"width", "height"} {
			if pixels.MatchString(attrs[size]) {
				m.out.WriteString(" " + size + `="` + attrs[size] + `"`)
			}
		}
		m.out.WriteString("/>")
		return
	}
	if attrs["src"] != "" {
		m.item.warn("The picture “" + attrs["src"][:min(len(attrs["src"]), 80)] + "” was left out: the question does not carry it.")
	}
	if attrs["alt"] != "" {
		m.out.WriteString(`<span role="img" aria-label="` + xmlText(attrs["alt"]) + `"></span>`)
	}
}
