package resource

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/datatypes"
)

// Kind is what a member holds on the wire.
type Kind string

// The kinds. Decimal is a number sent as text with two places; JSON is any value.
const (
	Integer Kind = "integer"
	Number  Kind = "number"
	Decimal Kind = "decimal"
	Text    Kind = "text"
	Boolean Kind = "boolean"
	Moment  Kind = "timestamp"
	Day     Kind = "date"
	Map     Kind = "object"
	Array   Kind = "array"
	JSON    Kind = "json"
)

var (
	timeType = reflect.TypeFor[time.Time]()
	dayType  = reflect.TypeFor[datatypes.Date]()
	mapType  = reflect.TypeFor[datatypes.JSONMap]()
	jsonType = reflect.TypeFor[datatypes.JSON]()
)

// kindOf returns the kind of a struct field's type.
func kindOf(t reflect.Type) Kind {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case timeType:
		return Moment
	case dayType:
		return Day
	case mapType:
		return Map
	case jsonType:
		return JSON
	}
	switch t.Kind() {
	case reflect.Bool:
		return Boolean
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Integer
	case reflect.Float32, reflect.Float64:
		return Number
	case reflect.String:
		return Text
	case reflect.Slice:
		return Array
	default:
		return JSON
	}
}

// momentLayouts are the forms of a timestamp that the document shows, and those people send besides.
var momentLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05-07:00", "2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05.-0700",
	"2006-01-02T15:04:05.+0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-07:00",
	"2006-01-02 15:04:05.999999999-07", "2006-01-02 15:04:05.999999999-07:00", "2006-01-02 15:04:05", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, time.RFC1123, time.RFC1123Z, "Mon, 02 Jan 2006",
}

// ParseMoment reads a timestamp in any of the accepted forms. Without an offset it is UTC.
func ParseMoment(text string) (time.Time, bool) {
	text = strings.Replace(strings.TrimSpace(text), ".+", "+", 1) // seen in the document: a point without a fraction
	for _, layout := range momentLayouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1 && t.Year() <= 9999 {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// FormatMoment writes a timestamp as the wire has it: ISO 8601 in UTC, with whole seconds.
func FormatMoment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-07:00") }

// wants is how a problem names what a kind takes.
var wants = map[Kind]string{
	Integer: "a whole number", Number: "a number", Decimal: "a number", Text: "a text", Boolean: "true or false",
	Moment: "a time such as 2026-01-31T09:30:00+00:00", Day: "a date such as 2026-01-31", Map: "an object", Array: "a list",
	JSON: "a JSON value",
}

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

// Plain brings a value that a caller sent into the form that Go's decoder takes for a type: numbers and truth values sent
// as texts, timestamps in any accepted form, an empty list for an empty object, inside lists and objects too. What needs no
// change is returned as it is. A member that an object of the type does not have is refused by its name.
func Plain(t reflect.Type, raw json.RawMessage) (json.RawMessage, error) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	text := strings.TrimSpace(string(raw))
	if text == "null" || t != timeType && reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return raw, nil
	}
	switch k := kindOf(t); {
	case k == Moment, strings.HasPrefix(text, `"`) && (k == Integer || k == Number || k == Boolean):
		return plainValue(k, raw)
	case t.Kind() == reflect.Slice && strings.HasPrefix(text, "["):
		return plainList(t, raw)
	case t.Kind() == reflect.Struct && strings.HasPrefix(text, "{"):
		return plainObject(t, raw)
	case t.Kind() == reflect.Map && text == "[]":
		return json.RawMessage("{}"), nil
	}
	return raw, nil
}

func plainValue(k Kind, raw json.RawMessage) (json.RawMessage, error) {
	value, err := parseJSON(k, raw)
	if err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

func plainList(t reflect.Type, raw json.RawMessage) (json.RawMessage, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return raw, nil // what is no JSON the decoder refuses in its own words
	}
	for i, item := range items {
		var err error
		if items[i], err = Plain(t.Elem(), item); err != nil {
			return nil, err
		}
	}
	return json.Marshal(items)
}

func plainObject(t reflect.Type, raw json.RawMessage) (json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return raw, nil
	}
	types := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			types[name] = f.Type
		}
	}
	for name, value := range members {
		of, known := types[name]
		if !known {
			return nil, refusal(fmt.Sprintf("There is no member %q in it.", name))
		}
		var err error
		if members[name], err = Plain(of, value); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return json.Marshal(members)
}

// Wants is how a message names what a type takes.
func Wants(t reflect.Type) string { return wants[kindOf(t)] }
