package recruiter

import (
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// CandidateUpload asks for a file of people.
type CandidateUpload struct {
	layout.Page
	Refused fault.Fields
}

// CandidateImport is an import on its way: columns, check, progress, end.
type CandidateImport struct {
	layout.Page
	Import     models.Import
	Fields     []ImportField
	Columns    []ImportColumn
	Duplicates string
	Refused    fault.Fields

	// What the dry run found.
	Rows, New, Existing, Left int
	Sample                    []ImportSample
	Problems                  []ImportProblem
}

// ImportField is something a column can hold.
type ImportField struct{ Key, Label string }

// ImportColumn is a column of the file.
type ImportColumn struct {
	Place   int // from 0
	Heading string
	Samples []string
	Field   string // what it holds; "" is left out
}

// ImportSample is one of the first people that would come in.
type ImportSample struct{ Name, Email, Phone string }

// ImportProblem is what is wrong with a row.
type ImportProblem struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Text   string `json:"text"`
	Minor  bool   `json:"minor,omitempty"`
}

// ImportHref leads to an import.
func ImportHref(id int64) string { return fmt.Sprintf("/candidates/imports/%d", id) }

func (p CandidateImport) href(rest string) string { return ImportHref(p.Import.ID) + rest }

func importSteps(current int, id int64) []ui.Step {
	steps := []ui.Step{{Label: "Choose a file"}, {Label: "Say what is in it"}, {Label: "Check"}, {Label: "Done"}}
	for i := range steps {
		steps[i].Done, steps[i].Current = i < current, i == current
	}
	if current == 2 {
		steps[1].Href = ImportHref(id)
	}
	return steps
}

func (p CandidateImport) choices() []ui.Option {
	var options []ui.Option
	for _, f := range p.Fields {
		group := "Candidate"
		if strings.HasPrefix(f.Key, "cf:") {
			group = "Your own fields"
		}
		options = append(options, ui.Option{Value: f.Key, Label: f.Label, Group: group})
	}
	return options
}

func (c ImportColumn) name() string { return fmt.Sprintf("column_%d", c.Place) }

func (c ImportColumn) heading() string {
	if c.Heading == "" {
		return fmt.Sprintf("Column %d", c.Place+1)
	}
	return c.Heading
}

// comingIn is how many rows the import would take.
func (p CandidateImport) comingIn() int {
	if p.Duplicates == "skip" {
		return p.New
	}
	return p.New + p.Existing
}

// lead says what would happen, in a sentence.
func (p CandidateImport) lead() string {
	parts := []string{fmt.Sprintf("%s will be new", people(p.New))}
	if p.Existing > 0 {
		verb := "will be updated"
		if p.Duplicates == "skip" {
			verb = "are here already and stay as they are"
		}
		parts = append(parts, people(p.Existing)+" "+verb)
	}
	if p.Left > 0 {
		parts = append(parts, fmt.Sprintf("%s cannot come in", rows(p.Left)))
	}
	return strings.Join(parts, ", ") + "."
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return ui.Number(n) + " people"
}

func rows(n int) string {
	if n == 1 {
		return "1 row"
	}
	return ui.Number(n) + " rows"
}

// shownProblems are those the page lists; the rest is in the table to download.
const shownProblems = 50

func (p CandidateImport) firstProblems() []ImportProblem {
	return p.Problems[:min(len(p.Problems), shownProblems)]
}

// doneLead says how an import ended.
func (p CandidateImport) doneLead() string {
	i := p.Import
	if i.Status == models.ImportFailed {
		return "The import stopped. " + said(i.Message)
	}
	parts := []string{people(i.Created) + " added"}
	if i.Updated > 0 {
		parts = append(parts, ui.Number(i.Updated)+" updated")
	}
	if i.Skipped > 0 {
		parts = append(parts, ui.Number(i.Skipped)+" left as they were")
	}
	return strings.Join(parts, ", ") + "."
}

func (p CandidateImport) progress() ui.ProgressProps {
	return ui.ProgressProps{Value: p.Import.Done, Max: max(1, p.Import.Total),
		Label: fmt.Sprintf("%s of %s done", ui.Number(p.Import.Done), rows(p.Import.Total)),
		Note:  fmt.Sprintf("%s of %s done", ui.Number(p.Import.Done), rows(p.Import.Total))}
}
