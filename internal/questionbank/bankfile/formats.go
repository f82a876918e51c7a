// Package bankfile knows every question-file format: it tells which one a file is in, reads it and writes it. Adding a
// format means adding its line to Formats.
package bankfile

import (
	"io"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/gift"
	"github.com/assay-hire/assay/internal/questionbank/moodlexml"
	"github.com/assay-hire/assay/internal/questionbank/qti"
	"github.com/assay-hire/assay/internal/questionbank/sheet"
)

// Auto, as a format's name, means that the file itself shall tell.
const Auto = "auto"

// Format is a way to keep questions in a file.
type Format struct {
	Name       string // "gift", "moodle-xml", "qti", "csv", "xlsx"
	Label      string // for people
	Extensions []string
	Parse      func(file string, data []byte) questionbank.Document
	Write      func(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) // nil when only read
}

// Formats lists the formats in the order people see them.
func Formats() []Format {
	return []Format{
		{"gift", "GIFT", []string{".gift", ".txt"}, gift.Parse, gift.Write},
		{"moodle-xml", "Moodle XML", []string{".xml"}, moodlexml.Parse, moodlexml.Write},
		{"qti", "QTI", []string{".zip", ".xml"}, qti.Parse, qti.Write},
		{"csv", "CSV table", []string{".csv", ".tsv", ".tab"}, sheet.Parse, sheet.Write},
		{"xlsx", "Excel workbook", []string{".xlsx"}, sheet.Parse, sheet.WriteWorkbook},
	}
}

func lookUp(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Export writes the questions in the format. The problems say what the format cannot hold. It fails with fault.Invalid for
// a format that is unknown or only read, else with the error of w.
func Export(format string, w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	f, known := lookUp(format)
	if !known || f.Write == nil {
		return nil, fault.Field("format", "Questions cannot be exported as %q.", format)
	}
	return f.Write(w, questions)
}
