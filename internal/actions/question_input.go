package actions

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/questionbank"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const titleLength = 120

// problems returns what keeps the input from being a question, by field.
func (in QuestionInput) problems() fault.Fields {
	bad := fault.Fields{}
	if !in.Type.Valid() {
		bad["type"] = "Choose one of the question types."
	}
	if strings.TrimSpace(questionbank.PlainText(in.Content)) == "" && !strings.Contains(in.Content, "<img") {
		bad["content"] = "Write the question."
	}
	switch in.Type {
	case models.MultipleChoice, models.MultipleAnswer:
		in.choiceProblems(bad)
	case models.FillBlanks:
		if len(in.Key.Gaps) == 0 {
			bad["gaps"] = "Give at least one accepted answer."
		}
	case models.MatchFollowing:
		if len(in.Body.Left) < 2 || len(in.Body.Right) < 2 {
			bad["pairs"] = "Give at least two pairs."
		}
	}
	if in.PositiveMark != nil && *in.PositiveMark < 0 {
		bad["positive_mark"] = "A mark is zero or more."
	}
	if in.NegativeMark != nil && *in.NegativeMark < 0 {
		bad["negative_mark"] = "Write what is taken off as a positive number."
	}
	return bad
}

func (in QuestionInput) choiceProblems(bad fault.Fields) {
	if len(in.Body.Choices) < 2 {
		bad["choices"] = "Give at least two choices."
		return
	}
	for _, id := range in.Key.Correct {
		if !slices.ContainsFunc(in.Body.Choices, func(o models.Option) bool { return o.ID == id }) {
			bad["choices"] = "The right answer must be one of the choices."
		}
	}
	if in.Type == models.MultipleChoice && len(in.Key.Correct) > 1 {
		bad["choices"] = "Mark one choice as right, or make it a question with multiple answers."
	}
}

// titleOr returns the title, or the beginning of the question where there is none.
func (in QuestionInput) titleOr() string {
	title := strings.TrimSpace(in.Title)
	if title == "" {
		title = strings.Join(strings.Fields(questionbank.PlainText(in.Content)), " ")
	}
	if utf8.RuneCountInString(title) > titleLength {
		title = string([]rune(title)[:titleLength-1]) + "…"
	}
	return title
}

// tagQuestion makes the question's skills exactly these, by name. Skills that do not exist yet are made.
func tagQuestion(w *Work, questionID int64, names []string) error {
	if err := w.Own().Where("question_id = ?", questionID).Delete(&models.QuestionSkill{}).Error; err != nil {
		return fmt.Errorf("clear the question's skills: %w", err)
	}
	for _, name := range names {
		skill, err := findOrMakeSkill(w, name)
		if err != nil {
			return err
		}
		link := models.QuestionSkill{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, QuestionID: questionID, SkillID: skill.ID}
		if err := w.Tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&link).Error; err != nil {
			return fmt.Errorf("tag the question with %q: %w", name, err)
		}
	}
	return nil
}

func findOrMakeSkill(w *Work, name string) (models.Skill, error) {
	name = strings.Join(strings.Fields(name), " ")
	folded := textfold.Fold(name)
	var skill models.Skill
	err := w.Own().Where("search_text = ?", folded).First(&skill).Error
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return skill, err
	}
	skill = models.Skill{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Name: name, SearchText: folded,
		Authored: models.Authored{CreatedBy: w.Actor.UserID(), UpdatedBy: w.Actor.UserID()}}
	if err := w.Tx.Create(&skill).Error; err != nil {
		return skill, fmt.Errorf("make the skill %q: %w", name, err)
	}
	return skill, nil
}

// categorizeQuestion makes the question's categories exactly these, by name. New ones are made.
func categorizeQuestion(w *Work, questionID int64, names []string) error {
	if err := w.Own().Where("question_id = ?", questionID).Delete(&models.QuestionCategoryLink{}).Error; err != nil {
		return fmt.Errorf("clear the question's categories: %w", err)
	}
	for _, name := range names {
		category, err := findOrMakeCategory(w, name, models.QuestionCategory)
		if err != nil {
			return err
		}
		link := models.QuestionCategoryLink{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, QuestionID: questionID, CategoryID: category.ID}
		if err := w.Tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&link).Error; err != nil {
			return fmt.Errorf("put the question into %q: %w", name, err)
		}
	}
	return nil
}

func findOrMakeCategory(w *Work, name string, kind models.CategoryType) (models.Category, error) {
	name = strings.Join(strings.Fields(name), " ")
	var category models.Category
	err := w.Own().Where("name = ? AND type = ? AND NOT is_deleted", name, kind).First(&category).Error
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return category, err
	}
	category = models.Category{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Name: name, Type: kind,
		Authored: models.Authored{CreatedBy: w.Actor.UserID(), UpdatedBy: w.Actor.UserID()}}
	if err := w.Tx.Create(&category).Error; err != nil {
		return category, fmt.Errorf("make the category %q: %w", name, err)
	}
	return category, nil
}
