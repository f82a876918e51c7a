package qti

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
	textencoding "golang.org/x/text/encoding/unicode"
)

const (
	maxDepth    = 200
	maxNodes    = 300_000
	maxXMLBytes = 16 << 20
	xmlSpace    = "http://www.w3.org/XML/1998/namespace"
)

var versionOneOne = regexp.MustCompile(`^(\s*<\?xml\s+version\s*=\s*["'])1\.1`)

// parseXML reads a whole document into a tree, names in the QTI 2 spelling. Document type declarations are not followed:
// one that declares entities is refused, and the HTML entities are known without one.
func parseXML(data []byte) (*node, error) {
	if len(data) > maxXMLBytes {
		return nil, &located{message: fmt.Sprintf("The XML is larger than %d MB. Split it into several files.", maxXMLBytes>>20)}
	}
	decoder := newDecoder(data)
	builder := treeBuilder{}
	for {
		line, _ := decoder.InputPos()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, syntaxError(decoder, err)
		}
		if err := builder.add(token, line); err != nil {
			return nil, err
		}
	}
	if builder.root == nil {
		return nil, &located{line: 1, message: "The file holds no XML element. Choose a QTI item or package."}
	}
	return builder.root, nil
}

func newDecoder(data []byte) *xml.Decoder {
	text, decoded := decodeUTF16(data)
	// What XML 1.1 adds are names and characters that items do not use.
	text = versionOneOne.ReplaceAll(text, []byte("${1}1.0"))
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		// Some tools declare UTF-16, the encoding of their strings, and write UTF-8.
		if decoded || strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return input, nil
		}
		return charset.NewReaderLabel(label, input)
	}
	return decoder
}

// decodeUTF16 drops a byte order mark and turns UTF-16, with or without one, into UTF-8.
func decodeUTF16(data []byte) (text []byte, decoded bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	endianness := textencoding.BigEndian
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("<\x00")):
		endianness = textencoding.LittleEndian
	case bytes.HasPrefix(data, []byte("\xfe\xff")), bytes.HasPrefix(data, []byte("\x00<")):
	default:
		return data, false
	}
	text, err := textencoding.UTF16(endianness, textencoding.UseBOM).NewDecoder().Bytes(data)
	if err != nil {
		return data, false
	}
	return text, true
}

func syntaxError(decoder *xml.Decoder, err error) error {
	line, _ := decoder.InputPos()
	reason := strings.TrimPrefix(err.Error(), "xml: ")
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		line, reason = syntax.Line, syntax.Msg
	}
	return &located{line: line, message: "The XML is not well-formed: " + reason + ". Correct the file or export it again."}
}

// rootName returns the first element's name in the QTI 2 spelling, or "" when the bytes do not begin as XML.
func rootName(data []byte) string {
	decoder := newDecoder(data)
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		switch t := token.(type) {
		case xml.StartElement:
			return canonical(t.Name.Local)
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return ""
			}
		}
	}
}

type treeBuilder struct {
	root, open   *node
	depth, count int
}

func (b *treeBuilder) add(token xml.Token, line int) error {
	switch t := token.(type) {
	case xml.StartElement:
		return b.start(t, line)
	case xml.EndElement:
		b.depth--
		b.open = b.open.parent
	case xml.CharData:
		if b.open != nil {
			b.open.append(&node{text: string(t), line: line})
			b.count++
		}
	case xml.Directive:
		if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) {
			return &located{line: line, message: "The file declares XML entities, which are not read for safety. Export it without a document type declaration."}
		}
	}
	return b.withinBounds(line)
}

func (b *treeBuilder) start(t xml.StartElement, line int) error {
	if b.open == nil && b.root != nil {
		return &located{line: line, message: "The XML is not well-formed: there is more than one outermost element. Correct the file or export it again."}
	}
	element := &node{name: canonical(t.Name.Local), attrs: attributes(t.Attr), line: line}
	if b.open == nil {
		b.root = element
	} else {
		b.open.append(element)
	}
	b.open = element
	b.depth++
	b.count++
	return b.withinBounds(line)
}

func (b *treeBuilder) withinBounds(line int) error {
	if b.depth > maxDepth || b.count > maxNodes {
		return &located{line: line, message: "The XML is nested too deeply or has too many elements to be an item. Split or simplify it."}
	}
	return nil
}
