package spreadsheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/assay-hire/assay/internal/fault"
)

// Format is a kind of file to write.
type Format string

// The formats, named by their file extension.
const (
	CSV  Format = "csv"
	TSV  Format = "tsv"
	XLSX Format = "xlsx"
)

// MediaType returns the format's media type.
func (f Format) MediaType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case TSV:
		return "text/tab-separated-values; charset=utf-8"
	}
	return "text/csv; charset=utf-8"
}

// Writer writes a table row by row.
type Writer interface {
	// Write adds a row of strings, numbers, booleans, times and nils. Times become RFC 3339 text in their own zone.
	Write(cells ...any) error
	// Close finishes the table. It does not close what the table is written to.
	Close() error
}

// NewWriter returns a Writer that has begun a table with the header, bold where the format knows bold. Text that a
// spreadsheet program would take for a formula is written so that it stays text. It returns a fault.Invalid for an
// unknown format.
func NewWriter(w io.Writer, format Format, header ...string) (Writer, error) {
	switch format {
	case CSV:
		return newTextWriter(w, ',', header)
	case TSV:
		return newTextWriter(w, '\t', header)
	case XLSX:
		return newXLSXWriter(w, header)
	}
	return nil, fault.New(fault.Invalid, "Tables are written as csv, tsv or xlsx.")
}

type textWriter struct {
	records *csv.Writer
}

func newTextWriter(w io.Writer, delimiter rune, header []string) (Writer, error) {
	// Spreadsheet programs take a file without the mark for the system's old encoding.
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return nil, fmt.Errorf("write table: %w", err)
	}
	t := &textWriter{records: csv.NewWriter(w)}
	t.records.Comma = delimiter
	t.records.UseCRLF = true
	return t, t.Write(asCells(header)...)
}

func (t *textWriter) Write(cells ...any) error {
	record := make([]string, len(cells))
	for i, cell := range cells {
		switch c := plainValue(cell).(type) {
		case nil:
		case string:
			record[i] = Disarm(c)
		default:
			record[i] = fmt.Sprint(c)
		}
	}
	if err := t.records.Write(record); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func (t *textWriter) Close() error {
	t.records.Flush()
	if err := t.records.Error(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

var number = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?$`)

// Disarm returns a cell of a text file so that it is not run as a formula when the file is opened: with an apostrophe in
// front where it would be.
func Disarm(s string) string {
	// Apostrophes that stand in front already count as text, so that Rearm finds them again.
	bare := strings.TrimLeft(s, "'")
	start := strings.TrimLeft(bare, " \u00a0")
	if start == "" || !strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(start)[0]) || number.MatchString(bare) {
		return s
	}
	return "'" + s
}

// Rearm takes back what Disarm did to a cell.
func Rearm(s string) string {
	if bare, quoted := strings.CutPrefix(s, "'"); quoted && Disarm(bare) == s {
		return bare
	}
	return s
}

type xlsxWriter struct {
	out    io.Writer
	file   *excelize.File
	stream *excelize.StreamWriter
	line   int
}

func newXLSXWriter(w io.Writer, header []string) (Writer, error) {
	file := excelize.NewFile()
	stream, err := file.NewStreamWriter(file.GetSheetName(0))
	if err != nil {
		return nil, fmt.Errorf("begin workbook: %w", err)
	}
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("style workbook: %w", err)
	}
	err = stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return nil, fmt.Errorf("style workbook: %w", err)
	}
	x := &xlsxWriter{out: w, file: file, stream: stream}
	cells := make([]any, len(header))
	for i, name := range header {
		cells[i] = excelize.Cell{StyleID: bold, Value: name}
	}
	return x, x.Write(cells...)
}

func (x *xlsxWriter) Write(cells ...any) error {
	x.line++
	row := make([]any, len(cells))
	for i, cell := range cells {
		row[i] = plainValue(cell)
	}
	if err := x.stream.SetRow(fmt.Sprintf("A%d", x.line), row); err != nil {
		return fmt.Errorf("write row %d: %w", x.line, err)
	}
	return nil
}

func (x *xlsxWriter) Close() error {
	if err := x.stream.Flush(); err != nil {
		return fmt.Errorf("finish workbook: %w", err)
	}
	if _, err := x.file.WriteTo(x.out); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return x.file.Close()
}

func plainValue(cell any) any {
	switch c := cell.(type) {
	case time.Time:
		if c.IsZero() {
			return nil
		}
		return c.Format(time.RFC3339)
	case fmt.Stringer:
		return c.String()
	}
	return cell
}

func asCells(header []string) []any {
	cells := make([]any, len(header))
	for i, name := range header {
		cells[i] = name
	}
	return cells
}
