package actions

import (
	"errors"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// tagger finds skills and question categories by name, makes those that do not exist, and remembers them.
type tagger struct {
	work       *Work
	skills     map[string]int64 // by folded name
	categories map[string]int64
}

func newTagger(w *Work) *tagger {
	return &tagger{work: w, skills: map[string]int64{}, categories: map[string]int64{}}
}

// setTags makes a question's skills and categories exactly these, by name.
func setTags(w *Work, questionID int64, skills, categories []string) error {
	return newTagger(w).set(questionID, skills, categories)
}

func (t *tagger) set(questionID int64, skills, categories []string) error {
	if err := t.work.Own().Where("question_id = ?", questionID).Delete(&models.QuestionSkill{}).Error; err != nil {
		return fmt.Errorf("clear the question's skills: %w", err)
	}
	if err := t.work.Own().Where("question_id = ?", questionID).Delete(&models.QuestionCategoryLink{}).Error; err != nil {
		return fmt.Errorf("clear the question's categories: %w", err)
	}
	return t.add([]int64{questionID}, skills, categories)
}

// linksAtOnce bounds a batch insert: larger ones are slower a row on SQLite.
const linksAtOnce = 50

// add tags questions with skills and categories beside what they have.
func (t *tagger) add(questionIDs []int64, skills, categories []string) error {
	var skillLinks []models.QuestionSkill
	var categoryLinks []models.QuestionCategoryLink
	owner, author := models.Owned{OrganizationID: t.work.Actor.OrganizationID}, authored(t.work)
	for _, name := range skills {
		id, err := t.skill(name)
		if err != nil || id == 0 {
			return err
		}
		for _, question := range questionIDs {
			skillLinks = append(skillLinks, models.QuestionSkill{Owned: owner, Authored: author, QuestionID: question, SkillID: id})
		}
	}
	for _, name := range categories {
		id, err := t.category(name)
		if err != nil || id == 0 {
			return err
		}
		for _, question := range questionIDs {
			categoryLinks = append(categoryLinks, models.QuestionCategoryLink{Owned: owner, QuestionID: question, CategoryID: id})
		}
	}
	return t.write(skillLinks, categoryLinks)
}

func (t *tagger) write(skills []models.QuestionSkill, categories []models.QuestionCategoryLink) error {
	once := clause.OnConflict{DoNothing: true}
	if len(skills) > 0 {
		if err := t.work.Tx.Clauses(once).CreateInBatches(&skills, linksAtOnce).Error; err != nil {
			return fmt.Errorf("tag with skills: %w", err)
		}
	}
	if len(categories) > 0 {
		if err := t.work.Tx.Clauses(once).CreateInBatches(&categories, linksAtOnce).Error; err != nil {
			return fmt.Errorf("put into categories: %w", err)
		}
	}
	return nil
}

func (t *tagger) skill(name string) (int64, error) {
	folded := textfold.Fold(name)
	if id, known := t.skills[folded]; known || folded == "" {
		return id, nil
	}
	skill, err := findOrMakeSkill(t.work, name)
	t.skills[folded] = skill.ID
	return skill.ID, err
}

func (t *tagger) category(name string) (int64, error) {
	folded := textfold.Fold(name)
	if id, known := t.categories[folded]; known || folded == "" {
		return id, nil
	}
	category, err := findOrMakeCategory(t.work, name, models.QuestionCategory)
	t.categories[folded] = category.ID
	return category.ID, err
}

func findOrMakeSkill(w *Work, name string) (models.Skill, error) {
	name = strings.Join(strings.Fields(name), " ")
	folded := textfold.Fold(name)
	var skill models.Skill
	err := w.Own().Where("search_text = ?", folded).First(&skill).Error
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return skill, err
	}
	skill = models.Skill{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Name: name, SearchText: folded, Authored: authored(w)}
	if err := w.Tx.Create(&skill).Error; err != nil {
		return skill, fmt.Errorf("make the skill %q: %w", name, err)
	}
	return skill, nil
}

func findOrMakeCategory(w *Work, name string, kind models.CategoryType) (models.Category, error) {
	name = strings.Join(strings.Fields(name), " ")
	var category models.Category
	err := w.Own().Where("name = ? AND type = ? AND NOT is_deleted", name, kind).First(&category).Error
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return category, err
	}
	category = models.Category{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Name: name, Type: kind, Authored: authored(w)}
	if err := w.Tx.Create(&category).Error; err != nil {
		return category, fmt.Errorf("make the category %q: %w", name, err)
	}
	return category, nil
}

// QuestionTags are the names a question is tagged with, in order.
type QuestionTags struct{ Skills, Categories []string }

// QuestionTagsOf loads the tags of an organization's questions, by question, in two queries.
func QuestionTagsOf(db *gorm.DB, organizationID int64, ids []int64) (map[int64]QuestionTags, error) {
	type tag struct {
		QuestionID int64
		Name       string
	}
	tags := map[int64]QuestionTags{}
	var skills, categories []tag
	err := db.Table("question_skills l").Select("l.question_id, s.name").Joins("JOIN skills s ON s.id = l.skill_id").
		Where("l.organization_id = ? AND l.question_id IN ?", organizationID, ids).Order("l.id").Scan(&skills).Error
	if err != nil {
		return nil, fmt.Errorf("load skills of questions: %w", err)
	}
	err = db.Table("question_category_links l").Select("l.question_id, c.name").Joins("JOIN categories c ON c.id = l.category_id").
		Where("l.organization_id = ? AND l.question_id IN ?", organizationID, ids).Order("l.id").Scan(&categories).Error
	if err != nil {
		return nil, fmt.Errorf("load categories of questions: %w", err)
	}
	for _, t := range skills {
		of := tags[t.QuestionID]
		of.Skills = append(of.Skills, t.Name)
		tags[t.QuestionID] = of
	}
	for _, t := range categories {
		of := tags[t.QuestionID]
		of.Categories = append(of.Categories, t.Name)
		tags[t.QuestionID] = of
	}
	return tags, nil
}
