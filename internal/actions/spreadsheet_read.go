package actions

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
)

// ReadSpreadsheet keeps a table that was uploaded, as CSV or XLSX, and reads it.
type ReadSpreadsheet struct {
	Upload

	Header []string   // a name for each column, none twice and none empty
	Rows   [][]string // as many cells each as the header
}

// Grant implements Action.
func (*ReadSpreadsheet) Grant() access.Grant { return "candidate.update" }

// Validate implements Action.
func (a *ReadSpreadsheet) Validate() error {
	if a.Type == 0 {
		a.Type = models.FileTypeImport
	}
	return a.validate()
}

// Prepare implements Prepared: the table is read, then stored.
func (a *ReadSpreadsheet) Prepare(ctx context.Context, w *Work) error {
	content, err := io.ReadAll(io.LimitReader(a.Content, spreadsheet.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read the upload: %w", err)
	}
	if err := a.read(content); err != nil {
		return aboutFile(err)
	}
	a.Content = bytes.NewReader(content)
	return a.store(ctx, w)
}

func (a *ReadSpreadsheet) read(content []byte) error {
	table, err := spreadsheet.Open(bytes.NewReader(content))
	if err != nil {
		return err
	}
	defer table.Close() // reading from memory
	header := table.Header()
	for row, err := range table.Rows() {
		if err != nil {
			return err
		}
		for len(row.Cells) > len(header) {
			header = append(header, "")
		}
		a.Rows = append(a.Rows, row.Cells)
	}
	a.Header = columnNames(header)
	for i := range a.Rows {
		for len(a.Rows[i]) < len(a.Header) {
			a.Rows[i] = append(a.Rows[i], "")
		}
	}
	return nil
}

// columnNames gives columns without a name their number, and repeated names one.
func columnNames(header []string) []string {
	names, taken := make([]string, len(header)), map[string]bool{}
	for i, name := range header {
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
		}
		unique := name
		for n := 2; taken[unique]; n++ {
			unique = name + " " + strconv.Itoa(n)
		}
		names[i], taken[unique] = unique, true
	}
	return names
}

// Perform implements Action.
func (a *ReadSpreadsheet) Perform(_ context.Context, w *Work) error { return a.keep(w, false) }
