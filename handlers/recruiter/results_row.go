package recruiter

import (
	"time"

	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
)

// cells is one candidate's row, in the order of the header. What is not known is empty.
func (t *resultsTable) cells(ac models.AssessmentCandidate, d details, zone *time.Location) []any {
	person := d.people[ac.CandidateID]
	row := cardRow{ReasonText: ac.ReasonText}
	if ac.StatusReasonID != nil {
		label := d.reasons[*ac.StatusReasonID]
		row.ReasonLabel = &label
	}
	cells := []any{person.Name(), person.Email, orNil(person.ExternalID), ac.Status().Label(), ac.StatusSince.In(zone), row.reason(),
		inZone(ac.InvitedAt, zone), inZone(ac.AttendedAt, zone), inZone(ac.EvaluatedAt, zone), orNil(ac.Score)}
	for _, f := range t.fields {
		cells = append(cells, person.CF[f.Key])
	}
	attempts := d.attempts[ac.ID]
	for _, s := range t.sections {
		a := attempts[s.ID]
		cells = append(cells, orNil(a.Score), orNil(a.MaxScore), orNil(a.Percent()))
	}
	cells = append(cells, t.skillCells(attempts)...)
	return append(cells, evaluationCells(d.given[ac.ID])...)
}

// skillCells is the percentage reached in each skill, over all sections.
func (t *resultsTable) skillCells(attempts map[int64]models.AssessmentSectionCandidate) []any {
	score, most := map[string]float64{}, map[string]float64{}
	for _, a := range attempts {
		for _, skill := range a.SkillScores {
			score[skill.Name] += skill.Score
			most[skill.Name] += skill.MaxScore
		}
	}
	cells := make([]any, len(t.skills))
	for i, name := range t.skills {
		if most[name] > 0 {
			cells[i] = max(0, score[name]/most[name]*100)
		}
	}
	return cells
}

func evaluationCells(given []review.Given) []any {
	counts := map[models.Recommendation]int{}
	sum, n := 0.0, 0
	for _, g := range given {
		counts[g.Recommendation]++
		for _, r := range g.Ratings {
			if r.Rating != nil {
				sum += *r.Rating
				n++
			}
		}
	}
	var mean any
	if n > 0 {
		mean = sum / float64(n)
	}
	return []any{len(given), counts[models.RecommendSelect], counts[models.RecommendHold], counts[models.RecommendReject], mean}
}

func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

func inZone(at *time.Time, zone *time.Location) any {
	if at == nil {
		return nil
	}
	return at.In(zone)
}
