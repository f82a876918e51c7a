package actions

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/assay-hire/assay/internal/candidatesheet"
	"github.com/assay-hire/assay/models"
)

// rowsAtOnce is how many rows one INSERT takes: more are slower per row on the embedded database.
const rowsAtOnce = 50

// keptProblems bounds the problems that an import's row remembers.
const keptProblems = 2000

// writeChunk brings a chunk of drafts in and returns the import with its counts moved on.
func writeChunk(w *Work, row models.Import, c chunk) (models.Import, error) {
	var fresh []models.Candidate
	var known []int64
	for _, d := range c.drafts {
		existing, is := c.existing[d.Email()]
		switch {
		case !is:
			fresh = append(fresh, candidateOf(row, d))
		case DuplicatesOf(row) == SkipDuplicates:
			known = append(known, existing.ID)
			row.Skipped++
		default:
			if err := updateFrom(w, row, existing, d); err != nil {
				return row, err
			}
			row.Updated++
		}
	}
	if len(fresh) > 0 {
		if err := w.Tx.CreateInBatches(&fresh, rowsAtOnce).Error; err != nil {
			return row, fmt.Errorf("create candidates: %w", err)
		}
		for _, c := range fresh {
			w.occurred("candidate.created", c.ID)
		}
	}
	if len(known) > 0 {
		err := w.Own().Model(&models.Candidate{}).Where("id IN ?", known).UpdateColumn("import_id", row.ID).Error
		if err != nil {
			return row, fmt.Errorf("note whom the import named: %w", err)
		}
	}
	row.Created += len(fresh)
	row.Skipped += c.refused
	row.Done += c.rows
	return withProblems(row, c.problems)
}

func withProblems(row models.Import, more []candidatesheet.Problem) (models.Import, error) {
	problems, err := ImportProblems(row)
	if err != nil {
		return row, err
	}
	problems = append(problems, more...)
	if len(problems) > keptProblems {
		problems = problems[:keptProblems]
	}
	text, err := json.Marshal(problems)
	if err != nil {
		return row, fmt.Errorf("note the import's problems: %w", err)
	}
	row.Problems = text
	return row, nil
}

func candidateOf(row models.Import, d candidatesheet.Draft) models.Candidate {
	c := models.Candidate{
		Owned: row.Owned, Authored: models.Authored{CreatedBy: row.UpdatedBy, UpdatedBy: row.UpdatedBy}, Email: d.Email(),
		StatusID: models.CandidateStatusNew, ImportID: &row.ID,
	}
	fill(&c, d)
	return c
}

// updateFrom lays what a row says over what is known. Empty cells change nothing.
func updateFrom(w *Work, row models.Import, c models.Candidate, d candidatesheet.Draft) error {
	fill(&c, d)
	c.ImportID, c.UpdatedBy = &row.ID, row.UpdatedBy
	if err := w.Tx.Save(&c).Error; err != nil {
		return fmt.Errorf("update candidate %d: %w", c.ID, err)
	}
	return nil
}

func fill(c *models.Candidate, d candidatesheet.Draft) {
	first, last := d.Name()
	if first != "" {
		c.FirstName = first
	}
	for value, column := range map[string]**string{
		candidatesheet.MiddleName: &c.MiddleName, candidatesheet.Phone: &c.Phone, candidatesheet.ExternalID: &c.ExternalID,
		candidatesheet.Industry: &c.Industry, candidatesheet.Bio: &c.Bio,
	} {
		if text := d.Values[value]; text != "" {
			*column = &text
		}
	}
	if last != "" {
		c.LastName = &last
	}
	if len(d.Custom) > 0 {
		merged := maps.Clone(map[string]any(c.CF))
		if merged == nil {
			merged = map[string]any{}
		}
		maps.Copy(merged, d.Custom)
		c.CF = merged
	}
	c.SearchText = candidateSearchText(*c)
}
