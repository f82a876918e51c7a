package actions

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-hire/assay/models"
)

// dueEntry is how long the entry in a panelist's calendar is, up to when the evaluations are needed.
const dueEntry = time.Hour

// enterDue enters into the panelists' calendars until when the first of a panel's open evaluations is needed, in the place
// of what the panel entered before. A panel without any leaves nothing there. The entry keeps nobody from being booked.
func enterDue(w *Work, panels []int64) error {
	for part := range slices.Chunk(panels, rowsAtOnce) {
		if err := w.Own().Where("panel_id IN ?", part).Delete(&models.CalendarSlot{}).Error; err != nil {
			return fmt.Errorf("clear the panel's calendar entries: %w", err)
		}
		first, err := firstDays(w, part)
		if err != nil {
			return err
		}
		slots, err := dueSlots(w, first)
		if err != nil || len(slots) == 0 {
			return err
		}
		if err := w.Tx.CreateInBatches(&slots, 50).Error; err != nil {
			return fmt.Errorf("enter the last day into calendars: %w", err)
		}
	}
	return nil
}

// firstDays returns when the first open evaluation of each panel is needed; panels without one are left out.
func firstDays(w *Work, panels []int64) (map[int64]time.Time, error) {
	var open []models.PanelCandidate
	err := w.Own().Distinct("panel_id", "due_at").Where("panel_id IN ? AND NOT is_evaluated AND due_at IS NOT NULL", panels).
		Order("due_at").Find(&open).Error
	if err != nil {
		return nil, fmt.Errorf("find until when evaluations are needed: %w", err)
	}
	first := map[int64]time.Time{}
	for _, o := range open {
		if _, earlier := first[o.PanelID]; !earlier {
			first[o.PanelID] = o.DueAt.UTC()
		}
	}
	return first, nil
}

func dueSlots(w *Work, first map[int64]time.Time) ([]models.CalendarSlot, error) {
	ids := []int64{}
	for id := range first {
		ids = append(ids, id)
	}
	var panels []models.Panel
	if err := w.Own().Where("id IN ?", ids).Order("id").Find(&panels).Error; err != nil {
		return nil, fmt.Errorf("load panels: %w", err)
	}
	names, slots := map[int64]string{}, []models.CalendarSlot{}
	for _, p := range panels {
		if names[p.AssessmentSectionID] == "" {
			tags, _, err := panelTags(w, p.AssessmentSectionID)
			if err != nil {
				return nil, err
			}
			names[p.AssessmentSectionID] = tags["assessment-name"] + ", " + tags["section-name"]
		}
		due := first[p.ID]
		slots = append(slots, models.CalendarSlot{Owned: p.Owned, Authored: authored(w), UserID: &p.UserID, From: due.Add(-dueEntry), To: due,
			Type: models.SlotTentative, PanelID: &p.ID, Event: "Evaluations due: " + names[p.AssessmentSectionID]})
	}
	return slots, nil
}

// openPanelsOf returns the panels that have yet to evaluate rows of panel_candidates, named by a condition.
func openPanelsOf(w *Work, where string, value any) ([]int64, error) {
	var ids []int64
	err := w.Own().Model(&models.PanelCandidate{}).Where(where+" AND NOT is_evaluated", value).Order("panel_id").Distinct().
		Pluck("panel_id", &ids).Error
	return ids, wrapped(err, "find the panels in charge")
}
