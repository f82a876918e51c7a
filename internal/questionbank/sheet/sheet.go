// Package sheet reads questions from tables, one question in a row: CSV with any usual delimiter, and Excel workbooks. It
// writes CSV with the columns of Template.
package sheet

import (
	"bytes"

	"github.com/assay-hire/assay/internal/questionbank"
)

// Parse reads the questions of a CSV, TSV or Excel (.xlsx) file. The column titles may be ours or those other tools write;
// a file without recognizable ones is refused. Rows that cannot be understood become problems that name row and column.
func Parse(file string, data []byte) questionbank.Document {
	doc := questionbank.Document{File: file, Format: "csv"}
	var tables []table
	if bytes.HasPrefix(data, []byte("PK")) {
		doc.Format = "xlsx"
		tables = readWorkbook(&doc, data)
	} else {
		tables = readText(&doc, data)
	}
	if doc.Refused() {
		return doc
	}
	found := false
	for _, t := range tables {
		at, columns := findHeader(t.rows)
		if columns == nil {
			continue
		}
		found = true
		readTable(&doc, t, at, columns)
	}
	switch {
	case !found:
		doc.Refuse(1, "No column titles were recognized. The first row must name the columns: “question”, then for example "+
			"“choice 1”, “choice 2” and “correct”. Download the template to see them all.")
	default:
		noteSkippedSheets(&doc, tables)
	}
	doc.Finish()
	return doc
}

// Recognizes tells whether a text file looks like a table of questions.
func Recognizes(data []byte) bool {
	var doc questionbank.Document
	for _, t := range readText(&doc, data) {
		if _, columns := findHeader(t.rows); columns != nil {
			return true
		}
	}
	return false
}

func noteSkippedSheets(doc *questionbank.Document, tables []table) {
	for _, t := range tables {
		if _, columns := findHeader(t.rows); columns == nil && t.name != "" && len(t.rows) > 0 {
			doc.Note(0, "The sheet “%s” has no recognizable column titles and was left out.", t.name)
		}
	}
}

// table is one sheet; name is empty for a text file.
type table struct {
	name string
	rows []row
}

type row struct {
	line  int
	cells []string
}

func (r row) empty() bool {
	for _, c := range r.cells {
		if c != "" {
			return false
		}
	}
	return true
}

func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i]
}
