package openapi

import (
	"maps"
	"slices"
	"strings"
)

// SortedPaths returns the paths in their order.
func (d *Document) SortedPaths() []string { return slices.Sorted(maps.Keys(d.Paths)) }

// Resolved returns the schema that a reference points at, or the schema itself.
func (d *Document) Resolved(s Schema) Schema {
	for range deepest {
		ref, ok := s["$ref"].(string)
		if !ok {
			return s
		}
		s = d.Components.Schemas[ref[strings.LastIndexByte(ref, '/')+1:]]
	}
	return s
}

// Example makes a value that the schema describes, of the examples of its parts.
func (d *Document) Example(s Schema) any { return d.example(s, 0) }

func (d *Document) example(s Schema, depth int) any {
	s = d.Resolved(s)
	if value, ok := s["example"]; ok {
		return value
	}
	if either, ok := s["anyOf"].([]Schema); ok {
		return d.example(either[0], depth)
	}
	if items, ok := s["items"].(Schema); ok {
		if depth > 1 || len(items) == 0 {
			return []any{}
		}
		return []any{d.example(items, depth+1)}
	}
	properties, ok := s["properties"].(Properties)
	if !ok || depth > 2 {
		return exampleOf(s)
	}
	var shown exampleObject
	for _, p := range properties {
		if p.Schema["$ref"] == nil && p.Schema["anyOf"] == nil {
			shown = append(shown, exampleMember{p.Name, d.example(p.Schema, depth+1)})
		}
	}
	return shown
}

// exampleObject is written in the order of its members.
type exampleObject []exampleMember

type exampleMember struct {
	name  string
	value any
}

// MarshalJSON writes an object.
func (o exampleObject) MarshalJSON() ([]byte, error) {
	return inOrder(len(o), func(i int) (string, any) { return o[i].name, o[i].value })
}

func exampleOf(s Schema) any {
	kind := s["type"]
	if list, ok := kind.([]string); ok {
		kind = list[0]
	}
	switch kind {
	case "integer", "number":
		return 1
	case "boolean":
		return true
	case "string":
		return "text"
	case "object":
		return map[string]any{}
	}
	return nil
}
