package qti

import (
	"slices"
	"strconv"
	"strings"
)

// node is an element, or character data when its name is empty.
type node struct {
	name   string
	text   string
	attrs  map[string]string
	kids   []*node
	parent *node
	line   int
}

func (n *node) append(kid *node) {
	kid.parent = n
	n.kids = append(n.kids, kid)
}

func (n *node) attr(name string) string { return strings.TrimSpace(n.attrs[name]) }

func (n *node) isTrue(name string) bool {
	return strings.EqualFold(n.attr(name), "true") || n.attr(name) == "1"
}

// number returns a numeric attribute, and false when it is absent or not a number.
func (n *node) number(name string) (float64, bool) {
	return parseNumber(n.attr(name))
}

func parseNumber(text string) (float64, bool) {
	value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || value != value || value > 1e9 || value < -1e9 {
		return 0, false
	}
	return value, true
}

// child returns the first child element of the name, nil when there is none.
func (n *node) child(name string) *node {
	for _, kid := range n.kids {
		if kid.name == name {
			return kid
		}
	}
	return nil
}

func (n *node) children(names ...string) []*node {
	var found []*node
	for _, kid := range n.kids {
		if kid.name != "" && slices.Contains(names, kid.name) {
			found = append(found, kid)
		}
	}
	return found
}

// all returns the descendants of the names in document order.
func (n *node) all(names ...string) []*node {
	var found []*node
	n.walk(func(kid *node) bool {
		if slices.Contains(names, kid.name) {
			found = append(found, kid)
		}
		return true
	})
	return found
}

// walk visits every descendant element in document order; below one for which visit returns false it does not descend.
func (n *node) walk(visit func(*node) bool) {
	for _, kid := range n.kids {
		if kid.name != "" && visit(kid) {
			kid.walk(visit)
		}
	}
}

// content returns the character data of the node and all below it as it stands, without what is not part of the text.
func (n *node) content() string {
	switch n.name {
	case "":
		return n.text
	case "annotation", "annotation-xml", "feedbackInline", "feedbackBlock":
		return ""
	}
	var out strings.Builder
	for _, kid := range n.kids {
		out.WriteString(kid.content())
	}
	return out.String()
}

// plain returns the content with white space collapsed.
func (n *node) plain() string { return strings.Join(strings.Fields(n.content()), " ") }
