package actions

import "context"

// PlacePanel places a user on the panel of an assessment section, by the rules of AddPanel, without giving anybody to
// evaluate yet.
type PlacePanel struct{ WriteRow }

// Perform implements Action.
func (a *PlacePanel) Perform(ctx context.Context, w *Work) error {
	section, _ := a.Values["assessment_section_id"].(int64)
	user, _ := a.Values["user_id"].(int64)
	rules := &AddPanel{AssessmentSections: RefsTo([]int64{section}), Panel: RefsTo([]int64{user})}
	names := map[string]string{"assessmentSections": "assessment_section_id", "panel": "user_id"}
	if _, err := rules.checkSections(w); err != nil {
		return renamed(err, "assessment_section_id", names)
	}
	if _, err := panelists(ctx, w, rules.Panel); err != nil {
		return renamed(err, "user_id", names)
	}
	return a.WriteRow.Perform(ctx, w)
}
