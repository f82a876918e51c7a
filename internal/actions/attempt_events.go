package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// RecordEvents writes down what an exam page observed. It is evidence with times, never a verdict.
type RecordEvents struct {
	AttemptID int64
	Device    string
	Events    []ObservedEvent
}

// ObservedEvent is one observation, told by how long ago it was: the browser's clock is not asked.
type ObservedEvent struct {
	Kind    models.AttemptEventKind
	Ago     time.Duration
	Seconds float64 // how long it lasted; 0 where that means nothing
	Size    int     // how many characters were pasted
}

// observable are the kinds that a browser may tell of; all others are the server's own.
var observable = []models.AttemptEventKind{models.EventTabLeft, models.EventTabBack, models.EventFocusLost,
	models.EventFullscreenLeft, models.EventPaste}

const (
	eventsAtOnce     = 100
	eventsPerAttempt = 5_000
	eventsUntil      = 10 * time.Minute // after the close: what was observed offline may come late
	longestAgo       = 24 * time.Hour
)

// Grant implements Action.
func (*RecordEvents) Grant() access.Grant { return "participation.attend" }

// Validate implements Action.
func (a *RecordEvents) Validate() error {
	if len(a.Events) == 0 || len(a.Events) > eventsAtOnce {
		return fault.New(fault.Invalid, "Send between 1 and %d events at once.", eventsAtOnce)
	}
	a.Device = shortAgent(a.Device)
	for _, e := range a.Events {
		if !slices.Contains(observable, e.Kind) || e.Ago < 0 || e.Ago > longestAgo || e.Seconds < 0 || e.Size < 0 {
			return fault.New(fault.Invalid, "There is no such event.")
		}
	}
	return nil
}

// Perform implements Action.
func (a *RecordEvents) Perform(_ context.Context, w *Work) error {
	var attempts []models.AssessmentSectionCandidate
	if err := w.ownAttempts().Where("id = ?", a.AttemptID).Find(&attempts).Error; err != nil {
		return fmt.Errorf("load attempt: %w", err)
	}
	if len(attempts) == 0 || !attempts[0].IsStarted() {
		return fault.Missing("attempt")
	}
	attempt := attempts[0]
	if attempt.IsClosed() && w.Now.Sub(*attempt.CompletedAt) > eventsUntil {
		return nil
	}
	var known int64
	if err := w.Own().Model(&models.AttemptEvent{}).Where("assessment_section_candidate_id = ?", attempt.ID).Count(&known).Error; err != nil {
		return fmt.Errorf("count events: %w", err)
	}
	if known+int64(len(a.Events)) > eventsPerAttempt {
		return nil
	}
	rows := make([]models.AttemptEvent, len(a.Events))
	for i, e := range a.Events {
		rows[i] = a.row(w, attempt, e)
	}
	if err := w.Tx.CreateInBatches(&rows, 50).Error; err != nil {
		return fmt.Errorf("record events: %w", err)
	}
	return nil
}

func (a *RecordEvents) row(w *Work, attempt models.AssessmentSectionCandidate, e ObservedEvent) models.AttemptEvent {
	at := w.Now.Add(-e.Ago)
	if at.Before(*attempt.StartedAt) {
		at = *attempt.StartedAt
	}
	row := models.AttemptEvent{Owned: attempt.Owned, AssessmentSectionCandidateID: attempt.ID, Kind: e.Kind, At: at,
		Device: a.Device, Detail: map[string]any{}}
	if e.Seconds > 0 {
		row.Seconds = &e.Seconds
	}
	if e.Kind == models.EventPaste {
		row.Detail["characters"] = e.Size
	}
	return row
}
