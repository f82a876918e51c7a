package actions

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/models"
)

// noteParticipations finds out what happened to the participations that this transaction touched: many verbs move one
// on, and one verb moves it differently each time, so that its row says it best.
func (w *Work) noteParticipations() error {
	ids := slices.Clone(w.touched)
	scored := map[int64]bool{}
	for part := range slices.Chunk(w.touchedAttempts, rowsAtOnce) {
		var attempts []models.AssessmentSectionCandidate
		if err := w.Own().Where("id IN ?", part).Find(&attempts).Error; err != nil {
			return fmt.Errorf("load touched attempts: %w", err)
		}
		for _, a := range attempts {
			ids = append(ids, a.AssessmentCandidateID)
			scored[a.AssessmentCandidateID] = scored[a.AssessmentCandidateID] || a.Score != nil
		}
	}
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), rowsAtOnce) {
		var rows []models.AssessmentCandidate
		if err := w.Own().Where("id IN ?", part).Order("id").Find(&rows).Error; err != nil {
			return fmt.Errorf("load touched participations: %w", err)
		}
		for _, p := range rows {
			w.noteParticipation(p, scored[p.ID])
		}
	}
	return nil
}

func (w *Work) noteParticipation(p models.AssessmentCandidate, isScored bool) {
	if p.AttendedAt != nil && w.isNow(*p.AttendedAt) {
		w.occurred("participation.started", p.ID)
	}
	if isScored && p.Score != nil && w.isNow(p.UpdatedAt) {
		w.occurred("participation.scored", p.ID)
	}
	if !w.isNow(p.StatusSince) || w.isNow(p.CreatedAt) {
		return
	}
	if p.Status() == models.Completed {
		w.occurred("participation.completed", p.ID)
	}
	w.occurred("participation.status-changed", p.ID)
}

// isNow tells whether a stored time is that of this work.
func (w *Work) isNow(at time.Time) bool {
	return at.UTC().Truncate(time.Microsecond).Equal(w.Now.UTC().Truncate(time.Microsecond))
}
