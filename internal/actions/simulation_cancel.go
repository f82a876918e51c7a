package actions

import (
	"context"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// SimulationCancel calls a simulation off.
type SimulationCancel struct{ simulation }

// Validate implements Action.
func (a *SimulationCancel) Validate() error { return fault.Refuse(a.problems()) }

// Perform implements Action.
func (a *SimulationCancel) Perform(_ context.Context, w *Work) error {
	m, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	return m.mayBecome(models.LiveCancelled)
}

// Batch implements Queued.
func (a *SimulationCancel) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return 0, err
	}
	return only(w, m.callOff(ctx, w, *a.IsNotify, "simulation-cancel"))
}
