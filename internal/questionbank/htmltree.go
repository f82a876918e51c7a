package questionbank

import (
	"html"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const maxTags = 10_000

// rebalance parses an HTML text as a browser would and writes it back with every tag closed. Visit sees each element
// first and may change its attributes. Of a text with more tags than anybody writes, or nested deeper, only the words are
// kept, for the time that parsing takes can grow with the square of their number.
func rebalance(markup string, visit func(*nethtml.Node)) string {
	if strings.Count(markup, "<") > maxTags {
		return html.EscapeString(PlainText(markup))
	}
	body := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragment(strings.NewReader(markup), body)
	if err != nil {
		return html.EscapeString(PlainText(markup))
	}
	var out strings.Builder
	for _, n := range nodes {
		if visit != nil {
			walk(n, visit)
		}
		if err := nethtml.Render(&out, n); err != nil {
			return html.EscapeString(PlainText(markup))
		}
	}
	return out.String()
}

func walk(n *nethtml.Node, visit func(*nethtml.Node)) {
	if n.Type == nethtml.ElementNode {
		visit(n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		walk(child, visit)
	}
}

func attribute(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func setAttribute(n *nethtml.Node, key, value string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != key {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	if value != "" {
		n.Attr = append(n.Attr, nethtml.Attribute{Key: key, Val: value})
	}
}

func hasImage(markup string) bool {
	return FirstImage(markup) != ""
}

// FirstImage returns the source of the first picture in an HTML text, without the bank: scheme, or "".
func FirstImage(markup string) string {
	if !strings.Contains(markup, "<img") {
		return ""
	}
	tokens := nethtml.NewTokenizer(strings.NewReader(markup))
	for {
		switch tokens.Next() {
		case nethtml.ErrorToken:
			return ""
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			token := tokens.Token()
			if token.DataAtom != atom.Img {
				continue
			}
			for _, a := range token.Attr {
				if a.Key == "src" {
					return strings.TrimPrefix(a.Val, "bank:")
				}
			}
		}
	}
}

func itoa(n int) string {
	return strconv.Itoa(n)
}
