package qti

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// resource is an item, test or stimulus that a manifest names.
type resource struct {
	identifier string
	path       string // in the package; empty when err tells why there is none
	href       string // as written
	err        error
	source     string // the file that names it
	line       int    // in source
	about      metadata
}

// manifest is what a content package says of itself.
type manifest struct {
	items, tests []*resource
	byID         map[string]*resource
	byPath       map[string]*resource
}

type resourceKind int

const (
	otherResource resourceKind = iota
	itemResource
	testResource
	oldResource
)

// readManifest reads imsmanifest.xml. A reference that leads out of the package refuses the package as a whole: such a
// file is broken or hostile, and guessing what it meant is not safe.
func (a *archive) readManifest(name string) (*manifest, error) {
	data, err := a.open(name)
	if err != nil {
		return nil, &located{message: fmt.Sprintf("The manifest %s cannot be read: %v.", name, err)}
	}
	root, err := parseXML(data)
	if err != nil {
		return nil, &located{line: lineOf(err), message: name + ": " + err.Error()}
	}
	m := &manifest{byID: map[string]*resource{}, byPath: map[string]*resource{}}
	for _, element := range root.all("resource") {
		if err := m.add(a, name, element); err != nil {
			return nil, &located{line: element.line, message: name + ": " + err.Error()}
		}
	}
	return m, nil
}

func (m *manifest) add(a *archive, source string, element *node) error {
	base := ""
	for up := element; up != nil; up = up.parent {
		if outer := up.attr("xml:base"); !scheme.MatchString(outer) {
			base = path.Join(outer, base)
		}
	}
	folder := path.Join(path.Dir(source), base)
	for _, part := range append(element.all("file"), element) {
		if _, err := a.resolve(folder, part.attr("href")); errors.Is(err, errEscape) {
			return fmt.Errorf("the resource %q refers to %q, and that path leads out of the package. The package is refused", element.attr("identifier"), part.attr("href"))
		}
	}
	r := &resource{identifier: element.attr("identifier"), href: mainHref(element), source: source, line: element.line}
	r.path, r.err = a.resolve(folder, r.href)
	kind := a.kindOf(element.attr("type"), r)
	if kind == itemResource || kind == oldResource {
		r.about = readMetadata(element.child("metadata"))
	}
	m.file(kind, r)
	return nil
}

func (m *manifest) file(kind resourceKind, r *resource) {
	m.byID[r.identifier] = r
	switch kind {
	case oldResource:
		r.err = errors.New("it is QTI 1, an older format that is not read; save it as QTI 2.1, 2.2 or 3")
		m.items = append(m.items, r)
	case itemResource:
		if r.path != "" && m.byPath[r.path] != nil {
			return
		}
		m.byPath[r.path] = r
		m.items = append(m.items, r)
	case testResource:
		m.tests = append(m.tests, r)
	}
}

// mainHref returns the resource's own reference, or that of its first XML file when it has none.
func mainHref(element *node) string {
	if href := element.attr("href"); href != "" {
		return href
	}
	for _, file := range element.children("file") {
		if strings.HasSuffix(strings.ToLower(file.attr("href")), ".xml") {
			return file.attr("href")
		}
	}
	return ""
}

// kindOf goes by the declared type, and for types it does not know by what the file itself begins with.
func (a *archive) kindOf(declared string, r *resource) resourceKind {
	declared = strings.ToLower(declared)
	switch {
	case strings.HasPrefix(declared, "imsqti_item"), strings.HasPrefix(declared, "imsqti_apipitem"):
		if a.isAttachment(r) {
			return otherResource
		}
		return itemResource
	case strings.HasPrefix(declared, "imsqti_test"), strings.HasPrefix(declared, "imsqti_apiptest"):
		return testResource
	case strings.HasPrefix(declared, "imsqti_xmlv1"):
		return oldResource
	case r.err != nil || !strings.HasSuffix(strings.ToLower(r.path), ".xml"):
		return otherResource
	}
	return a.sniff(r.path)
}

// isAttachment tells pictures and the like, which some tools list as items too, by their extension and content.
func (a *archive) isAttachment(r *resource) bool {
	extension := strings.ToLower(path.Ext(r.path))
	return r.err == nil && extension != ".xml" && extension != "" && a.sniff(r.path) == otherResource
}

func (a *archive) sniff(name string) resourceKind {
	data, err := a.open(name)
	if err != nil {
		return otherResource
	}
	switch rootName(data) {
	case "assessmentItem":
		return itemResource
	case "assessmentTest":
		return testResource
	case "questestinterop":
		return oldResource
	}
	return otherResource
}
