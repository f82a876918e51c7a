package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleSlot checks a slot of a section: a question that the section takes and does not have yet, or how many to draw
// from a skill.
func SettleSlot(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	w, slot := stepOf(change), change.Row.(*models.SectionSlot)
	var section models.Section
	if err := w.Own().Where("NOT is_deleted").First(&section, slot.SectionID).Error; err != nil {
		return renamed(database.Fault(err, "section"), "section_id", nil)
	}
	switch {
	case slot.QuestionID != nil && slot.SkillID != nil:
		return fault.Field("skill_id", "A slot holds a question or draws from a skill, not both.")
	case slot.QuestionID != nil:
		return settlePicked(w, section, *slot)
	case slot.SkillID != nil:
		if slot.Count == nil || *slot.Count < 1 || *slot.Count > maxDrawn {
			return fault.Field("q_count", "Choose 1 to %d questions.", maxDrawn)
		}
		return nil
	}
	return fault.Field("question_id", "A slot needs a question, or a skill to draw from.")
}

func settlePicked(w *Work, section models.Section, slot models.SectionSlot) error {
	var question models.Question
	if err := w.Own().Where("NOT is_deleted").First(&question, *slot.QuestionID).Error; err != nil {
		return renamed(database.Fault(err, "question"), "question_id", nil)
	}
	if !section.SectionTypeID.Accepts(question.Type) {
		return fault.Field("question_id", "A question of type %s does not belong into a section of type %s.",
			question.Type.Label(), section.SectionTypeID.Label())
	}
	var again int64
	err := w.Own().Model(&models.SectionSlot{}).Where("section_id = ? AND question_id = ? AND id <> ?", section.ID, question.ID, slot.ID).
		Count(&again).Error
	if err != nil {
		return fmt.Errorf("look for the question in the section: %w", err)
	}
	if again > 0 {
		return fault.New(fault.Conflict, "The question stands in this section already.")
	}
	return nil
}

// SettleParameter checks a criterion before it is made.
func SettleParameter(_ context.Context, change *resource.Change) error {
	p, bad := change.Row.(*models.Parameter), fault.Fields{}
	if p.Name = strings.Join(strings.Fields(p.Name), " "); p.Name == "" {
		bad["name"] = "Give the parameter a name."
	}
	if p.Type == 0 {
		p.Type = models.NumericParameter
	}
	if p.MaxValue != nil && (*p.MaxValue < 2 || *p.MaxValue > maxScale) {
		bad["max_value"] = fmt.Sprintf("A scale ends at 2 to %d.", maxScale)
	}
	if !onScale(*p, p.RecommendedValue) {
		bad["recommended_value"] = "The recommended value lies on the scale."
	}
	return fault.Refuse(bad)
}

func onScale(p models.Parameter, value *int) bool {
	return value == nil || (*value >= 0 && (p.MaxValue == nil || *value <= *p.MaxValue))
}

// SettleSectionParameter checks what is recommended for a parameter in a section.
func SettleSectionParameter(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	w, row := stepOf(change), change.Row.(*models.SectionParameter)
	var parameter models.Parameter
	if err := w.Own().First(&parameter, row.ParameterID).Error; err != nil {
		return renamed(database.Fault(err, "parameter"), "parameter_id", nil)
	}
	if !onScale(parameter, row.RecommendedValue) {
		return fault.Field("recommended_value", "The recommended value lies on the scale.")
	}
	return nil
}
