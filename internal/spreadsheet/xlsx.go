package spreadsheet

import (
	"bytes"
	"errors"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/assay-hire/assay/internal/fault"
)

// unpackedLimit stops a small archive from unpacking into all memory.
const unpackedLimit = 400 << 20

type xlsxSource struct {
	file *excelize.File
	rows *excelize.Rows
	line int
}

// openXLSX reads the first sheet. Formulas are not evaluated: the value their program saved is taken.
func openXLSX(content []byte) (source, error) {
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		UnzipSizeLimit: unpackedLimit, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, damaged()
	}
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.Join(damaged(), file.Close())
	}
	rows, err := file.Rows(sheets[0])
	if err != nil {
		return nil, errors.Join(damaged(), file.Close())
	}
	return &xlsxSource{file: file, rows: rows}, nil
}

func (s *xlsxSource) next() (Row, error) {
	if !s.rows.Next() {
		if s.rows.Error() != nil {
			return Row{}, damaged()
		}
		return Row{}, io.EOF
	}
	s.line++
	cells, err := s.rows.Columns()
	if err != nil {
		return Row{}, damaged()
	}
	return Row{Line: s.line, Cells: cells}, nil
}

func (s *xlsxSource) Close() error {
	return errors.Join(s.rows.Close(), s.file.Close())
}

func damaged() error {
	return fault.New(fault.Invalid, "The workbook cannot be read. Open it in a spreadsheet program, save it again and retry.")
}
