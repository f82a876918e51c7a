package bankfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
)

// MaxBytes is the size of the largest question file that is read.
const MaxBytes = 25 << 20

// Parse reads a question file in the format named, or in the one Detect finds for "auto" and "". What cannot be read comes
// back as a refused document.
func Parse(name, format string, data []byte) questionbank.Document {
	name = baseName(name)
	doc := questionbank.Document{File: name, Format: format}
	if len(data) > MaxBytes {
		doc.Refuse(0, "The file is larger than %d MB, the most a question file may have. Split it.", MaxBytes>>20)
		return doc
	}
	if len(data) == 0 {
		doc.Refuse(0, "The file is empty.")
		return doc
	}
	if format == "" || format == Auto {
		doc.Format = Detect(name, data)
	}
	f, known := lookUp(doc.Format)
	line := binaryLine(name, data)
	switch {
	case line > 0:
		doc.Refuse(line, "The file is damaged, or no text file: this line holds a zero byte. Nothing was imported; save the file as text again.")
	case doc.Format == "":
		doc.Refuse(0, "The format of this file was not recognized%s. Question files are read as %s.", oldFormat(name), labels())
	case !known:
		doc.Refuse(0, "Files in the format %q are not read. Question files are read as %s.", doc.Format, labels())
	default:
		return f.Parse(name, data)
	}
	return doc
}

// binaryLine returns the line of the first byte that keeps a file named as text from being one, 0 when it is one or is not
// named so.
func binaryLine(name string, data []byte) int {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gift", ".txt", ".xml", ".csv", ".tsv", ".tab":
	default:
		return 0
	}
	if _, _, err := questionbank.DecodeText(data); err == nil || bytes.HasPrefix(data, []byte("PK")) {
		return 0
	}
	before, _, _ := bytes.Cut(data, []byte{0})
	return 1 + bytes.Count(before, []byte{'\n'})
}

// A file's name may come from a browser on any system; only its last part is a name.
func baseName(name string) string {
	return filepath.Base(strings.ReplaceAll(name, `\`, "/"))
}

func oldFormat(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xls":
		return "; it looks like an old Excel file, which must be saved as .xlsx"
	case ".ods", ".numbers":
		return "; a spreadsheet of this kind must be saved as .xlsx or .csv"
	case ".doc", ".docx", ".pdf":
		return "; a document with running text cannot be read as questions"
	}
	return ""
}

func labels() string {
	var list []string
	for _, f := range Formats() {
		list = append(list, f.Label)
	}
	return strings.Join(list, ", ")
}

// ReadFiles reads the files at paths in the format named, "auto" for each by itself, and reports on all of them. A file that
// cannot be opened is refused in the report. It fails with fault.Invalid when the format is unknown or no file is given.
func ReadFiles(paths []string, format string) (questionbank.Report, error) {
	if _, known := lookUp(format); !known && format != "" && format != Auto {
		return questionbank.Report{}, fault.Field("format", "There is no question-file format %q.", format)
	}
	if len(paths) == 0 {
		return questionbank.Report{}, fault.Field("file", "Name at least one file.")
	}
	report := questionbank.Report{Files: make([]questionbank.FileReport, 0, len(paths))}
	for _, path := range paths {
		file := questionbank.NewFileReport(readFile(path, format))
		file.File = path
		report.Files = append(report.Files, file)
	}
	return report, nil
}

func readFile(path, format string) questionbank.Document {
	data, err := readBounded(path)
	if err != nil {
		doc := questionbank.Document{File: path, Format: format}
		doc.Refuse(0, "The file cannot be read: %v.", err)
		return doc
	}
	return Parse(path, format, data)
}

// readBounded reads one byte more than is allowed at most, so that Parse refuses a larger file without its being read.
func readBounded(path string) (data []byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return io.ReadAll(io.LimitReader(file, MaxBytes+1))
}
