package qti

import (
	"strings"

	nethtml "golang.org/x/net/html"
)

// holdsHTMLText tells whether an element says that its character data is HTML source, as one tool's exports do. Anywhere
// else such text is meant to be read as it stands.
func holdsHTMLText(n *node) bool {
	if !strings.Contains(n.attr("class"), "htmlContent") || len(n.kids) == 0 {
		return false
	}
	for _, kid := range n.kids {
		if kid.name != "" {
			return false
		}
	}
	return strings.Contains(n.content(), "<")
}

// parsedHTML returns a copy of the element with its character data parsed.
func parsedHTML(n *node) *node {
	copied := &node{name: n.name, attrs: n.attrs, parent: n.parent, line: n.line}
	for _, part := range parseHTML(n.content()) {
		addHTML(copied, part, 0)
	}
	return copied
}

func addHTML(parent *node, part *nethtml.Node, depth int) {
	switch {
	case part.Type == nethtml.TextNode:
		parent.append(&node{text: part.Data, line: parent.line})
	case part.Type == nethtml.ElementNode && depth < maxDepth:
		element := &node{name: part.Data, attrs: map[string]string{}, line: parent.line}
		for _, attr := range part.Attr {
			element.attrs[attr.Key] = attr.Val
		}
		parent.append(element)
		for kid := range part.ChildNodes() {
			addHTML(element, kid, depth+1)
		}
	}
}
