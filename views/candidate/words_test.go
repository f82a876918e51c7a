package candidate_test

import (
	"reflect"
	"testing"

	views "github.com/assay-hire/assay/views/candidate"
)

// empty lists the texts of a catalogue that say nothing.
func empty(path string, v reflect.Value) []string {
	var found []string
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			found = append(found, path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			found = append(found, empty(path+"."+v.Type().Field(i).Name, v.Field(i))...)
		}
	case reflect.Slice:
		if v.Len() == 0 {
			found = append(found, path)
		}
		for i := range v.Len() {
			found = append(found, empty(path, v.Index(i))...)
		}
	}
	return found
}

func TestTheCatalogueIsComplete(t *testing.T) {
	t.Parallel()
	words := views.For("xx", "en-GB")
	if words.Lang != "en" || words.Dir != "ltr" {
		t.Errorf("lang %q, dir %q", words.Lang, words.Dir)
	}
	for _, path := range empty("Words", reflect.ValueOf(words)) {
		t.Errorf("%s says nothing", path)
	}
}
