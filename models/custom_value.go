package models

import (
	"strconv"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

// The data types of custom fields. An empty type is text.
const (
	TextData    = "text"
	NumberData  = "number"
	DateData    = "date"
	BooleanData = "boolean"
	URLData     = "url"
)

// Kind returns the field's data type, text where none of ours is named.
func (f CustomField) Kind() string {
	if f.DataType == nil {
		return TextData
	}
	switch kind := strings.ToLower(*f.DataType); kind {
	case NumberData, DateData, BooleanData, URLData:
		return kind
	}
	return TextData
}

// Parse returns a value of the field's type from what somebody typed: a number, true or false, or text. Empty text gives
// nil. It returns an Invalid fault for what does not fit.
func (f CustomField) Parse(text string) (any, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	switch f.Kind() {
	case NumberData:
		n, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s is a number, such as 12 or 3.5.", f.Label)
		}
		return n, nil
	case DateData:
		if _, err := ReadDay(text, time.UTC); err != nil {
			return nil, fault.New(fault.Invalid, "%s is a day, written like 2027-02-28.", f.Label)
		}
	case BooleanData:
		return parseBoolean(f, text)
	case URLData:
		if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
			return nil, fault.New(fault.Invalid, "%s is an address that begins with https://.", f.Label)
		}
	}
	return text, nil
}

// ReadDay reads a day as date fields send it, like 2027-02-28, and returns when it begins in a zone. It returns an Invalid
// fault for what is none.
func ReadDay(text string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return day, fault.New(fault.Invalid, "This is not a day. Write it like 2027-02-28.")
	}
	return day, nil
}

func parseBoolean(f CustomField, text string) (any, error) {
	switch strings.ToLower(text) {
	case "1", "true", "yes", "y", "x":
		return true, nil
	case "0", "false", "no", "n", "-":
		return false, nil
	}
	return nil, fault.New(fault.Invalid, "%s is yes or no.", f.Label)
}

// Words returns a stored value of the field as people read it; "" for none.
func (f CustomField) Words(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		if v {
			return "Yes"
		}
		return "No"
	}
	return ""
}
