// Package spreadsheet reads and writes tables as CSV, TSV and XLSX, row by row.
package spreadsheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
)

// The bounds of what is read.
const (
	MaxBytes   = 25 << 20
	MaxRows    = 200_000
	MaxColumns = 1_000
)

// Row is one row as it stands in the file. Line counts from 1 and is what a spreadsheet program or editor shows, so that
// a message can point at it.
type Row struct {
	Line  int
	Cells []string
}

// source yields the rows of one format, empty ones included, and io.EOF after the last. A row of a text file begins on
// the line given, even when a quoted cell spans several.
type source interface {
	next() (Row, error)
	Close() error
}

// Reader reads a table. The caller closes it.
type Reader struct {
	source source
	header []string
	rows   int
}

// Open recognises the format from the content (XLSX, or text with commas, semicolons, tabs or bars between the cells, in
// UTF-8, UTF-16 or Windows-1252) and reads the header, which is the first row with anything in it. It returns a
// fault.Invalid when the file is over MaxBytes, empty or of another kind.
func Open(r io.Reader) (*Reader, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	if len(content) > MaxBytes {
		return nil, fault.New(fault.Invalid, "The file is larger than %d MB. Split it and upload the parts.", MaxBytes>>20)
	}
	source, err := openSource(content)
	if err != nil {
		return nil, err
	}
	reader := &Reader{source: source}
	header, err := reader.next()
	if errors.Is(err, io.EOF) {
		err = fault.New(fault.Invalid, "The file is empty. Its first row names the columns.")
	}
	if err != nil {
		return nil, errors.Join(err, source.Close())
	}
	reader.rows = 0
	for _, name := range header.Cells {
		reader.header = append(reader.header, strings.TrimSpace(name))
	}
	return reader, nil
}

func openSource(content []byte) (source, error) {
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return openXLSX(content)
	case bytes.HasPrefix(content, []byte("\xD0\xCF\x11\xE0")):
		return nil, fault.New(fault.Invalid, "This is an old or locked workbook. Save it as .xlsx without a password, or as .csv.")
	}
	return openText(content)
}

// Header returns the names of the columns, without surrounding spaces.
func (r *Reader) Header() []string {
	return r.header
}

// Rows yields the rows below the header that have anything in them, each with at least as many cells as the header. It
// ends with an error when the file is damaged or exceeds MaxRows or MaxColumns, a fault.Invalid that names the line. It
// can be ranged over once.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			row, err := r.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// Close releases the file.
func (r *Reader) Close() error {
	return r.source.Close()
}

func (r *Reader) next() (Row, error) {
	for {
		row, err := r.source.next()
		if err != nil {
			return Row{}, err
		}
		if len(row.Cells) > MaxColumns {
			return Row{}, fault.New(fault.Invalid, "Line %d has more than %d columns.", row.Line, MaxColumns)
		}
		if strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
			continue
		}
		if r.rows++; r.rows > MaxRows {
			return Row{}, fault.New(fault.Invalid, "The file has more than %d rows. Split it and upload the parts.", MaxRows)
		}
		for len(row.Cells) < len(r.header) {
			row.Cells = append(row.Cells, "")
		}
		return row, nil
	}
}
