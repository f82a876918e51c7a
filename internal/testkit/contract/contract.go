// Package contract holds what the documents of the APIs fix, as facts for tests: paths, names, types, what must be there.
// Its file is made from the documents' own description by `go test ./internal/testkit/contract -update` where that is at
// hand.
package contract

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed testdata/v4.json
var v4 []byte

// Resource is one documented resource or family of operations.
type Resource struct {
	Name      string     `json:"name"`
	Family    string     `json:"family"`
	Fields    []Field    `json:"fields,omitempty"`
	Endpoints []Endpoint `json:"endpoints"`
}

// Field is a member of an object, of a body, or a parameter.
type Field struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	Mandatory bool   `json:"mandatory,omitempty"`
	Linked    bool   `json:"linked,omitempty"` // occurs in links only, in no table
}

// Endpoint is one documented operation.
type Endpoint struct {
	Op      string  `json:"op"`
	Method  string  `json:"method"`
	Path    string  `json:"path"`
	Query   []Field `json:"query,omitempty"`
	Body    []Field `json:"body,omitempty"`
	Success int     `json:"success,omitempty"`
}

// V4 returns the assessment API's resources in the order of their names.
func V4() ([]Resource, error) {
	var all []Resource
	if err := json.Unmarshal(v4, &all); err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return all, nil
}
