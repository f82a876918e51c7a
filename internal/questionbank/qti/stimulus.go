package qti

import (
	"errors"
	"path"
	"strings"
)

// stimulus returns the shared text an item refers to, or nothing, with a warning, when the file does not hold it.
func (it *item) stimulus(identifier string) string {
	if it.inStimulus {
		return ""
	}
	it.inStimulus = true
	defer func() { it.inStimulus = false }()
	for _, ref := range it.root.children("assessmentStimulusRef") {
		if ref.attr("identifier") != identifier {
			continue
		}
		text, err := it.loadStimulus(ref)
		if err != nil {
			it.warn(ref.line, "The shared text %q the question is about was left out: %v. Add it to the question.", ref.attr("href"), err)
		}
		return text
	}
	return ""
}

func (it *item) loadStimulus(ref *node) (string, error) {
	if it.in.archive == nil {
		return "", errors.New("a single item file does not hold it")
	}
	name, err := it.in.archive.resolve(it.folder, ref.attr("href"))
	if err != nil {
		return "", err
	}
	data, err := it.in.archive.open(name)
	if err != nil {
		return "", err
	}
	root, err := parseXML(data)
	if err != nil {
		return "", err
	}
	r := &renderer{it: it, folder: path.Dir(name)}
	for _, body := range root.all("stimulusBody") {
		return wrap("div", r.attributes(body), strings.TrimSpace(r.children(body))), nil
	}
	return "", errMissing
}

// stimuli puts the shared texts that have no place of their own in front of the item's text.
func (it *item) stimuli(text string) string {
	placed := map[string]bool{}
	it.body.walk(func(n *node) bool {
		placed[n.attr("dataStimulusIdref")] = true
		return true
	})
	var before strings.Builder
	for _, ref := range it.root.children("assessmentStimulusRef") {
		if identifier := ref.attr("identifier"); !placed[identifier] {
			before.WriteString(it.stimulus(identifier))
		}
	}
	return before.String() + text
}
