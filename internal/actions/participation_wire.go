package actions

import (
	"context"
	"maps"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// WriteParticipation changes what is written down of a participation. Its status moves as ChangeStatus moves it: to a
// decision, by the table of what may follow what.
type WriteParticipation struct{ WriteRow }

// Perform implements Action.
func (a *WriteParticipation) Perform(ctx context.Context, w *Work) error {
	status, moves := a.Values["status_id"]
	row := a.WriteRow
	row.Values = maps.Clone(a.Values)
	delete(row.Values, "status_id")
	if err := row.Perform(ctx, w); err != nil || !moves {
		return err
	}
	id, _ := status.(int64)
	key := models.StatusOf(id)
	now, err := lockParticipation(w, a.ID)
	if err != nil || now.StatusID == id {
		return err
	}
	if key == 0 {
		return fault.Field("status_id", "There is no such status.")
	}
	step := &ChangeStatus{StatusSortKey: key, AssessmentCandidates: RefsTo([]int64{a.ID})}
	if err := w.Also(ctx, step); err != nil {
		return renamed(err, "", map[string]string{"statusSortKey": "status_id"})
	}
	_, err = step.Batch(ctx, w, 0)
	return err
}
