package contract_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit/contract"
)

var update = flag.Bool("update", false, "write the facts anew from the documents' description")

const (
	described = "../../../../shared/contract/v4"
	kept      = "testdata/v4.json"
)

// source is a resource as the documents' description holds it.
type source struct {
	Resource, Family string
	Object           struct{ Fields []sourceField }
	Endpoints        []struct {
		Op, Method, Path string
		Query, Body      []sourceField
		Undocumented     []sourceField `json:"undocumented_query"`
		Success          int
		Documented       *bool
	}
}

type sourceField struct {
	Name, Type  string
	Recommended string `json:"recommended_name"`
	Mandatory   bool
	Documented  *bool
}

func TestTheFactsAreThoseOfTheDocuments(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join(described, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("the documents' description is not beside this project")
	}
	var all []contract.Resource
	for _, path := range paths {
		if name := strings.TrimSuffix(filepath.Base(path), ".json"); !strings.HasPrefix(name, "_") {
			all = append(all, read(t, path, name))
		}
	}
	lines := make([][]byte, len(all)) // a line each, for those who read a change of it
	for i, r := range all {
		if lines[i], err = json.Marshal(r); err != nil {
			t.Fatal(err)
		}
	}
	want := slices.Concat([]byte("[\n"), bytes.Join(lines, []byte(",\n")), []byte("\n]\n"))
	if *update {
		if err := os.WriteFile(kept, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the facts are not those of the documents: run with -update")
	}
}

func read(t *testing.T, path, name string) contract.Resource {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s source
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	r := contract.Resource{Name: name, Family: s.Family, Fields: facts(s.Object.Fields, false), Endpoints: []contract.Endpoint{}}
	for _, e := range s.Endpoints {
		r.Endpoints = append(r.Endpoints, contract.Endpoint{Op: e.Op, Method: e.Method, Path: e.Path, Success: e.Success,
			Query: append(facts(e.Query, false), facts(e.Undocumented, true)...), Body: facts(e.Body, false)})
	}
	return r
}

func facts(fields []sourceField, linked bool) []contract.Field {
	var all []contract.Field
	for _, f := range fields {
		all = append(all, contract.Field{Name: cmp.Or(f.Recommended, f.Name), Type: f.Type, Mandatory: f.Mandatory,
			Linked: linked || f.Documented != nil && !*f.Documented})
	}
	return all
}

func TestTheContractHolds359Operations(t *testing.T) {
	t.Parallel()
	all, err := contract.V4()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, r := range all {
		count += len(r.Endpoints)
	}
	if count != 359 {
		t.Errorf("%d operations", count)
	}
}
