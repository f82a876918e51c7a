package actions

import "context"

// AssignPanel writes an assignment of a panel to an attempt, and what it changes in the panelists' calendars.
type AssignPanel struct{ WriteRow }

// Perform implements Action.
func (a *AssignPanel) Perform(ctx context.Context, w *Work) error {
	before, err := openPanelsOf(w, "id = ?", a.ID)
	if err != nil {
		return err
	}
	if err := a.WriteRow.Perform(ctx, w); err != nil {
		return err
	}
	after, err := openPanelsOf(w, "id = ?", a.ID)
	if err != nil {
		return err
	}
	return enterDue(w, RefsTo(append(before, after...)).IDs())
}
