package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

const maxPicked = 500 // questions at once

// PickQuestions puts questions by hand at the end of a draft's section. Those that stand in it already are left out.
type PickQuestions struct {
	SectionID int64 // assessment section
	Questions []int64
	At        int // place of the first, from 1; 0 for the end

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
		slot, err := addSlot(w, d.section, SlotInput{QuestionID: &id}, order+a.Added)
		if err != nil {
			return err
		}
		if err := d.moveTo(w, slot, a.At, a.Added); err != nil {
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
