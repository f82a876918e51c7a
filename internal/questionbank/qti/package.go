package qti

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

const manifestName = "imsmanifest.xml"

// looksLikePackage reads no more than a few entries' beginnings.
func looksLikePackage(data []byte) bool {
	a, err := openArchive(data)
	if err != nil {
		return strings.Contains(string(data[:min(len(data), 1<<20)]), manifestName)
	}
	if a.manifestPath() != "" {
		return true
	}
	for i, name := range a.xmlNames() {
		if i < 5 && a.sniff(name) == itemResource {
			return true
		}
	}
	return false
}

// manifestPath finds the manifest nearest to the package's root, since packages are often zipped with their folder.
func (a *archive) manifestPath() string {
	best := ""
	for _, name := range a.names {
		if !strings.EqualFold(path.Base(name), manifestName) {
			continue
		}
		if best == "" || strings.Count(name, "/") < strings.Count(best, "/") {
			best = name
		}
	}
	return best
}

// xmlNames leaves out the resource forks that one operating system adds to every zip.
func (a *archive) xmlNames() []string {
	var names []string
	for _, name := range a.names {
		if strings.EqualFold(path.Ext(name), ".xml") && !strings.HasPrefix(name, "__MACOSX/") && !strings.EqualFold(path.Base(name), manifestName) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (in *importer) readPackage(data []byte) {
	a, err := openArchive(data)
	if err != nil {
		in.refuse(err)
		return
	}
	in.archive = a
	m, err := in.manifest()
	if err != nil {
		in.refuse(err)
		return
	}
	refs := in.readTests(m)
	if len(m.items) == 0 && len(refs) == 0 {
		in.refuse(&located{message: "The package holds no QTI item. Export it again with its questions; question files of other kinds must be unpacked and imported one by one."})
		return
	}
	if a.manifestPath() == "" {
		in.report(questionbank.Warning, 0, "", "The zip has no "+manifestName+"; the items found in it came in by the order of their names.")
	}
	for _, entry := range inOrder(m, refs) {
		in.readEntry(entry)
	}
	in.reportUnlisted(m, refs)
}

// manifest reads the package's manifest, or makes one up from the items lying about.
func (in *importer) manifest() (*manifest, error) {
	if name := in.archive.manifestPath(); name != "" {
		return in.archive.readManifest(name)
	}
	m := &manifest{byID: map[string]*resource{}, byPath: map[string]*resource{}}
	for _, name := range in.archive.xmlNames() {
		m.file(in.archive.sniff(name), &resource{identifier: name, href: name, path: name})
	}
	return m, nil
}

// entry is one question of a package and what its tests say about it.
type entry struct {
	*resource
	ref *itemRef // nil when no test refers to it
}

// inOrder lists the items as the tests do, then those no test refers to as the manifest does.
func inOrder(m *manifest, refs []*itemRef) []entry {
	var entries []entry
	taken := map[*resource]bool{}
	for _, ref := range refs {
		entries = append(entries, entry{ref.resource, ref})
		taken[ref.resource] = true
	}
	for _, item := range m.items {
		if !taken[item] {
			entries = append(entries, entry{item, nil})
		}
	}
	return entries
}

func (in *importer) readEntry(e entry) {
	name := e.identifier
	if name == "" {
		name = e.href
	}
	if e.err != nil {
		in.report(questionbank.Error, e.line, name, fmt.Sprintf("%s: the item file %q was left out: %v.", e.source, e.href, e.err))
		return
	}
	data, err := in.archive.open(e.path)
	if err != nil {
		in.report(questionbank.Error, 0, name, fmt.Sprintf("The item file %q was left out: %v.", e.path, err))
		return
	}
	root, err := parseXML(data)
	if err != nil {
		in.report(questionbank.Error, lineOf(err), name, e.path+": "+err.Error())
		return
	}
	items := findItems(root)
	if len(items) == 0 {
		in.report(questionbank.Error, root.line, name, e.path+": "+noItem(root).Error())
	}
	for _, item := range items {
		in.readItem(item, e.path, &e)
	}
}

// reportUnlisted warns of items that lie in the zip though the manifest does not name them.
func (in *importer) reportUnlisted(m *manifest, refs []*itemRef) {
	known := map[string]bool{}
	for _, item := range m.items {
		known[item.path] = true
	}
	for _, ref := range refs {
		known[ref.path] = true
	}
	var strays []string
	for _, name := range in.archive.xmlNames() {
		if !known[name] && in.archive.sniff(name) == itemResource {
			strays = append(strays, name)
		}
	}
	if len(strays) > 0 {
		in.report(questionbank.Warning, 0, "", fmt.Sprintf("The zip holds item files that the manifest does not name (%d of them); they were left out: %s.",
			len(strays), strings.Join(strays[:min(len(strays), 10)], ", ")))
	}
}
