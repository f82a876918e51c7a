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

const (
	maxPicked = 500 // questions picked at once
	maxDrawn  = 500 // questions of one slot
)

// PickQuestions puts questions by hand at the end of a draft's section. Those that stand in it already are left out.
type PickQuestions struct {
	SectionID int64 // assessment section
	Questions []int64

	Added int // how many came in
}

// Grant implements Action.
func (*PickQuestions) Grant() access.Grant { return "assessment.update" }

// Validate implements Action.
func (a *PickQuestions) Validate() error {
	if len(a.Questions) == 0 || len(a.Questions) > maxPicked {
		return fault.Field("question", "Choose 1 to %d questions.", maxPicked)
	}
	return nil
}

// Perform implements Action.
func (a *PickQuestions) Perform(_ context.Context, w *Work) error {
	d, err := lockSection(w, a.SectionID)
	if err != nil {
		return err
	}
	var present []int64
	err = w.Own().Model(&models.SectionSlot{}).Where("section_id = ? AND question_id IS NOT NULL", d.section.ID).
		Pluck("question_id", &present).Error
	if err != nil {
		return fmt.Errorf("load the picked questions: %w", err)
	}
	has := map[int64]bool{}
	for _, id := range present {
		has[id] = true
	}
	order, err := nextOrder(w, "section_slots", "section_id", d.section.ID)
	if err != nil {
		return err
	}
	for _, id := range a.Questions {
		if has[id] {
			continue
		}
		has[id] = true
		if err := addSlot(w, d.section, SlotInput{QuestionID: &id}, order+a.Added); err != nil {
			return err
		}
		a.Added++
	}
	if err := d.touch(w); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "pick-questions", SubjectType: "assessment_section", SubjectID: a.SectionID,
		Detail: map[string]any{"assessment": d.assessment.ID, "added": a.Added}})
}

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
	if err := addSlot(w, d.section, in, order); err != nil {
		return err
	}
	if err := w.Own().Where("section_id = ?", d.section.ID).Order("id DESC").First(&a.Slot).Error; err != nil {
		return fmt.Errorf("load the new slot: %w", err)
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
