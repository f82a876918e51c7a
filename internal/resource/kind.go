package resource

import (
	"reflect"
	"strings"
	"time"

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

// momentLayouts are the forms of a timestamp that the document shows, and those people send besides. A fraction of the
// seconds may stand in any of them.
var momentLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, time.RFC1123, time.RFC1123Z, "Mon, 02 Jan 2006",
}

// strayPoint is a point without a fraction, which the document shows once: 10:17:14.+0530.
var strayPoint = strings.NewReplacer(".+", "+", ".-", "-")

// ParseMoment reads a timestamp in any of the accepted forms. Without an offset it is UTC.
func ParseMoment(text string) (time.Time, bool) {
	text = strayPoint.Replace(strings.TrimSpace(text))
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

// Wants is how a message names what a type takes.
func Wants(t reflect.Type) string { return wants[kindOf(t)] }
