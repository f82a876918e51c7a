package moodlexml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/assay-hire/assay/internal/questionbank"
)

// Bounds against files made to exhaust memory.
const (
	maxDepth = 60
	maxNodes = 700_000
)

// node is an element with its attributes, the character data directly in it, and its children.
type node struct {
	name  string
	attrs map[string]string
	data  strings.Builder
	kids  []*node
	line  int

	start  int64
	markup string // of a <text> whose HTML nobody escaped: all that is in it
}

// located is an error on a line of the file.
type located struct {
	line    int
	message string
}

func (e *located) Error() string { return e.message }

// readTree parses a document safely: document type declarations are refused, no entity but the predefined ones and HTML's
// names is known, depth and number of elements are bounded. Errors are *located.
func readTree(text string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	b := treeBuilder{text: text}
	for {
		before := decoder.InputOffset()
		token, err := decoder.RawToken()
		line, _ := decoder.InputPos()
		if errors.Is(err, io.EOF) {
			return b.finish(line)
		}
		if err != nil {
			return nil, syntaxError(err, line)
		}
		switch token := token.(type) {
		case xml.Directive:
			err = &located{line, "the file has a document type declaration, which is not allowed here; remove the <!DOCTYPE …> part"}
		case xml.StartElement:
			err = b.start(token, line, decoder.InputOffset())
		case xml.EndElement:
			err = b.end(token.Name.Local, line, before)
		case xml.CharData:
			if len(b.open) > 0 {
				b.open[len(b.open)-1].data.Write(token)
			}
		}
		if err != nil {
			return nil, err
		}
	}
}

// treeBuilder puts tokens together.
type treeBuilder struct {
	text  string
	root  *node
	open  []*node
	count int
}

func (b *treeBuilder) start(token xml.StartElement, line int, offset int64) error {
	if b.count++; b.count > maxNodes || len(b.open) >= maxDepth {
		return &located{line, "the file has too many elements, or elements nested too deeply, to be a question file"}
	}
	child := newNode(token, line)
	child.start = offset
	switch {
	case len(b.open) > 0:
		parent := b.open[len(b.open)-1]
		parent.kids = append(parent.kids, child)
	case b.root == nil:
		b.root = child
	default:
		return &located{line, fmt.Sprintf("a second root element <%s> follows the end of the document", child.name)}
	}
	b.open = append(b.open, child)
	return nil
}

func (b *treeBuilder) end(name string, line int, offset int64) error {
	if len(b.open) == 0 || b.open[len(b.open)-1].name != name {
		return &located{line, fmt.Sprintf("the end tag </%s> does not match the tag that is open", name)}
	}
	last := b.open[len(b.open)-1]
	if last.name == "text" && len(last.kids) > 0 && last.child("file") == nil {
		last.markup = b.text[last.start:offset]
	}
	b.open = b.open[:len(b.open)-1]
	return nil
}

func (b *treeBuilder) finish(line int) (*node, error) {
	if len(b.open) > 0 {
		unclosed := b.open[len(b.open)-1]
		return nil, &located{line, fmt.Sprintf("the file ends before <%s> of line %d is closed; it may be cut off", unclosed.name, unclosed.line)}
	}
	if b.root == nil {
		return nil, &located{line, "the file holds no XML element"}
	}
	return b.root, nil
}

func syntaxError(err error, line int) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return &located{syntax.Line, "the XML is not well formed: " + syntax.Msg}
	}
	return &located{line, "the XML is not well formed: " + err.Error()}
}

func newNode(start xml.StartElement, line int) *node {
	n := &node{name: start.Name.Local, line: line}
	for _, a := range start.Attr {
		if n.attrs == nil {
			n.attrs = make(map[string]string, len(start.Attr))
		}
		n.attrs[a.Name.Local] = a.Value
	}
	return n
}

var declaredEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// decodeXML returns the document as UTF-8 text without characters XML forbids, and whether such were removed or the bytes
// were not in the encoding the file declares.
func decodeXML(data []byte) (text string, repaired bool, err error) {
	text, encoding, err := questionbank.DecodeText(data)
	if err != nil {
		return "", false, err
	}
	if encoding != "UTF-16" && !bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		if text, repaired, err = decodeDeclared(data, text); err != nil {
			return "", false, err
		}
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, text)
	return clean, repaired || len(clean) != len(text), nil
}

func decodeDeclared(data []byte, guessed string) (text string, repaired bool, err error) {
	declared := declaredEncoding.FindSubmatch(data[:min(len(data), 400)])
	if declared == nil {
		return guessed, !utf8.Valid(data), nil
	}
	name := strings.ToLower(string(declared[1]))
	if name == "utf-8" || name == "utf8" || strings.HasPrefix(name, "utf-16") {
		return guessed, !utf8.Valid(data), nil
	}
	known, err := htmlindex.Get(name)
	if err != nil {
		return "", false, fmt.Errorf("the file declares the encoding %q, which is not known here; save it as UTF-8", name)
	}
	if name == "iso-8859-1" {
		known = charmap.ISO8859_1
	}
	decoded, err := known.NewDecoder().Bytes(data)
	if err != nil {
		return "", false, fmt.Errorf("the file is not in the encoding %q it declares: %w", name, err)
	}
	return strings.ReplaceAll(string(decoded), "\r\n", "\n"), false, nil
}

func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

func (n *node) all(name string) []*node {
	var list []*node
	for _, k := range n.kids {
		if k.name == name {
			list = append(list, k)
		}
	}
	return list
}

// text is the content of the <text> child, or the element's own where there is none.
func (n *node) text() string {
	if n == nil {
		return ""
	}
	if t := n.child("text"); t != nil {
		if t.markup != "" {
			return strings.TrimSpace(t.markup)
		}
		return strings.TrimSpace(t.data.String())
	}
	return strings.TrimSpace(n.data.String())
}

func (n *node) value(name string) string {
	return n.child(name).text()
}
