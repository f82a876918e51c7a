package actions

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// LoadPlan loads an assessment's sections with what stands in them and what they can draw, for judging whether it can be
// opened and for showing it. The number of queries does not depend on the number of questions.
func LoadPlan(db *gorm.DB, assessment models.Assessment) (models.AssessmentPlan, error) {
	plan := models.AssessmentPlan{Assessment: assessment}
	var placed []models.AssessmentSection
	err := db.Where("assessment_id = ?", assessment.ID).Order("sort_order, id").Find(&placed).Error
	if err != nil {
		return plan, fmt.Errorf("load the assessment's sections: %w", err)
	}
	ids := make([]int64, len(placed))
	for i, p := range placed {
		ids[i] = p.SectionID
	}
	stock, err := loadStock(db, ids)
	if err != nil {
		return plan, err
	}
	for _, p := range placed {
		plan.Sections = append(plan.Sections, models.PlannedSection{Placed: p, Section: stock.sections[p.SectionID],
			Slots: stock.slots[p.SectionID], Questions: stock.questions, Skills: stock.skills})
	}
	drawn := plan.Drawn()
	for i := range plan.Sections {
		section := &plan.Sections[i]
		section.Elsewhere = stock.pickedOutside(section.Section.ID)
		if section.Pools, err = loadPools(db, *section, drawn); err != nil {
			return plan, err
		}
	}
	return plan, nil
}

// stock is what several sections hold, each kind loaded by one query.
type stock struct {
	sections  map[int64]models.Section
	slots     map[int64][]models.SectionSlot
	questions map[int64]models.Question
	skills    map[int64]models.Skill
}

func loadStock(db *gorm.DB, sectionIDs []int64) (stock, error) {
	s, err := loadSlots(db, sectionIDs)
	if err != nil {
		return s, err
	}
	var questionIDs, skillIDs []int64
	for _, slots := range s.slots {
		for _, slot := range slots {
			if slot.QuestionID != nil {
				questionIDs = append(questionIDs, *slot.QuestionID)
			} else if slot.SkillID != nil {
				skillIDs = append(skillIDs, *slot.SkillID)
			}
		}
	}
	if s.sections, err = byID(db, sectionIDs, func(x models.Section) int64 { return x.ID }); err != nil {
		return s, fmt.Errorf("load sections: %w", err)
	}
	if s.questions, err = byID(db, questionIDs, func(x models.Question) int64 { return x.ID }); err != nil {
		return s, fmt.Errorf("load picked questions: %w", err)
	}
	if s.skills, err = byID(db, skillIDs, func(x models.Skill) int64 { return x.ID }); err != nil {
		return s, fmt.Errorf("load drawn skills: %w", err)
	}
	return s, nil
}

// loadSlots loads the sections' slots and nothing else of the stock.
func loadSlots(db *gorm.DB, sectionIDs []int64) (stock, error) {
	s := stock{slots: map[int64][]models.SectionSlot{}}
	var slots []models.SectionSlot
	if err := db.Where("section_id IN ?", sectionIDs).Order("sort_order, id").Find(&slots).Error; err != nil {
		return s, fmt.Errorf("load the sections' slots: %w", err)
	}
	for _, slot := range slots {
		s.slots[slot.SectionID] = append(s.slots[slot.SectionID], slot)
	}
	return s, nil
}

// pickedOutside returns the questions that other sections hold by hand.
func (s stock) pickedOutside(section int64) []int64 {
	var ids []int64
	for other, slots := range s.slots {
		for _, slot := range slots {
			if other != section && slot.QuestionID != nil {
				ids = append(ids, *slot.QuestionID)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func byID[T any](db *gorm.DB, ids []int64, id func(T) int64) (map[int64]T, error) {
	found := make(map[int64]T, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []T
	if err := db.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, row := range rows {
		found[id(row)] = row
	}
	return found, nil
}

// loadPools counts what a section can draw, by skill and grade, and names the questions where there are fewer than the
// whole assessment draws.
func loadPools(db *gorm.DB, p models.PlannedSection, drawn int) ([]models.Pool, error) {
	if p.Drawn() == 0 {
		return nil, nil
	}
	var pools []models.Pool
	// An empty key is {} in both databases; datatypes writes no white space and PostgreSQL keeps none.
	err := Drawable(db, p).Select("question_skills.skill_id, questions.difficulty, COUNT(*) AS count, " +
		"SUM(CASE WHEN CAST(questions.answer_key AS TEXT) = '{}' THEN 1 ELSE 0 END) AS keyless").
		Group("question_skills.skill_id, questions.difficulty").Order("question_skills.skill_id, questions.difficulty").
		Scan(&pools).Error
	if err != nil {
		return nil, fmt.Errorf("count the questions to draw from: %w", err)
	}
	scored := p.Section.SectionTypeID == models.ObjectiveSection
	var few []int64
	for i := range pools {
		if !scored {
			pools[i].Keyless = 0
		}
		if pools[i].Count < drawn {
			few = append(few, pools[i].SkillID)
		}
	}
	return pools, nameFew(db, p, pools, few, drawn)
}

// nameFew fills in the ids of pools that are smaller than what the section draws.
func nameFew(db *gorm.DB, p models.PlannedSection, pools []models.Pool, skills []int64, drawn int) error {
	if len(skills) == 0 {
		return nil
	}
	var rows []struct {
		ID, SkillID int64
		Difficulty  models.Difficulty
	}
	grades := []models.Difficulty{}
	for _, pool := range pools {
		if pool.Count < drawn {
			grades = append(grades, pool.Difficulty)
		}
	}
	err := Drawable(db, p).Select("questions.id, question_skills.skill_id, questions.difficulty").
		Where("question_skills.skill_id IN ? AND questions.difficulty IN ?", skills, grades).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("name the questions to draw from: %w", err)
	}
	for _, row := range rows {
		for i := range pools {
			if pools[i].SkillID == row.SkillID && pools[i].Difficulty == row.Difficulty && pools[i].Count < drawn {
				pools[i].IDs = append(pools[i].IDs, row.ID)
			}
		}
	}
	return nil
}

// Drawable returns the query of question_skills joined with the questions that a section's slots may draw: of their
// skills, accepted by its type, not deleted, not picked by hand in the assessment.
func Drawable(db *gorm.DB, p models.PlannedSection) *gorm.DB {
	var skills []int64
	for _, slot := range p.Slots {
		if slot.IsDrawn() && slot.SkillID != nil {
			skills = append(skills, *slot.SkillID)
		}
	}
	return DrawableFrom(db, p, skills)
}

// DrawableFrom does what Drawable does for these skills, or with nil for every skill.
func DrawableFrom(db *gorm.DB, p models.PlannedSection, skills []int64) *gorm.DB {
	query := db.Table("question_skills").Joins("JOIN questions ON questions.id = question_skills.question_id").
		Where("NOT questions.is_deleted AND questions.type IN ?", p.Section.SectionTypeID.QuestionTypes())
	if skills != nil {
		query = query.Where("question_skills.skill_id IN ?", skills)
	}
	picked := slices.Clone(p.Elsewhere)
	for _, slot := range p.Slots {
		if slot.QuestionID != nil {
			picked = append(picked, *slot.QuestionID)
		}
	}
	if len(picked) > 0 {
		query = query.Where("questions.id NOT IN ?", picked)
	}
	return query
}
