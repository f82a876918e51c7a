package actions

import (
	"context"
	"fmt"
	"io"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// importChunk is how many rows one look-up and one transaction take.
const importChunk = 500

// chunk is a run of rows: those that can come in, with who of them is a candidate already, and what is wrong with others.
type chunk struct {
	rows     int // rows of the file in this run
	drafts   []candidatesheet.Draft
	existing map[string]models.Candidate // by address
	problems []candidatesheet.Problem
	refused  int // rows that cannot come in
}

// scan reads an import's file and hands it on in chunks, leaving out the first rows, which are done. Own is scoped to the
// organization.
func scan(ctx context.Context, store *files.Store, own func() *gorm.DB, row models.Import, done int, visit func(chunk) error) error {
	var file models.File
	if err := own().First(&file, row.FileID).Error; err != nil {
		return database.Fault(fmt.Errorf("load the import's file: %w", err), "file")
	}
	content, err := store.Open(ctx, file.Key)
	if err != nil {
		return err
	}
	defer content.Close() // reading is over by then
	custom, err := customFields(own(), models.CandidateField)
	if err != nil {
		return err
	}
	return scanTable(content, candidatesheet.Sheet{Mapping: candidatesheet.Restored(row.Mapping), Custom: custom}, done, visit)
}

func scanTable(content io.Reader, sheet candidatesheet.Sheet, done int, visit func(chunk) error) error {
	table, err := spreadsheet.Open(content)
	if err != nil {
		return err
	}
	defer table.Close() // the table is read into memory
	sheet.Header = table.Header()
	var c chunk
	seen := map[string]int{}
	at := 0
	for line, err := range table.Rows() {
		if err != nil {
			return err
		}
		at++
		c.take(sheet, line, seen, at > done)
		if c.rows == importChunk {
			if err := visit(c); err != nil {
				return err
			}
			c = chunk{}
		}
	}
	if c.rows == 0 {
		return nil
	}
	return visit(c)
}

// take reads a row. Rows that are done already only count for finding repeated addresses.
func (c *chunk) take(sheet candidatesheet.Sheet, line spreadsheet.Row, seen map[string]int, wanted bool) {
	draft, problems, ok := sheet.Read(line)
	first, repeated := seen[draft.Email()]
	if ok && !repeated {
		seen[draft.Email()] = line.Line
	}
	if !wanted {
		return
	}
	c.rows++
	c.problems = append(c.problems, problems...)
	switch {
	case !ok:
		c.refused++
	case repeated:
		c.refused++
		c.problems = append(c.problems, candidatesheet.Problem{Line: line.Line, Value: draft.Email(),
			Text: fmt.Sprintf("The same address stands in line %d. This row is left out.", first)})
	default:
		c.drafts = append(c.drafts, draft)
	}
}

// lookUp finds who of the rows is a candidate already.
func (c *chunk) lookUp(own func() *gorm.DB) error {
	emails := make([]string, len(c.drafts))
	for i, d := range c.drafts {
		emails[i] = d.Email()
	}
	var found []models.Candidate
	if err := own().Where("NOT is_deleted AND email IN ?", emails).Order("id").Find(&found).Error; err != nil {
		return fmt.Errorf("look for candidates by address: %w", err)
	}
	c.existing = make(map[string]models.Candidate, len(found))
	for _, candidate := range found {
		c.existing[candidate.Email] = candidate
	}
	return nil
}

// ImportCheck is what an import would do: a dry run, read from the file and the candidates as they are now.
type ImportCheck struct {
	Rows, New, Existing, Refused int
	Problems                     []candidatesheet.Problem
	Drafts                       []candidatesheet.Draft // the first few that would come in
}

// draftsShown is how many rows a check gives as a sample.
const draftsShown = 5

// CheckImport reads an import's file and says what would happen, row by row where something is wrong. It writes nothing.
func (r *Runner) CheckImport(ctx context.Context, actor access.Actor, row models.Import) (ImportCheck, error) {
	var check ImportCheck
	own := func() *gorm.DB { return r.DB.Read.WithContext(ctx).Scopes(access.Own(actor)) }
	err := scan(ctx, r.Files, own, row, 0, func(c chunk) error {
		if err := c.lookUp(own); err != nil {
			return err
		}
		check.Rows += c.rows
		check.Refused += c.refused
		check.Existing += len(c.existing)
		check.New += len(c.drafts) - len(c.existing)
		check.Problems = append(check.Problems, c.problems...)
		check.Drafts = append(check.Drafts, c.drafts[:min(len(c.drafts), draftsShown-len(check.Drafts))]...)
		return nil
	})
	return check, err
}

// ImportColumns returns the headings of an import's file and its first rows.
func (r *Runner) ImportColumns(ctx context.Context, actor access.Actor, row models.Import) (header []string, rows [][]string, err error) {
	var file models.File
	if err := r.DB.Read.WithContext(ctx).Scopes(access.Own(actor)).First(&file, row.FileID).Error; err != nil {
		return nil, nil, database.Fault(err, "file")
	}
	content, err := r.Files.Open(ctx, file.Key)
	if err != nil {
		return nil, nil, err
	}
	defer content.Close() // reading is over by then
	table, err := spreadsheet.Open(content)
	if err != nil {
		return nil, nil, err
	}
	defer table.Close() // the table is read into memory
	for line, err := range table.Rows() {
		if err != nil || len(rows) == draftsShown {
			break
		}
		rows = append(rows, line.Cells)
	}
	return table.Header(), rows, nil
}
