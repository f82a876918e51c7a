package actions

import (
	"fmt"

	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

// copySection makes a section with the slots, parameters and evaluation form of another. With rules it becomes a
// template that keeps them, without a section to be placed.
func copySection(w *Work, from models.Section, title string, rules *models.SectionRules) (models.Section, error) {
	section := from
	section.Row, section.Authored, section.ExternalID = models.Row{}, authored(w), nil
	section.Title, section.IsTemplate, section.IsDefault, section.TemplateRules = title, rules != nil, false, nil
	if rules != nil {
		kept := datatypes.NewJSONType(*rules)
		section.TemplateRules = &kept
	}
	if err := w.Tx.Create(&section).Error; err != nil {
		return section, fmt.Errorf("copy section: %w", err)
	}
	if err := copySlots(w, from.ID, section.ID); err != nil {
		return section, err
	}
	return section, copyParameters(w, from.ID, section.ID)
}

func copySlots(w *Work, from, to int64) error {
	var slots []models.SectionSlot
	if err := w.Own().Where("section_id = ?", from).Order("sort_order, id").Find(&slots).Error; err != nil {
		return fmt.Errorf("load the slots to copy: %w", err)
	}
	for i := range slots {
		slots[i].Row, slots[i].Authored, slots[i].SectionID, slots[i].SortOrder = models.Row{}, authored(w), to, i+1
	}
	if len(slots) == 0 {
		return nil
	}
	if err := w.Tx.Create(&slots).Error; err != nil {
		return fmt.Errorf("copy slots: %w", err)
	}
	return nil
}

func copyParameters(w *Work, from, to int64) error {
	var parameters []models.SectionParameter
	if err := w.Own().Where("section_id = ?", from).Order("sort_order, id").Find(&parameters).Error; err != nil {
		return fmt.Errorf("load the parameters to copy: %w", err)
	}
	for i := range parameters {
		parameters[i].Row, parameters[i].SectionID = models.Row{}, to
	}
	if len(parameters) == 0 {
		return nil
	}
	if err := w.Tx.Create(&parameters).Error; err != nil {
		return fmt.Errorf("copy parameters: %w", err)
	}
	return nil
}

// copySections puts copies of an assessment's sections, with their rules, behind those another has already.
func copySections(w *Work, from, to int64) error {
	var placed []models.AssessmentSection
	if err := w.Own().Where("assessment_id = ?", from).Order("sort_order, id").Find(&placed).Error; err != nil {
		return fmt.Errorf("load the sections to copy: %w", err)
	}
	order, err := nextOrder(w, "assessment_sections", "assessment_id", to)
	if err != nil {
		return err
	}
	for i, p := range placed {
		var section models.Section
		if err := w.Own().First(&section, p.SectionID).Error; err != nil {
			return fmt.Errorf("load a section to copy: %w", err)
		}
		made, err := copySection(w, section, section.Title, nil)
		if err != nil {
			return err
		}
		// Periods belong to the assessment they were set for.
		p.StartDate, p.EndDate, p.EvaluationStartDate, p.EvaluationEndDate = nil, nil, nil, nil
		if _, err := place(w, p, to, made, order+i); err != nil {
			return err
		}
	}
	return nil
}
