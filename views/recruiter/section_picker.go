package recruiter

import (
	"fmt"
	"net/url"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Picker offers questions of the bank for a section.
type Picker struct {
	layout.Page
	Assessment models.Assessment
	Section    models.PlannedSection
	Filter     PickerFilter
	Questions  []models.Question
	More       bool // there are more than are shown
	Skills     []models.Skill
	Categories []models.Category
}

// PickerFilter narrows the questions offered; empty fields do not.
type PickerFilter struct {
	Query      string            `query:"q"`
	Type       string            `query:"type"`
	Skill      int64             `query:"skill"`
	Category   int64             `query:"category"`
	Difficulty models.Difficulty `query:"difficulty"`
}

// Draws is the dialog that adds a random draw.
type Draws struct {
	layout.Page
	Assessment models.Assessment
	Section    models.PlannedSection
	Skills     []SkillStock
}

// SkillStock is a skill with how many questions a section could draw from it.
type SkillStock struct {
	ID        int64
	Name      string
	Questions int
}

func (p Picker) url(path string) string {
	return sectionURL(p.Section) + path
}

func (p Draws) url(path string) string { return sectionURL(p.Section) + path }

func sectionURL(s models.PlannedSection) string {
	return fmt.Sprintf("/assessments/%d/sections/%d", s.Placed.AssessmentID, s.Placed.ID)
}

func buildURL(s models.PlannedSection) string {
	return fmt.Sprintf("/assessments/%d/build?", s.Placed.AssessmentID) +
		url.Values{"section": {id(s.Placed.ID)}, "tab": {string(QuestionsTab)}}.Encode()
}

func (p Picker) types() []ui.Option {
	var options []ui.Option
	for _, t := range p.Section.Section.SectionTypeID.QuestionTypes() {
		options = append(options, ui.Option{Value: string(t), Label: t.Label()})
	}
	return options
}

func (p Picker) categories() []ui.Option {
	options := make([]ui.Option, len(p.Categories))
	for i, c := range p.Categories {
		options[i] = ui.Option{Value: id(c.ID), Label: c.Name}
	}
	return options
}

func (p Picker) filtered() bool { return p.Filter != PickerFilter{} }

func (p Picker) has(question int64) bool {
	for _, s := range p.Section.Slots {
		if s.QuestionID != nil && *s.QuestionID == question {
			return true
		}
	}
	return false
}

func chosen(n int64) string {
	if n == 0 {
		return ""
	}
	return id(n)
}

func questionText(q models.Question) string {
	if q.PlainContent != "" {
		return q.PlainContent
	}
	return q.Title
}

func questionSub(q models.Question) string {
	sub := q.Type.Label()
	if q.Difficulty != "" {
		sub += " · " + levelLabel(q.Difficulty)
	}
	if q.Type.IsObjective() && !q.Key.Data().Declared(q.Type) {
		sub += " · no answer key"
	}
	return sub
}

func (p Draws) options() []ui.Option {
	options := make([]ui.Option, len(p.Skills))
	for i, s := range p.Skills {
		options[i] = ui.Option{Value: id(s.ID), Label: fmt.Sprintf("%s (%s)", s.Name, counted(s.Questions, "question"))}
	}
	return options
}

func (Picker) noSkill() models.Skill { return models.Skill{} }
