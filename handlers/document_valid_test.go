package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/assay-hire/assay/internal/testkit"
)

func readDocument(t *testing.T, w *testkit.World) libopenapi.Document {
	t.Helper()
	reply := w.Visitor(t).Get(t, "/docs/api/openapi.json").Want(http.StatusOK)
	document, err := libopenapi.NewDocument([]byte(reply.Body))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func judgeOf(t *testing.T, document libopenapi.Document) validator.Validator {
	t.Helper()
	judge, problems := validator.NewValidator(document)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return judge
}

// TestTheAPIsDocumentIsValid lets another program's reader judge the document by the schema of OpenAPI 3.1.
func TestTheAPIsDocumentIsValid(t *testing.T) {
	t.Parallel()
	valid, problems := judgeOf(t, readDocument(t, testkit.OneWorld(t))).ValidateDocument()
	for _, problem := range problems {
		t.Error(problem.Message, problem.Reason)
		for _, inner := range problem.SchemaValidationErrors {
			t.Error(inner.Reason, inner.KeywordLocation)
		}
	}
	if !valid && len(problems) == 0 {
		t.Error("not valid")
	}
}

// schemasOf compiles schemas of the document by where they stand in it.
func schemasOf(t *testing.T, document string) *jsonschema.Compiler {
	t.Helper()
	content, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(documentAddress, content); err != nil {
		t.Fatal(err)
	}
	return compiler
}

const documentAddress = "http://assay.test/openapi.json"

// checkAnswer holds a 200 against the schema that the document has for a path.
func checkAnswer(t *testing.T, schemas *jsonschema.Compiler, path string, reply testkit.Reply) {
	t.Helper()
	where := fmt.Sprintf("%s#/paths/%s/get/responses/200/content/application~1json/schema", documentAddress,
		pointerPart.Replace(path))
	schema, err := schemas.Compile(where)
	if err != nil {
		t.Errorf("GET %s has no schema: %v", path, err)
		return
	}
	answer, err := jsonschema.UnmarshalJSON(strings.NewReader(reply.Body))
	if err != nil {
		t.Errorf("GET %s: %v", path, err)
		return
	}
	if err := schema.Validate(answer); err != nil {
		t.Errorf("GET %s: %v", path, err)
	}
}

// TestTheAPIAnswersAsItsDocumentSays asks every list, and the first row of each, and holds the answers against the
// schemas of the document.
func TestTheAPIAnswersAsItsDocumentSays(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	w.Rows(t)
	ada := w.Program(t, w.Ada)
	reply := w.Visitor(t).Get(t, "/docs/api/openapi.json").Want(http.StatusOK)
	var d document
	reply.Into(&d)
	schemas, lists, rows := schemasOf(t, reply.Body), 0, 0
	fill := strings.NewReplacer("{oid}", fmt.Sprint(w.Acme.ID), "{uid}", fmt.Sprint(w.Rita.ID), "{settings_id}", "1")
	for path, methods := range d.Paths {
		filled := fill.Replace(path)
		if _, reads := methods["get"]; !reads || strings.Contains(filled, "{") {
			continue
		}
		list := ada.Get(t, filled)
		if list.Status != http.StatusOK {
			continue
		}
		if !strings.HasPrefix(list.Header.Get("Content-Type"), "application/json") {
			continue
		}
		lists++
		checkAnswer(t, schemas, path, list)
		var found []struct{ ID int64 }
		if _, shows := d.Paths[path+"/{id}"]["get"]; !shows || json.Unmarshal([]byte(list.Body), &found) != nil || len(found) == 0 {
			continue
		}
		rows++
		checkAnswer(t, schemas, path+"/{id}", ada.Get(t, fmt.Sprintf("%s/%d", filled, found[0].ID)).Want(http.StatusOK))
	}
	if lists < 60 || rows < 30 {
		t.Errorf("only %d lists and %d rows were asked", lists, rows)
	}
}

// TestTheDocumentsExamplesFitTheirSchemas holds each example against the schema it stands in.
func TestTheDocumentsExamplesFitTheirSchemas(t *testing.T) {
	t.Parallel()
	reply := testkit.OneWorld(t).Visitor(t).Get(t, "/docs/api/openapi.json").Want(http.StatusOK)
	var content any
	reply.Into(&content)
	schemas, examples := schemasOf(t, reply.Body), 0
	eachExample(content, "#", func(where string, example any) {
		examples++
		schema, err := schemas.Compile(documentAddress + where)
		if err != nil {
			t.Errorf("%s: %v", where, err)
		} else if err := schema.Validate(example); err != nil {
			t.Errorf("%s: %v", where, err)
		}
	})
	if examples < 1000 {
		t.Errorf("only %d examples", examples)
	}
}

// eachExample calls for every example of a schema below a node, with where that schema stands.
func eachExample(node any, where string, call func(where string, example any)) {
	switch n := node.(type) {
	case []any:
		for i, inner := range n {
			eachExample(inner, fmt.Sprintf("%s/%d", where, i), call)
		}
	case map[string]any:
		if example, ok := n["example"]; ok && n["type"] != nil {
			call(where, example)
		}
		for name, inner := range n {
			if name != "example" {
				eachExample(inner, where+"/"+pointerPart.Replace(name), call)
			}
		}
	}
}

var pointerPart = strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "[", "%5B", "]", "%5D")
