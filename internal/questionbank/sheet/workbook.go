package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/spreadsheet"
)

// WriteWorkbook writes what Write does as an Excel workbook, whose texts are no formulas. Problems and error are those of Write.
func WriteWorkbook(w io.Writer, questions []questionbank.Question) ([]questionbank.Problem, error) {
	var text bytes.Buffer
	problems, err := write(&text, questions, widest(questions), func(cell string) string { return cell })
	if err != nil {
		return problems, err
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		return problems, fmt.Errorf("read back the table: %w", err)
	}
	return problems, writeWorkbook(w, rows)
}

func writeWorkbook(w io.Writer, rows [][]string) error {
	out, err := spreadsheet.NewWriter(w, spreadsheet.XLSX, rows[0]...)
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = cell
		}
		if err := out.Write(cells...); err != nil {
			return fmt.Errorf("write a workbook: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}
