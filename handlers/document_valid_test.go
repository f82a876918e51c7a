package handlers_test

import (
	"net/http"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"github.com/assay-hire/assay/internal/testkit"
)

// TestTheAPIsDocumentIsValid lets another program's reader judge the document by the schema of OpenAPI 3.1.
func TestTheAPIsDocumentIsValid(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	reply := w.Visitor(t).Get(t, "/docs/api/openapi.json").Want(http.StatusOK)
	document, err := libopenapi.NewDocument([]byte(reply.Body))
	if err != nil {
		t.Fatal(err)
	}
	judge, problems := validator.NewValidator(document)
	for _, problem := range problems {
		t.Error(problem)
	}
	if judge == nil {
		t.FailNow()
	}
	if valid, problems := judge.ValidateDocument(); !valid {
		for _, problem := range problems {
			t.Error(problem.Message, problem.Reason)
			for _, inner := range problem.SchemaValidationErrors {
				t.Error(inner.Reason, inner.Location)
			}
		}
	}
}
