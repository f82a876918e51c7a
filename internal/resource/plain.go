package resource

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

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
