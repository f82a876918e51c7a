package testkit

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Scheduled is an interview of a participation's candidate with Paul, tomorrow at ten in Lisbon for 45 minutes, of which
// nobody was told.
func (w *World) Scheduled(t testing.TB, p models.AssessmentCandidate) models.LiveSession {
	t.Helper()
	a := w.Appointing(p)
	w.Record(t, w.As(t, w.Rita), &a)
	return w.SessionOf(t, a.UID)
}

// Appointing is the action that makes such a live session.
func (w *World) Appointing(p models.AssessmentCandidate) actions.LiveSchedule {
	at := w.Clock.Now().UTC().Truncate(24 * time.Hour).Add(34 * time.Hour)
	return actions.LiveSchedule{AssessmentCandidateID: p.ID, Panel: actions.RefsTo([]int64{w.Paul.ID}), StartDate: at,
		EndDate: at.Add(45 * time.Minute), TimeZone: "Europe/Lisbon"}
}

// SessionOf returns the live session that an action made.
func (w *World) SessionOf(t testing.TB, uid string) models.LiveSession {
	t.Helper()
	var s models.LiveSession
	check(t, w.DB.Read.Where("uid = ?", uid).First(&s).Error)
	return s
}
