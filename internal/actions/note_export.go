package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
)

// NoteExport puts into the ledger that somebody takes a table out of the program. It comes before the table is written,
// so that no table leaves without an entry.
type NoteExport struct {
	Table     ExportedTable
	SubjectID int64 // assessment or participation; 0 for a list of the organization's
	Format    string
}

// ExportedTable names what can be taken out.
type ExportedTable string

// The tables.
const (
	ExportedAssessments ExportedTable = "assessments"
	ExportedCandidates  ExportedTable = "candidates"
	ExportedUsers       ExportedTable = "users"
	ExportedResults     ExportedTable = "results"
	ExportedReport      ExportedTable = "report"
)

// exported says what each table needs, and what it is about when it is about one thing.
var exported = map[ExportedTable]struct {
	grant   access.Grant
	subject string
}{
	ExportedAssessments: {"assessment.view", "organization"},
	ExportedCandidates:  {"candidate.export", "organization"},
	ExportedUsers:       {"user.manage", "organization"},
	ExportedResults:     {"report.export", "assessment"},
	ExportedReport:      {"report.view", "assessment_candidate"},
}

// Grant implements Action.
func (a *NoteExport) Grant() access.Grant { return exported[a.Table].grant }

// Validate implements Action.
func (a *NoteExport) Validate() error {
	if _, known := exported[a.Table]; !known {
		return fmt.Errorf("there is no table %q to take out", a.Table)
	}
	return nil
}

// Perform implements Action.
func (a *NoteExport) Perform(_ context.Context, w *Work) error {
	subject := a.SubjectID
	if exported[a.Table].subject == "organization" {
		subject = w.Actor.OrganizationID
	}
	return w.Audit(ledger.Entry{Verb: "export-" + string(a.Table), SubjectType: exported[a.Table].subject, SubjectID: subject,
		Detail: map[string]any{"format": a.Format}})
}
