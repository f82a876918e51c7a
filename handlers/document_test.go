package handlers_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

// document is what the test reads of an OpenAPI document.
type document struct {
	OpenAPI    string
	Paths      map[string]map[string]operation
	Components struct {
		Schemas   map[string]json.RawMessage
		Responses map[string]json.RawMessage
	}
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Parameters  []struct {
		Name, In string
		Required bool
		Schema   json.RawMessage
	}
	Responses map[string]json.RawMessage
}

// TestTheAPIsDocumentIsWhole holds the document against the rules of the specification that tools stumble over: each
// reference leads somewhere, each variable of a path is declared, ids are unique, every type is one of JSON Schema's.
func TestTheAPIsDocumentIsWhole(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	reply := w.Visitor(t).Get(t, "/docs/api/openapi.json").Want(http.StatusOK)
	var d document
	reply.Into(&d)
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || len(d.Paths) < 150 {
		t.Fatalf("version %q, %d paths", d.OpenAPI, len(d.Paths))
	}
	ids := map[string]string{}
	for path, methods := range d.Paths {
		for method, o := range methods {
			where := method + " " + path
			if before, taken := ids[o.OperationID]; taken || o.OperationID == "" {
				t.Errorf("%s and %s are both called %q", where, before, o.OperationID)
			}
			ids[o.OperationID] = where
			if o.Summary == "" || len(o.Responses) == 0 {
				t.Errorf("%s says nothing of itself", where)
			}
			checkParameters(t, where, path, o)
		}
	}
	var all any
	reply.Into(&all)
	checkSchemas(t, d, all)
}

func checkParameters(t *testing.T, where, path string, o operation) {
	t.Helper()
	seen := map[string]bool{}
	for _, p := range o.Parameters {
		if seen[p.In+p.Name] {
			t.Errorf("%s has %s twice", where, p.Name)
		}
		seen[p.In+p.Name] = true
		if len(p.Schema) == 0 || (p.In == "path" && (!p.Required || !strings.Contains(path, "{"+p.Name+"}"))) {
			t.Errorf("%s declares %s wrongly", where, p.Name)
		}
	}
	for _, part := range strings.Split(path, "/") {
		if strings.HasPrefix(part, "{") && !seen["path"+strings.Trim(part, "{}")] {
			t.Errorf("%s does not declare %s", where, part)
		}
	}
}

var schemaTypes = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

// checkSchemas follows references and looks at types, wherever they stand.
func checkSchemas(t *testing.T, d document, node any) {
	t.Helper()
	switch n := node.(type) {
	case []any:
		for _, inner := range n {
			checkSchemas(t, d, inner)
		}
	case map[string]any:
		if ref, ok := n["$ref"].(string); ok {
			kind, name := ref[:strings.LastIndexByte(ref, '/')], ref[strings.LastIndexByte(ref, '/')+1:]
			_, isSchema := d.Components.Schemas[name]
			_, isResponse := d.Components.Responses[name]
			if !(isSchema && strings.HasSuffix(kind, "/schemas")) && !(isResponse && strings.HasSuffix(kind, "/responses")) {
				t.Errorf("%s leads nowhere", ref)
			}
		}
		if text, ok := n["type"].(string); ok && n["properties"] != nil && !slices.Contains(schemaTypes, text) {
			t.Errorf("there is no type %q", text)
		}
		for _, inner := range n {
			checkSchemas(t, d, inner)
		}
	}
}
