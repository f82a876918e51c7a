package qti

import (
	"fmt"
	"path"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// maxSections bounds sections in files of their own, which could refer to each other in a circle.
const maxSections = 200

// itemRef is what the tests of a package say about an item.
type itemRef struct {
	*resource
	categories []string
	weight     float64 // 0 when none is given
}

// testReader collects the references of all tests, in their order.
type testReader struct {
	in       *importer
	manifest *manifest
	refs     []*itemRef
	byPath   map[string]*itemRef
	sections int
}

// readTests returns one reference for each item the tests name. Of a test only the order, categories and weights are
// kept; rules that choose among its items are reported.
func (in *importer) readTests(m *manifest) []*itemRef {
	t := &testReader{in: in, manifest: m, byPath: map[string]*itemRef{}}
	for _, test := range m.tests {
		if test.err != nil {
			in.report(questionbank.Warning, 0, "", fmt.Sprintf("The test file %q was left out: %v.", test.href, test.err))
			continue
		}
		t.readFile(test.path)
	}
	return t.refs
}

func (t *testReader) readFile(name string) {
	data, err := t.in.archive.open(name)
	if err != nil {
		t.warn(0, "The test file %q was left out: %v.", name, err)
		return
	}
	root, err := parseXML(data)
	if err != nil {
		t.warn(lineOf(err), "%s: %v The order, categories and weights it gives are lost.", name, err)
		return
	}
	if rules := root.all("preCondition", "branchRule", "selection", "timeLimits", "testFeedback", "rubricBlock"); len(rules) > 0 {
		t.warn(rules[0].line, "%s: only the order, categories and weights of the test came in, not its rules, time limits and texts.", name)
	}
	root.walk(func(n *node) bool {
		switch n.name {
		case "assessmentItemRef":
			t.addRef(n, name)
		case "assessmentSectionRef":
			t.readSection(n, name)
		default:
			return true
		}
		return false
	})
}

func (t *testReader) readSection(n *node, from string) {
	target, err := t.in.archive.resolve(path.Dir(from), n.attr("href"))
	if t.sections++; err != nil || t.sections > maxSections {
		t.warn(n.line, "%s: the section %q was left out. Export the package with all its files.", from, n.attr("href"))
		return
	}
	t.readFile(target)
}

func (t *testReader) addRef(n *node, from string) {
	target, err := t.in.archive.resolve(path.Dir(from), n.attr("href"))
	known := t.byPath[target]
	if err != nil || known == nil {
		known = &itemRef{resource: t.resourceAt(n, from, target, err)}
		t.byPath[target] = known
		t.refs = append(t.refs, known)
	}
	for _, category := range strings.Fields(n.attr("category")) {
		// Categories that begin with x- are one tool's instructions to itself.
		if !strings.HasPrefix(category, "x-") {
			known.categories = appendNew(known.categories, category)
		}
	}
	if weight := n.child("weight"); weight != nil && known.weight == 0 {
		known.weight, _ = weight.number("value")
	}
}

// resourceAt returns the manifest's resource for a path, or one of its own for a file the manifest forgot.
func (t *testReader) resourceAt(n *node, from, target string, err error) *resource {
	if known := t.manifest.byPath[target]; known != nil && err == nil {
		return known
	}
	if known := t.manifest.byID[n.attr("identifier")]; known != nil && err != nil {
		return known
	}
	return &resource{identifier: n.attr("identifier"), href: n.attr("href"), path: target, err: err, source: from, line: n.line}
}

func (t *testReader) warn(line int, format string, args ...any) {
	t.in.report(questionbank.Warning, line, "", fmt.Sprintf(format, args...))
}
