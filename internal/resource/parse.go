package resource

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// refusal is what is wrong with a value, as a sentence for whoever sent it.
type refusal string

func (r refusal) Error() string { return string(r) }

func wrong(k Kind) error { return refusal("This must be " + wants[k] + ".") }

// parseText reads a parameter's value.
func parseText(k Kind, text string) (any, error) {
	if !storable(text) {
		return nil, wrong(k)
	}
	switch k {
	case Integer:
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return nil, wrong(k)
		}
		return n, nil
	case Number, Decimal:
		n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, wrong(k)
		}
		return n, nil
	case Boolean:
		return parseBool(text)
	case Moment, Day:
		if t, ok := ParseMoment(text); ok {
			return t, nil
		}
		return nil, wrong(k)
	default:
		return text, nil
	}
}

func parseBool(text string) (any, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "1", "yes":
		return true, nil
	case "false", "0", "no":
		return false, nil
	}
	return nil, wrong(Boolean)
}

// storable tells whether both databases can hold a text: valid UTF-8 without a zero byte.
func storable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// parseJSON reads a member's value. Numbers and truth values may come as text, texts as numbers: senders differ, and
// nothing is lost. A null is nil.
func parseJSON(k Kind, raw json.RawMessage) (any, error) {
	text := strings.TrimSpace(string(raw))
	if text == "null" {
		return nil, nil
	}
	switch k {
	case Map, Array, JSON:
		return parseStructure(k, text)
	}
	if strings.HasPrefix(text, `"`) {
		var plain string
		if err := json.Unmarshal(raw, &plain); err != nil {
			return nil, wrong(k)
		}
		return parsePlain(k, plain)
	}
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || k == Moment || k == Day {
		return nil, wrong(k)
	}
	if k == Integer {
		return parseWhole(text)
	}
	if k == Text && (text == "true" || text == "false") {
		return nil, wrong(k)
	}
	return parseText(k, text)
}

func parsePlain(k Kind, plain string) (any, error) {
	if k != Text && strings.TrimSpace(plain) == "" {
		return nil, nil // an empty text where a number or a time is meant is none
	}
	return parseText(k, plain)
}

// parseWhole reads a JSON number that must be whole; 3.0 is.
func parseWhole(text string) (any, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return nil, wrong(Integer)
	}
	return int64(f), nil
}

func parseStructure(k Kind, text string) (any, error) {
	switch {
	case strings.Contains(text, `\u0000`), !storable(text):
		return nil, wrong(k)
	case k == Map && text == "[]":
		return json.RawMessage("{}"), nil // how the document writes an empty object
	case k == Map && !strings.HasPrefix(text, "{"), k == Array && !strings.HasPrefix(text, "["):
		return nil, wrong(k)
	}
	return json.RawMessage(text), nil
}
