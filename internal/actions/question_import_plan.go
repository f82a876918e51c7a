package actions

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/questionbank/bankfile"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// Standing says what the bank knows of a question that is about to come in.
type Standing string

// The standings. Changed: the bank has a question with its external id that reads differently.
const (
	StandingNew      Standing = "new"
	StandingKnown    Standing = "known"    // the bank has one that reads alike
	StandingChanged  Standing = "changed"  // same external id, other words
	StandingRepeated Standing = "repeated" // an earlier question of the same upload reads alike
)

// PlannedQuestion is one line of a dry run.
type PlannedQuestion struct {
	Bank     questionbank.Question
	Report   questionbank.QuestionReport
	Standing Standing
	KnownID  int64 // the bank's question, when it is known or changed

	input QuestionInput
	print string
	notes []string
}

// PlannedFile is one file of a dry run.
type PlannedFile struct {
	Name, Format string
	Refused      bool
	Questions    []PlannedQuestion
	Problems     []questionbank.Problem
}

// QuestionImportPlan is what would happen if an upload were brought in.
type QuestionImportPlan struct {
	Import models.Import
	Files  []PlannedFile
}

// Count returns how many questions have the standing.
func (p QuestionImportPlan) Count(s Standing) int {
	n := 0
	for _, file := range p.Files {
		for _, q := range file.Questions {
			if q.Standing == s {
				n++
			}
		}
	}
	return n
}

// Total returns how many questions can come in.
func (p QuestionImportPlan) Total() int {
	n := 0
	for _, file := range p.Files {
		n += len(file.Questions)
	}
	return n
}

// QuestionImportPlan reads an upload and says what would happen. It writes nothing.
func (r *Runner) QuestionImportPlan(ctx context.Context, actor access.Actor, id int64) (QuestionImportPlan, error) {
	w := r.work(actor)
	w.Tx = r.DB.Read.WithContext(ctx)
	plan, err := readUpload(ctx, w, id)
	if err != nil {
		return plan, err
	}
	return plan, plan.compare(w)
}

// readUpload reads the files of an upload, without looking into the bank.
func readUpload(ctx context.Context, w *Work, id int64) (QuestionImportPlan, error) {
	var plan QuestionImportPlan
	err := w.Own().Where("kind = ?", models.ImportQuestions).First(&plan.Import, id).Error
	if err != nil {
		return plan, database.Fault(err, "import")
	}
	upload, err := uploadOf(plan.Import)
	if err != nil {
		return plan, err
	}
	for _, part := range upload.Files {
		data, err := readStored(ctx, w.World.Files, part.Key)
		if fault.KindOf(err) == fault.NotFound {
			return plan, fault.New(fault.Gone, "The uploaded file %s is no longer kept. Upload it again.", part.Name)
		}
		if err != nil {
			return plan, err
		}
		plan.Files = append(plan.Files, planFile(bankfile.Parse(part.Name, upload.Format, data)))
	}
	return plan, nil
}

func readStored(ctx context.Context, store *files.Store, key string) ([]byte, error) {
	file, err := store.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("read file %s: %w", key, err)
	}
	return data, nil
}

func planFile(doc questionbank.Document) PlannedFile {
	file := PlannedFile{Name: doc.File, Format: doc.Format, Refused: doc.Refused(), Problems: doc.Problems}
	report := questionbank.NewFileReport(doc)
	for i, q := range doc.Questions {
		planned := PlannedQuestion{Bank: q, Report: report.Questions[i], Standing: StandingNew}
		planned.input, planned.notes = inputFromBank(q, doc.File)
		var shown models.Question
		planned.input.fill(&shown)
		planned.print = fingerprint(shown, bankSums(q.Images))
		for _, note := range planned.notes {
			file.Problems = append(file.Problems, questionbank.Problem{Line: q.Line, Question: q.Label(),
				Severity: questionbank.Warning, Message: note})
		}
		file.Questions = append(file.Questions, planned)
	}
	slices.SortStableFunc(file.Problems, func(a, b questionbank.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return file
}

// known is what comparing needs of a question of the bank.
type known struct {
	ID          int64
	ExternalID  *string
	Fingerprint string
}

const lookedUpAtOnce = 400

// compare finds out what the bank has of the plan's questions.
func (p *QuestionImportPlan) compare(w *Work) error {
	var prints, externals []string
	p.each(func(q *PlannedQuestion) {
		prints = append(prints, q.print)
		if q.input.ExternalID != "" {
			externals = append(externals, q.input.ExternalID)
		}
	})
	byPrint, byExternal := map[string]int64{}, map[string]known{}
	found, err := lookUpQuestions(w, "fingerprint", prints)
	if err != nil {
		return err
	}
	for _, row := range found {
		byPrint[row.Fingerprint] = row.ID
	}
	if found, err = lookUpQuestions(w, "external_id", externals); err != nil {
		return err
	}
	for _, row := range found {
		byExternal[*row.ExternalID] = row
	}
	seen := map[string]bool{}
	p.each(func(q *PlannedQuestion) {
		q.place(byPrint, byExternal, seen)
		seen[q.print] = true
	})
	return nil
}

func (q *PlannedQuestion) place(byPrint map[string]int64, byExternal map[string]known, seen map[string]bool) {
	same, isKnown := byExternal[q.input.ExternalID]
	switch {
	case isKnown && same.Fingerprint != q.print:
		q.Standing, q.KnownID = StandingChanged, same.ID
	case isKnown:
		q.Standing, q.KnownID = StandingKnown, same.ID
	case byPrint[q.print] != 0:
		q.Standing, q.KnownID = StandingKnown, byPrint[q.print]
	case seen[q.print]:
		q.Standing = StandingRepeated
	}
}

func (p *QuestionImportPlan) each(do func(*PlannedQuestion)) {
	for f := range p.Files {
		for i := range p.Files[f].Questions {
			do(&p.Files[f].Questions[i])
		}
	}
}

// lookUpQuestions loads what a column, named by this file, holds one of the values. The oldest comes last, so that it is
// the one a map keeps.
func lookUpQuestions(w *Work, column string, values []string) ([]known, error) {
	var found []known
	for start := 0; start < len(values); start += lookedUpAtOnce {
		var some []known
		part := values[start:min(start+lookedUpAtOnce, len(values))]
		err := w.Own().Model(&models.Question{}).Where("NOT is_deleted AND "+column+" IN ?", part).Order("id DESC").Find(&some).Error
		if err != nil {
			return nil, fmt.Errorf("look for questions by %s: %w", column, err)
		}
		found = append(found, some...)
	}
	return found, nil
}

// problemsJSON keeps the first problems of a plan for the page that shows the result.
// ImportProblem is a problem of a question import as it is kept, with the file it was found in.
type ImportProblem struct {
	File string `json:"file"`
	questionbank.ProblemReport
}

func (p QuestionImportPlan) problemsJSON() datatypes.JSON {
	kept := []ImportProblem{}
	for _, file := range p.Files {
		for _, problem := range file.Problems {
			if len(kept) < keptRefusals {
				kept = append(kept, ImportProblem{file.Name, questionbank.ProblemReport(problem)})
			}
		}
	}
	// Numbers and texts always encode.
	text, _ := json.Marshal(kept)
	return text
}
