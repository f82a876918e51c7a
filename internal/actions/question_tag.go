package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// TagQuestions adds skills and categories to questions and takes others away, by name. Those to add are made when they
// do not exist.
type TagQuestions struct {
	IDs              []int64  `json:"ids" form:"id"`
	AddSkills        []string `json:"add_skills" form:"-"`
	RemoveSkills     []string `json:"remove_skills" form:"-"`
	AddCategories    []string `json:"add_categories" form:"-"`
	RemoveCategories []string `json:"remove_categories" form:"-"`
}

// Grant implements Action.
func (*TagQuestions) Grant() access.Grant { return "question.update" }

// Validate implements Action.
func (a *TagQuestions) Validate() error {
	if len(a.AddSkills)+len(a.RemoveSkills)+len(a.AddCategories)+len(a.RemoveCategories) == 0 {
		return fault.Field("skills", "Name at least one skill or category.")
	}
	return someQuestions(a.IDs)
}

// Perform implements Action.
func (a *TagQuestions) Perform(_ context.Context, w *Work) error {
	ids := distinct(a.IDs)
	var found int64
	if err := w.Own().Model(&models.Question{}).Where("id IN ? AND NOT is_deleted", ids).Count(&found).Error; err != nil {
		return fmt.Errorf("look for the questions: %w", err)
	}
	if int(found) != len(ids) {
		return fault.Missing("question")
	}
	if err := a.remove(w, ids); err != nil {
		return err
	}
	if err := newTagger(w).add(ids, a.AddSkills, a.AddCategories); err != nil {
		return err
	}
	return w.Audit(ledger.Entry{Verb: "tag-questions", SubjectType: "question", SubjectID: ids[0], Detail: map[string]any{
		"ids": ids, "add_skills": a.AddSkills, "remove_skills": a.RemoveSkills,
		"add_categories": a.AddCategories, "remove_categories": a.RemoveCategories}})
}

func (a *TagQuestions) remove(w *Work, ids []int64) error {
	if len(a.RemoveSkills) > 0 {
		var folded []string
		for _, name := range a.RemoveSkills {
			folded = append(folded, textfold.Fold(name))
		}
		skills := w.Own().Model(&models.Skill{}).Select("id").Where("search_text IN ?", folded)
		if err := w.Own().Where("question_id IN ? AND skill_id IN (?)", ids, skills).Delete(&models.QuestionSkill{}).Error; err != nil {
			return fmt.Errorf("take skills away: %w", err)
		}
	}
	if len(a.RemoveCategories) == 0 {
		return nil
	}
	categories := w.Own().Model(&models.Category{}).Select("id").Where("name IN ? AND type = ?", a.RemoveCategories, models.QuestionCategory)
	if err := w.Own().Where("question_id IN ? AND category_id IN (?)", ids, categories).Delete(&models.QuestionCategoryLink{}).Error; err != nil {
		return fmt.Errorf("take categories away: %w", err)
	}
	return nil
}
