package v4_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit/contract"
)

// TestEveryDocumentedResourceIsWalked names the resources that the walk leaves out, with the reason.
func TestEveryDocumentedResourceIsWalked(t *testing.T) {
	t.Parallel()
	documented, err := contract.V4()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, r := range documented {
		known[r.Name] = true
		_, walked := plans[r.Name]
		test, reason := elsewhere[r.Name]
		if reason && !isTest(t, test) {
			t.Errorf("%s is said to be tested by %s, which is no test here", r.Name, test)
		}
		if !walked && !reason {
			t.Errorf("%s is neither walked nor tested elsewhere", r.Name)
		}
	}
	for _, name := range slices.Concat(slices.Collect(maps.Keys(plans)), slices.Collect(maps.Keys(elsewhere))) {
		if !known[name] {
			t.Errorf("%s is in no document", name)
		}
	}
}

// isTest tells whether a test function of that name stands in this room.
func isTest(t *testing.T, name string) bool {
	t.Helper()
	paths, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(paths, func(path string) bool {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), "func "+name+"(t *testing.T)")
	})
}
