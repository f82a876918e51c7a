package models_test

import (
	"testing"

	"github.com/assay-hire/assay/models"
)

func TestCodeLanguagesAreSeventyAndTellable(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, l := range models.CodeLanguages {
		if l.ID == "" || l.Name == "" || seen[l.ID] {
			t.Errorf("%+v has no id, no name or another's id", l)
		}
		seen[l.ID] = true
	}
	if len(seen) != 70 {
		t.Errorf("%d languages", len(seen))
	}
	if l, ok := models.CodeLanguageOf("114"); !ok || l.Name != "Go (1.4)" {
		t.Errorf("114 is %+v, %v", l, ok)
	}
	if _, ok := models.CodeLanguageOf("24"); ok {
		t.Error("24 is no language")
	}
}

func TestDialingCodes(t *testing.T) {
	t.Parallel()
	seen := map[models.DialingCode]bool{}
	for _, c := range models.DialingCodes {
		if seen[c] {
			t.Errorf("%s stands twice", c)
		}
		seen[c] = true
	}
	if len(seen) != 226 {
		t.Errorf("%d codes, want 226", len(seen))
	}
	for code, want := range map[models.DialingCode]struct {
		valid  bool
		normal models.DialingCode
	}{"+91": {true, "+91"}, "243": {true, "+243"}, "+1684": {true, "+1684"}, "91": {false, "91"}, "": {false, ""}, "+999": {false, "+999"}} {
		if code.Valid() != want.valid || code.Normal() != want.normal {
			t.Errorf("%q: %v, %q", code, code.Valid(), code.Normal())
		}
	}
}
