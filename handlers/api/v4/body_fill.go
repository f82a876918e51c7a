package v4

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// fill puts the fields into a struct by its json tags. It returns Invalid for names that the struct has not, spelled to
// the letter, and for values of another kind than it wants.
func (b body) fill(into any) error {
	known := fieldTypes(reflect.TypeOf(into).Elem())
	bad := fault.Fields{}
	fields := make(map[string]json.RawMessage, len(b.fields))
	for name, raw := range b.fields {
		kind, ok := known[name]
		if !ok {
			bad[name] = "There is no such field."
			continue
		}
		fields[name] = b.plain(raw, kind)
	}
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("gather the body's fields: %w", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	return refusedValue(decoder.Decode(into))
}

// plain returns the value of a form as the number or truth that the struct wants, if it is one.
func (b body) plain(raw json.RawMessage, kind reflect.Type) json.RawMessage {
	for kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	isScalar := slices.Contains([]reflect.Kind{reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64}, kind.Kind())
	var text string
	if !b.isForm || !isScalar || json.Unmarshal(raw, &text) != nil || !json.Valid([]byte(text)) {
		return raw
	}
	return json.RawMessage(text)
}

// fieldTypes returns the types of a struct's fields by their JSON names, those of embedded structs among them.
func fieldTypes(t reflect.Type) map[string]reflect.Type {
	known := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && name != "" && name != "-" {
			known[name] = f.Type
		}
	}
	return known
}

// refusedValue turns what the decoder says into the field at fault.
func refusedValue(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return fault.Field(kind.Field, "This must be %s.", wanted(kind.Type))
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		if plain, err := strconv.Unquote(name); err == nil {
			return fault.Field(plain, "There is no such field.")
		}
	}
	return fault.New(fault.Invalid, "A value could not be read: %s.", strings.TrimPrefix(err.Error(), "json: "))
}

func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "a whole number within bounds"
}

func number(n int) string { return strconv.Itoa(n) }
