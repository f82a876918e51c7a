package recruiter

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/internal/spreadsheet"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// resultsBatch is how many candidates are read at a time, so that large assessments do not have to fit in memory.
const resultsBatch = 500

// ResultsCSV and ResultsXLSX are the results of an assessment, a row for each candidate that the filter lets through.
func (s Screens) ResultsCSV(c echo.Context) error { return s.results(c, spreadsheet.CSV) }

// ResultsXLSX is ResultsCSV for spreadsheet programs.
func (s Screens) ResultsXLSX(c echo.Context) error { return s.results(c, spreadsheet.XLSX) }

func (s Screens) results(c echo.Context, format spreadsheet.Format) error {
	p, err := s.pipelineOf(c)
	if err != nil {
		return err
	}
	veil, err := review.VeilOverAssessment(p.db, p.actor, p.assessment.ID)
	if err != nil {
		return err
	}
	if veil.IsDrawn() {
		return fault.New(fault.Conflict, "You still have evaluations to give in this assessment. Give them first, then take the results.")
	}
	t := &resultsTable{pipeline: p}
	if err := t.plan(); err != nil {
		return err
	}
	err = web.Run(c, &actions.NoteExport{Table: actions.ExportedResults, SubjectID: p.assessment.ID, Format: string(format)})
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, format.MediaType())
	h.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="results-%d.%s"`, p.assessment.ID, format))
	c.Response().WriteHeader(http.StatusOK)
	w, err := spreadsheet.NewWriter(c.Response(), format, t.header()...)
	if err != nil {
		return err
	}
	if err := t.write(w, web.Zone(c)); err != nil {
		return err
	}
	return w.Close()
}

// resultsTable is the results as a table: which columns it has, and its rows batch by batch.
type resultsTable struct {
	*pipeline
	fields []models.CustomField
	skills []string
}

// plan finds the columns that depend on the assessment: custom fields meant for reports, and skills.
func (t *resultsTable) plan() error {
	err := t.own().Where("type = ? AND is_report AND NOT is_deleted", models.CandidateField).Order("sort_order, id").Find(&t.fields).Error
	if err != nil {
		return fmt.Errorf("load report fields: %w", err)
	}
	for after := int64(0); ; {
		var attempts []models.AssessmentSectionCandidate
		err := t.own().Select("id, skill_scores").Where("assessment_id = ? AND id > ? AND skill_scores IS NOT NULL", t.assessment.ID, after).
			Order("id").Limit(resultsBatch).Find(&attempts).Error
		if err != nil {
			return fmt.Errorf("find skills: %w", err)
		}
		for _, a := range attempts {
			for _, skill := range a.SkillScores {
				if !slices.Contains(t.skills, skill.Name) {
					t.skills = append(t.skills, skill.Name)
				}
			}
			after = a.ID
		}
		if len(attempts) < resultsBatch {
			slices.Sort(t.skills)
			return nil
		}
	}
}

func (t *resultsTable) header() []string {
	names := []string{"Candidate", "E-mail", "External id", "Status", "In status since", "Reason", "Invited", "Started", "Evaluated", "Score, percent"}
	for _, f := range t.fields {
		names = append(names, f.Label)
	}
	for _, s := range t.sections {
		names = append(names, s.Title+", marks", s.Title+", of", s.Title+", percent")
	}
	for _, skill := range t.skills {
		names = append(names, skill+", percent")
	}
	return append(names, "Evaluations", "Select", "Hold", "Reject", "Mean rating")
}

func (t *resultsTable) write(w spreadsheet.Writer, zone *time.Location) error {
	for after := int64(0); ; {
		var rows []models.AssessmentCandidate
		err := t.rows().Select("ac.*").Where("ac.id > ?", after).Order("ac.id").Limit(resultsBatch).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("load results: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		if err := t.writeBatch(w, rows, zone); err != nil {
			return err
		}
		after = rows[len(rows)-1].ID
	}
}

// details is what a batch of participations needs beside itself.
type details struct {
	people   map[int64]models.Candidate
	attempts map[int64]map[int64]models.AssessmentSectionCandidate // by participation and section
	given    map[int64][]review.Given
	reasons  map[int64]string
}

func (t *resultsTable) writeBatch(w spreadsheet.Writer, rows []models.AssessmentCandidate, zone *time.Location) error {
	d, err := t.details(rows)
	if err != nil {
		return err
	}
	for _, ac := range rows {
		if err := w.Write(t.cells(ac, d, zone)...); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	return nil
}

func (t *resultsTable) details(rows []models.AssessmentCandidate) (details, error) {
	d := details{people: map[int64]models.Candidate{}, attempts: map[int64]map[int64]models.AssessmentSectionCandidate{},
		given: map[int64][]review.Given{}, reasons: map[int64]string{}}
	var candidates, participations []int64
	for _, ac := range rows {
		candidates, participations = append(candidates, ac.CandidateID), append(participations, ac.ID)
	}
	var people []models.Candidate
	if err := t.own().Where("id IN ?", candidates).Find(&people).Error; err != nil {
		return d, fmt.Errorf("load candidates: %w", err)
	}
	for _, c := range people {
		d.people[c.ID] = c
	}
	var attempts []models.AssessmentSectionCandidate
	if err := t.own().Where("assessment_candidate_id IN ?", participations).Find(&attempts).Error; err != nil {
		return d, fmt.Errorf("load attempts: %w", err)
	}
	for _, a := range attempts {
		if d.attempts[a.AssessmentCandidateID] == nil {
			d.attempts[a.AssessmentCandidateID] = map[int64]models.AssessmentSectionCandidate{}
		}
		d.attempts[a.AssessmentCandidateID][a.AssessmentSectionID] = a
	}
	given, _, err := review.Evaluations(t.db, t.actor, review.Veil{}, participations...)
	if err != nil {
		return d, err
	}
	for _, g := range given {
		d.given[g.Participation] = append(d.given[g.Participation], g)
	}
	var reasons []models.StatusReason
	if err := t.own().Find(&reasons).Error; err != nil {
		return d, fmt.Errorf("load reasons: %w", err)
	}
	for _, r := range reasons {
		d.reasons[r.ID] = r.Label
	}
	return d, nil
}
