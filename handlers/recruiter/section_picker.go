package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/recruiter"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// offered is how many questions the picker shows at once.
const offered = 50

// QuestionPicker offers questions of the bank for the section of the path.
func (s Screens) QuestionPicker(c echo.Context) error {
	p := views.Picker{}
	var err error
	if p.Assessment, p.Section, err = s.planned(c); err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Pick questions"); err != nil {
		return err
	}
	if err := web.Bind(c, &p.Filter); err != nil {
		return err
	}
	if err := s.pickable(c, p).Order("questions.id DESC").Limit(offered + 1).Find(&p.Questions).Error; err != nil {
		return fmt.Errorf("find questions to pick: %w", err)
	}
	if len(p.Questions) > offered {
		p.More, p.Questions = true, p.Questions[:offered]
	}
	if c.QueryParam("list") != "" {
		return web.PageOr(c, views.PickerPage(p), views.PickerList(p))
	}
	if err := s.own(c).Order("name, id").Limit(maxChoices).Find(&p.Skills).Error; err != nil {
		return fmt.Errorf("load skills: %w", err)
	}
	err = s.own(c).Where("type = ? AND NOT is_deleted", models.QuestionCategory).Order("name, id").Limit(maxChoices).Find(&p.Categories).Error
	if err != nil {
		return fmt.Errorf("load categories: %w", err)
	}
	return web.PageOr(c, views.PickerPage(p), views.PickerDialog(p))
}

// pickable is the query of questions that the filter leaves.
func (s Screens) pickable(c echo.Context, p views.Picker) *gorm.DB {
	f := p.Filter
	query := s.own(c, "questions").Where("NOT questions.is_deleted AND questions.type IN ?", p.Section.Section.SectionTypeID.QuestionTypes())
	if f.Type != "" {
		query = query.Where("questions.type = ?", f.Type)
	}
	if f.Difficulty != "" {
		query = query.Where("questions.difficulty = ?", f.Difficulty)
	}
	if f.Skill != 0 {
		query = query.Where("EXISTS (SELECT 1 FROM question_skills t WHERE t.question_id = questions.id AND t.skill_id = ?)", f.Skill)
	}
	if f.Category != 0 {
		query = query.Where("EXISTS (SELECT 1 FROM question_category_links t WHERE t.question_id = questions.id AND t.category_id = ?)", f.Category)
	}
	for _, word := range textfold.Words(f.Query) {
		query = query.Where(`questions.search_text LIKE ? ESCAPE '\'`, "%"+textfold.Like(word)+"%")
	}
	return query
}

// DrawForm offers the skills that the section of the path can draw from, each with its number of questions.
func (s Screens) DrawForm(c echo.Context) error {
	p := views.Draws{}
	var err error
	if p.Assessment, p.Section, err = s.planned(c); err != nil {
		return err
	}
	if p.Page, err = web.Chrome(c, "Draw at random"); err != nil {
		return err
	}
	err = actions.DrawableFrom(s.own(c, "questions"), p.Section, nil).Joins("JOIN skills ON skills.id = question_skills.skill_id").
		Select("skills.id, skills.name, COUNT(*) AS questions").Group("skills.id, skills.name").Order("skills.name, skills.id").
		Limit(maxChoices).Scan(&p.Skills).Error
	if err != nil {
		return fmt.Errorf("count questions by skill: %w", err)
	}
	return web.PageOr(c, views.DrawPage(p), views.DrawDialog(p))
}

// planned loads the section of the path with what stands in it.
func (s Screens) planned(c echo.Context) (models.Assessment, models.PlannedSection, error) {
	assessment, err := s.assessment(c)
	if err != nil {
		return assessment, models.PlannedSection{}, err
	}
	placed, _, err := s.placed(c)
	if err != nil {
		return assessment, models.PlannedSection{}, err
	}
	plan, err := actions.LoadPlan(s.DB.Read.WithContext(web.Context(c)), assessment)
	if err != nil {
		return assessment, models.PlannedSection{}, err
	}
	section, _ := plan.Find(placed.ID)
	return assessment, section, nil
}
