package actions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// overrun is how long a live session may go on past its end before it counts as over.
const overrun = 30 * time.Minute

// CloseLiveSession says what became of a live session whose time is over: it took place, or somebody did not come. It does
// nothing where time is left, or the session is over already.
type CloseLiveSession struct{ LiveSessionID int64 }

// Grant implements Action.
func (*CloseLiveSession) Grant() access.Grant { return "attempt.close" }

// Validate implements Action.
func (*CloseLiveSession) Validate() error { return nil }

// Perform implements Action.
func (a *CloseLiveSession) Perform(_ context.Context, w *Work) error {
	m, err := lockLiveSession(w, a.LiveSessionID)
	if err != nil || m.session.Status.IsOver() || m.session.EndsAt.After(w.Now.Add(-overrun)) {
		return err
	}
	before := m.session.Status
	if err := m.end(w); err != nil {
		return err
	}
	return m.note(w, "live-end", map[string]any{"before": before.Label(), "outcome": m.session.Status.Label()})
}

// end gives the session and its seats the state that those give it who came.
func (m *liveSession) end(w *Work) error {
	outcome, err := m.outcome(w)
	if err != nil {
		return err
	}
	m.session.Status = outcome
	if err := w.Tx.Model(&m.session).Update("status", outcome).Error; err != nil { // calendars have nothing to learn
		return fmt.Errorf("end the live session: %w", err)
	}
	for _, s := range m.seats {
		if err := w.Tx.Model(&s).Update("status", s.StatusIn(outcome)).Error; err != nil {
			return fmt.Errorf("end a seat: %w", err)
		}
	}
	return nil
}

// outcome is what a session has become whose time is over. Nobody sees people join on site, and whoever evaluated the
// candidate after it began met the candidate, whatever the seats say.
func (m *liveSession) outcome(w *Work) (models.LiveSessionStatus, error) {
	if m.session.IsOffline {
		return models.LiveComplete, nil
	}
	outcome := models.LiveOutcome(m.seats)
	if outcome == models.LiveComplete || m.session.AssessmentSectionCandidateID == nil {
		return outcome, nil
	}
	var evaluated int64
	err := w.Own().Model(&models.Evaluation{}).Where("assessment_section_candidate_id = ? AND evaluated_at >= ?",
		*m.session.AssessmentSectionCandidateID, m.session.StartsAt).Count(&evaluated).Error
	if err != nil {
		return outcome, fmt.Errorf("look for evaluations of the live session: %w", err)
	}
	if evaluated > 0 {
		return models.LiveComplete, nil
	}
	return outcome, nil
}

// sweepSessions ends the live sessions whose time is over, and moves events on whose days came or went.
func (r *Runner) sweepSessions(ctx context.Context, _ int64) error {
	now := r.DB.Clock.Now()
	db := r.DB.Read.WithContext(ctx)
	sessions := db.Model(&models.LiveSession{}).Where("status IN ? AND ends_at <= ?",
		[]models.LiveSessionStatus{models.LiveScheduled, models.LiveInProgress}, now.Add(-overrun)).Order("ends_at")
	if err := r.forEach(ctx, sessions, func(id int64) Action { return &CloseLiveSession{id} }); err != nil {
		return fmt.Errorf("end live sessions: %w", err)
	}
	events := db.Model(&models.Event{}).Where("NOT is_deleted AND (status = ? AND start_date <= ? OR status = ? AND end_date <= ?)",
		models.EventOpen, now, models.EventLive, now).Order("id")
	if err := r.forEach(ctx, events, func(id int64) Action { return &MoveEventOn{id} }); err != nil {
		return fmt.Errorf("move events on: %w", err)
	}
	return nil
}

// forEach runs an action, as the program, for each of the rows that a query finds. One that fails keeps no other waiting.
func (r *Runner) forEach(ctx context.Context, rows *gorm.DB, does func(id int64) Action) error {
	var found []struct{ ID, OrganizationID int64 }
	if err := rows.Select("id", "organization_id").Limit(sweepBatch).Scan(&found).Error; err != nil {
		return err
	}
	var failed error
	for _, row := range found {
		if err := r.Run(ctx, access.Program(row.OrganizationID), does(row.ID)); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}
