package actions

import (
	"context"
	"time"

	"github.com/assay-hire/assay/internal/fault"
)

// SimulationReschedule moves a simulation to another time, in the zone it has where none is named. A time at which
// somebody is busy is refused with a Conflict, unless Force is set: an extension of ours.
type SimulationReschedule struct {
	simulation
	StartDate       time.Time `json:"startDate" needs:"yes"`
	EndDate         time.Time `json:"endDate" needs:"yes"`
	TimeZone        string    `json:"timezone"`
	CurrentTimeZone string    `json:"currentTimezone"`
	CurrentOffset   *int      `json:"currentOffset"`
	Force           bool      `json:"force"`
}

// Validate implements Action.
func (a *SimulationReschedule) Validate() error {
	bad := a.problems()
	checkAppointment(bad, a.StartDate, a.EndDate, a.TimeZone)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SimulationReschedule) Perform(_ context.Context, w *Work) error {
	m, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return err
	}
	return m.move(w, a.StartDate, a.EndDate, a.TimeZone, a.Force)
}

// Batch implements Queued.
func (a *SimulationReschedule) Batch(ctx context.Context, w *Work, _ int) (int, error) {
	m, err := lockSimulation(w, a.AssessmentSectionCandidateID)
	if err != nil {
		return 0, err
	}
	return only(w, m.reschedule(ctx, w, "simulation-reschedule", *a.IsNotify, func() error {
		return m.move(w, a.StartDate, a.EndDate, a.TimeZone, a.Force)
	}))
}
