// Package qti reads QTI 2.0, 2.1, 2.2 and 3.0 items and content packages, and writes QTI 3 items and packages.
//
// One item is one question. Choice, match, extended text, text entry and inline choice interactions have a question type
// of their own; gap match and associate come in as the nearest type, with a warning; everything else is reported. In a
// package each item stands alone: a malformed or unsupported item is an error that names it, and the others come in. What
// is wrong with the package itself, its manifest or its paths, refuses the whole file.
package qti

import (
	"bytes"
	"errors"
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

const (
	formatName = "qti"

	// generalFeedback marks, in what this package writes, feedback that is shown whatever the answer.
	generalFeedback = "general"
)

// Parse reads an item file or a zip package; which of the two it is shows in the bytes, file is only for the report. It
// never fails: what cannot be read is told in the document's problems. Lines are those of the item file, which the
// message names when it lies in a package.
func Parse(file string, data []byte) questionbank.Document {
	doc := questionbank.Document{File: file, Format: formatName}
	in := &importer{doc: &doc, pictureNames: map[string]string{}}
	if isZip(data) {
		in.readPackage(data)
	} else {
		in.readFile(data)
	}
	if doc.Refused() {
		doc.Questions = nil
	}
	return doc
}

// Looks tells whether the bytes are meant as QTI: an XML file with a QTI root, or a zip with a content package manifest
// or with items.
func Looks(data []byte) bool {
	if isZip(data) {
		return looksLikePackage(data)
	}
	return strings.Contains(" assessmentItem assessmentTest questestinterop ", " "+rootName(data)+" ")
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// importer carries what the questions of one file share.
type importer struct {
	doc          *questionbank.Document
	archive      *archive          // nil for a single item file
	pictureNames map[string]string // picture name given out, to the path it stands for
}

func (in *importer) report(severity questionbank.Severity, line int, question, message string) {
	in.doc.Problems = append(in.doc.Problems, questionbank.Problem{
		Line: line, Question: question, Severity: severity, Message: message,
	})
}

// refuse records that nothing of the file comes in.
func (in *importer) refuse(err error) {
	in.report(questionbank.Error, lineOf(err), "", err.Error())
}

func (in *importer) readFile(data []byte) {
	root, err := parseXML(data)
	if err != nil {
		in.refuse(err)
		return
	}
	items := findItems(root)
	if len(items) == 0 {
		in.refuse(noItem(root))
		return
	}
	for _, found := range items {
		in.readItem(found, "", nil)
	}
}

func findItems(root *node) []*node {
	if root.name == "assessmentItem" {
		return []*node{root}
	}
	return root.all("assessmentItem")
}

// noItem says what a file without items is instead.
func noItem(root *node) error {
	reason := "The file is no QTI item: its first element is <" + root.name + ">. Choose a file with an assessmentItem, or a zip package."
	switch root.name {
	case "assessmentTest":
		reason = "The file is a test, which only refers to items in other files. Import the whole package as a zip file."
	case "manifest":
		reason = "The file is a package's manifest alone. Import the whole package as a zip file."
	case "questestinterop":
		reason = "The file is QTI 1, an older format that is not read. Save it as QTI 2.1, 2.2 or 3 and import that."
	}
	return &located{line: root.line, message: reason}
}

// located is an error at a line of a file.
type located struct {
	line    int
	message string
}

func (l *located) Error() string { return l.message }

func lineOf(err error) int {
	var at *located
	if errors.As(err, &at) {
		return at.line
	}
	return 0
}
