package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// MoveSlot gives a slot another place in its section.
type MoveSlot struct {
	SectionID, SlotID int64
	To                int // place from 1
}

// Grant implements Action.
func (*MoveSlot) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *MoveSlot) Validate() error { return validPlace(a.To) }

// Perform implements Action.
func (a *MoveSlot) Perform(_ context.Context, w *Work) error {
	d, slot, err := lockSlot(w, a.SectionID, a.SlotID)
	if err != nil {
		return err
	}
	list := w.Own().Model(&models.SectionSlot{}).Where("section_id = ?", d.section.ID)
	if err := reorder(list, slot.ID, a.To); err != nil {
		return err
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "move-slot", SubjectType: "assessment_section", SubjectID: a.SectionID,
		Detail: map[string]any{"slot": slot.ID, "from": slot.SortOrder, "to": a.To}})
}

// RemoveSlot takes a slot out of its section. A picked question stays in the bank.
type RemoveSlot struct {
	SectionID, SlotID int64

	Slot models.SectionSlot // what was removed
}

// Grant implements Action.
func (*RemoveSlot) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (*RemoveSlot) Validate() error { return nil }

// Perform implements Action.
func (a *RemoveSlot) Perform(_ context.Context, w *Work) error {
	d, slot, err := lockSlot(w, a.SectionID, a.SlotID)
	if err != nil {
		return err
	}
	if err := w.Tx.Delete(&slot).Error; err != nil {
		return fmt.Errorf("remove the slot: %w", err)
	}
	if err := reorder(w.Own().Model(&models.SectionSlot{}).Where("section_id = ?", d.section.ID), 0, 0); err != nil {
		return err
	}
	a.Slot = slot
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "remove-slot", SubjectType: "assessment_section", SubjectID: a.SectionID,
		Detail: map[string]any{"slot": slot.ID, "question": slot.QuestionID, "skill": slot.SkillID}})
}

// moveTo moves a slot that was just added to a place, with others added before it; 0 leaves it at the end.
func (d draftSection) moveTo(w *Work, slot models.SectionSlot, place, before int) error {
	if place == 0 {
		return nil
	}
	list := w.Own().Model(&models.SectionSlot{}).Where("section_id = ?", d.section.ID)
	return reorder(list, slot.ID, place+before)
}
