package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/spreadsheet"
)

// Bounds against tables made to exhaust memory.
const (
	maxRows    = questionbank.MaxQuestions
	maxColumns = 300
)

// readText reads a delimited text file with the delimiter under which most column titles are recognized.
func readText(doc *questionbank.Document, data []byte) []table {
	text, encoding, err := questionbank.DecodeText(data)
	if err != nil {
		doc.Refuse(0, "This is not a table: %v.", err)
		return nil
	}
	if encoding == "Windows-1252" {
		doc.Note(0, "The file is not in UTF-8; it was read as Windows-1252. Check letters with accents.")
	}
	skipped := 0
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		text, skipped = rest, 1
	}
	rows, err := readDelimited(text, delimiter(text), false)
	if errors.Is(err, csv.ErrBareQuote) {
		doc.Note(errorLine(err)+skipped, "A quotation mark stands within a cell that is not quoted; it was taken as part of the text.")
		rows, err = readDelimited(text, delimiter(text), true)
	}
	if errors.Is(err, errTooManyRows) {
		doc.Refuse(0, "Nothing was imported: %v. Split the file.", err)
		return nil
	}
	if err != nil {
		doc.Refuse(errorLine(err)+skipped, "Nothing was imported: the quotation marks of a cell do not match (%v). "+
			"Quote cells that hold the delimiter, and double the quotation marks inside them.", reason(err))
		return nil
	}
	for i := range rows {
		rows[i].line += skipped
	}
	return []table{{rows: rows}}
}

var errTooManyRows = fmt.Errorf("the table has more than %d rows", maxRows)

func errorLine(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.StartLine
	}
	return 0
}

func reason(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.Err
	}
	return err
}

func delimiter(text string) rune {
	const enough = 64 << 10
	best, most := ',', 0
	head := text[:min(len(text), enough)]
	for _, candidate := range ",;\t|" {
		rows, _ := readDelimited(head, candidate, true)
		if _, columns := findHeader(rows); columns != nil && columns.known > most {
			best, most = candidate, columns.known
		}
	}
	return best
}

func readDelimited(text string, comma rune, lazy bool) ([]row, error) {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, lazy, -1
	in.TrimLeadingSpace = comma != '\t'
	var rows []row
	for len(rows) < maxRows {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		line, _ := in.FieldPos(0)
		rows = append(rows, newRow(line, cells))
	}
	return rows, errTooManyRows
}

func newRow(line int, cells []string) row {
	cells = cells[:min(len(cells), maxColumns)]
	for i := range cells {
		cells[i] = spreadsheet.Rearm(strings.TrimSpace(cells[i]))
	}
	return row{line, cells}
}

// readWorkbook reads the visible sheets of an Excel workbook.
func readWorkbook(doc *questionbank.Document, data []byte) []table {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 100 << 20, UnzipXMLSizeLimit: 40 << 20})
	if err != nil {
		doc.Refuse(0, "This Excel file cannot be read: %v. Save it again as .xlsx without a password.", err)
		return nil
	}
	defer func() {
		if err := book.Close(); err != nil {
			doc.Note(0, "Temporary files of the workbook could not be removed: %v.", err)
		}
	}()
	var tables []table
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err != nil || !visible {
			doc.Note(0, "The hidden sheet “%s” was left out.", name)
			continue
		}
		rows, err := readSheet(book, name)
		if err != nil {
			doc.Refuse(len(rows)+1, "The sheet “%s” cannot be read: %v.", name, err)
			return nil
		}
		tables = append(tables, table{name, rows})
	}
	return tables
}

func readSheet(book *excelize.File, name string) (rows []row, err error) {
	in, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	for line := 1; in.Next(); line++ {
		if line > maxRows {
			return rows, errTooManyRows
		}
		cells, err := in.Columns()
		if err != nil {
			return rows, err
		}
		if r := newRow(line, cells); !r.empty() {
			rows = append(rows, r)
		}
	}
	return rows, in.Error()
}
