package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/fault"
)

// SimulationReminder mails a reminder of a simulation to candidate and panel.
type SimulationReminder struct{ simulation }

// Validate implements Action.
func (a *SimulationReminder) Validate() error { return fault.Refuse(a.problems()) }

// Perform implements Action.
func (a *SimulationReminder) Perform(_ context.Context, w *Work) error {
	_, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	return err
}

// Batch implements Queued.
func (a *SimulationReminder) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return 0, err
	}
	return only(w, m.remind(ctx, w, *a.IsNotify, nil, "simulation-reminder"))
}
