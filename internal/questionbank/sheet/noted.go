package sheet

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// notedList reads options that a program wrote into one cell: a list in brackets, or an object of letters and texts in
// braces, in the notation of JSON or with single quotation marks as Python writes them.
func notedList(cell string) ([]string, bool) {
	inList := strings.HasPrefix(cell, "[") && strings.HasSuffix(cell, "]")
	inObject := strings.HasPrefix(cell, "{") && strings.HasSuffix(cell, "}")
	if !inList && !inObject {
		return nil, false
	}
	for _, text := range []string{cell, doubleQuoted(cell)} {
		tokens, ok := scalars(text)
		if !ok || len(tokens) == 0 {
			continue
		}
		if inList {
			return tokens, true
		}
		var texts []string
		for i := 1; i < len(tokens); i += 2 {
			texts = append(texts, tokens[i])
		}
		return texts, true
	}
	return nil, false
}

// scalars are the texts and numbers of a flat JSON list or object in their order, keys included.
func scalars(text string) ([]string, bool) {
	if !json.Valid([]byte(text)) {
		return nil, false
	}
	var found []string
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	for depth := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return found, depth == 0
		}
		switch t := token.(type) {
		case json.Delim:
			if depth++; t == ']' || t == '}' {
				depth -= 2
			}
			if depth > 1 {
				return nil, false
			}
		case nil:
			return nil, false
		default:
			found = append(found, fmt.Sprint(t))
		}
	}
}

var quotedText = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)

// doubleQuoted writes texts in single quotation marks as JSON does.
func doubleQuoted(cell string) string {
	return quotedText.ReplaceAllStringFunc(cell, func(text string) string {
		if text[0] == '"' {
			return text
		}
		inner := strings.ReplaceAll(text[1:len(text)-1], `\'`, "'")
		return `"` + strings.ReplaceAll(inner, `"`, `\"`) + `"`
	})
}
