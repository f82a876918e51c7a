package openapi

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"time"
)

// Schema is a JSON Schema as OpenAPI 3.1 holds it.
type Schema map[string]any

// Ref points at a schema of the document by its name.
func Ref(name string) Schema { return Schema{"$ref": "#/components/schemas/" + name} }

// List is a list of what the schema describes.
func (s Schema) List() Schema { return Schema{"type": "array", "items": s} }

// OrNull is the schema or null.
func (s Schema) OrNull() Schema {
	if kind, ok := s["type"].(string); ok {
		with := Schema{}
		for k, v := range s {
			with[k] = v
		}
		with["type"] = []string{kind, "null"}
		return with
	}
	if len(s) == 0 {
		return s
	}
	return Schema{"anyOf": []Schema{s, {"type": "null"}}}
}

// Object is a schema of members, in their order; required names those that must be there.
func Object(members Properties, required ...string) Schema {
	s := Schema{"type": "object", "properties": Properties(members)}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// Property is one member of an object.
type Property struct {
	Name   string
	Schema Schema
}

// Properties are written in their order.
type Properties []Property

// MarshalJSON writes an object.
func (p Properties) MarshalJSON() ([]byte, error) {
	return inOrder(len(p), func(i int) (string, any) { return p[i].Name, p[i].Schema })
}

// inOrder writes an object of n members in their order.
func inOrder(n int, member func(i int) (name string, value any)) ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i := range n {
		if i > 0 {
			out.WriteByte(',')
		}
		name, value := member(i)
		for j, part := range []any{name, value} {
			text, err := json.Marshal(part)
			if err != nil {
				return nil, err
			}
			if j == 1 {
				out.WriteByte(':')
			}
			out.Write(text)
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

const deepest = 6

var (
	timeType = reflect.TypeFor[time.Time]()
	rawType  = reflect.TypeFor[json.RawMessage]()
)

// Of describes a Go type as encoding/json writes it. A struct's field that is no pointer, slice or map and is tagged
// needs:"yes" must be there.
func Of(t reflect.Type) Schema { return of(t, 0) }

func of(t reflect.Type, depth int) Schema {
	switch {
	case t == nil, depth > deepest, t == rawType:
		return Schema{}
	case t == timeType:
		return Schema{"type": "string", "format": "date-time", "example": "2026-01-31T09:30:00+00:00"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return of(t.Elem(), depth).OrNull()
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint32, reflect.Uint64:
		return Schema{"type": "integer"}
	case reflect.Float32, reflect.Float64:
		return Schema{"type": "number"}
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Slice, reflect.Array:
		return of(t.Elem(), depth+1).List()
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": of(t.Elem(), depth+1)}
	case reflect.Struct:
		return ofStruct(t, depth)
	default:
		return Schema{}
	}
}

func ofStruct(t reflect.Type, depth int) Schema {
	var required []string
	var members Properties
	for _, f := range fieldsOf(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		members = append(members, Property{name, of(f.Type, depth+1)})
		if f.Tag.Get("needs") == "yes" {
			required = append(required, name)
		}
	}
	return Object(members, required...)
}

// fieldsOf returns a struct's fields with a wire name, those of embedded structs in their place. What is tagged wire:"own"
// is the program's alone.
func fieldsOf(t reflect.Type) []reflect.StructField {
	var all []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case f.Anonymous && name == "" && inner.Kind() == reflect.Struct:
			all = append(all, fieldsOf(inner)...)
		case f.IsExported() && name != "" && name != "-" && f.Tag.Get("wire") != "own":
			all = append(all, f)
		}
	}
	return all
}
