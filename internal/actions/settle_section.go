package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettlePlacedSection checks the rules that a section is taken under, and on create gives it the last place in its
// assessment. A section that stands somewhere already, or is a template, is copied: what is taken belongs to one
// assessment alone.
func SettlePlacedSection(_ context.Context, change *resource.Change) error {
	w, row := stepOf(change), change.Row.(*models.AssessmentSection)
	bad := fault.Fields{}
	if change.Verb == resource.Create {
		placedDefaults(change, row)
	}
	was, _ := change.Was.(*models.AssessmentSection)
	if was == nil || was.SectionID != row.SectionID {
		if err := takeSection(w, row, was); err != nil {
			return renamed(err, "section_id", nil)
		}
	}
	var section models.Section
	if err := w.Own().First(&section, row.SectionID).Error; err != nil {
		return database.Fault(err, "section")
	}
	if sent, ok := change.Values["section_type_id"].(int64); ok && models.SectionType(sent) != section.SectionTypeID {
		bad["section_type_id"] = fmt.Sprintf("The section is of type %d (%s).", section.SectionTypeID, section.SectionTypeID.Label())
	}
	missingRules(change, section.SectionTypeID, bad)
	ruleProblems(row.Rules(), bad)
	placedProblems(*row, bad)
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	row.Intro, row.Conclusion = cleanText(row.Intro), cleanText(row.Conclusion)
	if change.Verb != resource.Create {
		return nil
	}
	order, err := nextOrder(w, "assessment_sections", "assessment_id", row.AssessmentID)
	row.SortOrder = order
	return err
}

// placedDefaults are what no body says of a section that is placed.
func placedDefaults(change *resource.Change, row *models.AssessmentSection) {
	usual := SectionInput{}.rules()
	row.IsVisible, row.IsScoreBreakup, row.HideOthers = usual.IsVisible, usual.IsScoreBreakup, usual.HideOthers
	row.MultipleAnswer = usual.MultipleAnswer
	if change.Values["positive_mark"] == nil {
		row.PositiveMark = usual.PositiveMark
	}
}

// neededRules are what a section of a type must say, by the document.
var neededRules = map[models.SectionType][]string{
	models.ObjectiveSection: {"max_section_time", "cut_off", "positive_mark", "negative_mark"},
	models.EssaySection:     {"max_section_time"},
	models.InterviewSection: {"max_question_time"},
}

// missingRules refuses a new section without what its type needs, and a change that takes it away.
func missingRules(change *resource.Change, t models.SectionType, bad fault.Fields) {
	for _, name := range neededRules[t] {
		value, set := change.Values[name]
		if value == nil && (set || change.Verb == resource.Create) {
			bad[name] = "Sections of this type need this."
		}
	}
}

func placedProblems(row models.AssessmentSection, bad fault.Fields) {
	if row.QuestionDisplayTime < 0 || row.QuestionDisplayTime > dayOfSeconds {
		bad["questionDisplayTime"] = "Choose 0 seconds to a day."
	}
	if from, until := row.EvaluationStartDate, row.EvaluationEndDate; from != nil && until != nil && !until.After(*from) {
		bad["evaluation_end_date"] = "The end must come after the start."
	}
}

// takeSection finds the section that the row names, or a copy of it, and hides the one that it takes the place of.
func takeSection(w *Work, row, was *models.AssessmentSection) error {
	var section models.Section
	if err := w.Own().Where("NOT is_deleted").First(&section, row.SectionID).Error; err != nil {
		return database.Fault(err, "section")
	}
	var elsewhere int64
	if err := w.Own().Model(&models.AssessmentSection{}).Where("section_id = ?", section.ID).Count(&elsewhere).Error; err != nil {
		return fmt.Errorf("look where the section stands: %w", err)
	}
	if section.IsTemplate || elsewhere > 0 {
		made, err := copySection(w, section, section.Title, nil)
		if err != nil {
			return err
		}
		row.SectionID = made.ID
	}
	if was == nil {
		return nil
	}
	if err := w.Own().Where("section_id = ?", was.SectionID).Delete(&models.SectionSlot{}).Error; err != nil {
		return fmt.Errorf("remove the slots of the section before: %w", err)
	}
	err := w.Own().Model(&models.Section{}).Where("id = ?", was.SectionID).Update("is_deleted", true).Error
	if err != nil {
		return fmt.Errorf("hide the section before: %w", err)
	}
	return nil
}
