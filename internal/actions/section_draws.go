package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

const maxDrawn = 500 // questions of one slot

// Draw is what a slot draws by chance.
type Draw struct {
	SkillID    int64
	Count      int
	Difficulty models.Difficulty // empty for any
}

func (d Draw) problems() fault.Fields {
	bad := fault.Fields{}
	if d.SkillID == 0 {
		bad["skill_id"] = "Choose the skill to draw from."
	}
	if d.Count < 1 || d.Count > maxDrawn {
		bad["q_count"] = fmt.Sprintf("Choose 1 to %d questions.", maxDrawn)
	}
	switch d.Difficulty {
	case "", models.Easy, models.Medium, models.Hard:
	default:
		bad["difficulty"] = "There is no such level."
	}
	return bad
}

// AddDraw puts a slot that draws by chance at the end of a draft's section.
type AddDraw struct {
	SectionID int64 // assessment section
	At        int   // place from 1; 0 for the end
	Draw

	Slot models.SectionSlot // what was made
}

// Grant implements Action.
func (*AddDraw) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *AddDraw) Validate() error { return fault.Refuse(a.problems()) }

// Perform implements Action.
func (a *AddDraw) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.SectionID)
	if err != nil {
		return err
	}
	order, err := nextOrder(w, "section_slots", "section_id", d.section.ID)
	if err != nil {
		return err
	}
	in := SlotInput{SkillID: &a.SkillID, Count: &a.Count, Difficulty: a.Difficulty}
	if a.Slot, err = addSlot(w, d.section, in, order); err != nil {
		return err
	}
	if err := d.moveTo(w, a.Slot, a.At, 0); err != nil {
		return err
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "add-draw", SubjectType: "assessment_section", SubjectID: a.SectionID,
		Detail: map[string]any{"assessment": d.assessment.ID, "skill": a.SkillID, "count": a.Count, "difficulty": a.Difficulty}})
}

// UpdateDraw changes what a slot of a draft draws.
type UpdateDraw struct {
	SectionID, SlotID int64
	Draw
}

// Grant implements Action.
func (*UpdateDraw) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *UpdateDraw) Validate() error { return fault.Refuse(a.problems()) }

// Perform implements Action.
func (a *UpdateDraw) Perform(_ context.Context, w *Work) error {
	d, slot, err := lockSlot(w, a.SectionID, a.SlotID)
	if err != nil {
		return err
	}
	if !slot.IsDrawn() {
		return fault.New(fault.Conflict, "This slot holds a question picked by hand.")
	}
	if err := w.Own().First(&models.Skill{}, a.SkillID).Error; err != nil {
		return database.Fault(err, "skill")
	}
	before := slot
	slot.SkillID, slot.Count, slot.Difficulty, slot.UpdatedBy = &a.SkillID, &a.Count, a.Difficulty, w.Actor.UserID()
	if err := w.Tx.Save(&slot).Error; err != nil {
		return fmt.Errorf("change the slot: %w", err)
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "update-draw", SubjectType: "assessment_section", SubjectID: a.SectionID, Before: before,
		After: slot, Detail: map[string]any{"slot": slot.ID, "skill": a.SkillID, "count": a.Count, "difficulty": a.Difficulty}})
}
