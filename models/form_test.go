package models_test

import (
	"encoding/json"
	"testing"

	"github.com/assay-hire/assay/models"
)

func TestFieldsOfAFormComeNumberedOrInAList(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"name":"About you","fields":{"1":{"id":"a","label":"First"},"2":{"id":"b","label":"Second"}}}`,
		`{"name":"About you","fields":[{"id":"a","label":"First"},{"id":"b","label":"Second"}]}`,
	} {
		var part models.FormPart
		if err := json.Unmarshal([]byte(text), &part); err != nil {
			t.Fatal(err)
		}
		fields := part.InOrder()
		if len(fields) != 2 || fields[0].ID != "a" || fields[1].Label != "Second" {
			t.Errorf("%s: %+v", text, fields)
		}
	}
	var part models.FormPart
	if json.Unmarshal([]byte(`{"fields":"none"}`), &part) == nil {
		t.Error("a text is taken for fields")
	}
}
