package v4

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
)

// What JSON may be at most: arrays and objects in one another, and digits of a number.
const (
	deepest       = 32
	longestNumber = 64
)

// inspect looks through JSON once before anything is made of it. It returns 400 with line and column for what is no JSON,
// goes on after its end, lies too deep or holds what no text can, and Invalid for a name that is there twice.
func inspect(text []byte) error {
	if !utf8.Valid(text) {
		return malformed("The body is not in UTF-8.")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	w := walker{decoder: decoder, text: text}
	if err := w.value(0); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return malformed("The JSON ends at %s, and something follows it.", w.place(decoder.InputOffset()))
	}
	return nil
}

type walker struct {
	decoder *json.Decoder
	text    []byte
}

func (w walker) value(depth int) error {
	token, err := w.next()
	if err != nil {
		return err
	}
	if delimiter, opens := token.(json.Delim); opens {
		if depth == deepest {
			return malformed("The JSON lies too deep at %s: more than %d arrays and objects in one another.", w.place(w.decoder.InputOffset()), deepest)
		}
		if delimiter == '{' {
			return w.object(depth + 1)
		}
		return w.array(depth + 1)
	}
	return nil
}

func (w walker) object(depth int) error {
	seen := map[string]bool{}
	for w.decoder.More() {
		token, err := w.next()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return malformed("This is no JSON at %s: a name is wanted.", w.place(w.decoder.InputOffset()))
		}
		if seen[name] {
			return fault.Field(name, "This is there twice.")
		}
		seen[name] = true
		if err := w.value(depth); err != nil {
			return err
		}
	}
	_, err := w.next()
	return err
}

func (w walker) array(depth int) error {
	for w.decoder.More() {
		if err := w.value(depth); err != nil {
			return err
		}
	}
	_, err := w.next()
	return err
}

// next returns the next token, and refuses those that no column of a database could keep.
func (w walker) next() (json.Token, error) {
	token, err := w.decoder.Token()
	if err != nil {
		return nil, w.broken()
	}
	switch v := token.(type) {
	case string:
		if strings.Contains(v, "\x00") {
			return nil, malformed("The text that ends at %s holds the character U+0000.", w.place(w.decoder.InputOffset()))
		}
	case json.Number:
		if len(v) > longestNumber {
			return nil, malformed("The number that ends at %s is too long.", w.place(w.decoder.InputOffset()))
		}
	}
	return token, nil
}

// broken says where the JSON is no JSON. Reading token by token does not tell; reading it whole does.
func (w walker) broken() error {
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(w.text, &whole), &syntax) && syntax.Error() != "unexpected end of JSON input" {
		return malformed("This is no JSON at %s: %s.", w.place(syntax.Offset), syntax.Error())
	}
	return malformed("The JSON is not complete: it ends at %s.", w.place(int64(len(w.text))))
}

func (w walker) place(offset int64) string {
	read := w.text[:min(max(offset, 0), int64(len(w.text)))]
	line := 1 + bytes.Count(read, []byte("\n"))
	column := utf8.RuneCount(read[bytes.LastIndexByte(read, '\n')+1:])
	return "line " + number(line) + ", column " + number(max(column, 1))
}
