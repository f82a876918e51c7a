package catalog

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// bank are questions, skills and categories.
func bank(Parts) []declared {
	return append(plain(
		resource.Declaration{
			Name: "skill", Path: "/models/skill", Alias: "/models/skills", Model: models.Skill{},
			About: "An ability that questions and sections can be tagged with.",
			Verbs: "list view create update", Grants: by("question.view", "question.update"),
			Filters: "external_id", Part: "name description", Search: "search_text", Sorts: "name",
			Where: map[string]resource.Filter{
				"section_id":  {Kind: resource.Integer, SQL: "skills.id IN (SELECT skill_id FROM section_slots WHERE section_id IN ?)", Hidden: true},
				"question_id": {Kind: resource.Integer, SQL: "skills.id IN (SELECT skill_id FROM question_skills WHERE question_id IN ?)", Hidden: true},
			},
			Create: "name! description external_id", Update: "name description external_id",
			Before: actions.SettleSkill, Hide: "organization_id",
		},
		resource.Declaration{
			Name: "question-skill", Path: "/models/question-skill", Model: models.QuestionSkill{},
			About: "Tags a question with a skill.",
			Verbs: "list view create update delete", Grants: by("question.view", "question.update"),
			Filters: "question_id skill_id", Create: "question_id! skill_id!", Update: "question_id skill_id",
			Expands: map[string]resource.Relation{
				"question": {To: "models.question", By: "question_id"}, "skill": {To: "skill", By: "skill_id"},
			},
		},
		resource.Declaration{
			Name: "models.category", Path: "/models/category", Model: models.Category{},
			About: "A label that groups assessments, sections, skills, help texts or parameters.",
			Verbs: "list view", Grants: by("assessment.view", "category.manage"),
			Part: "name", Filters: "type", Search: "name", Sorts: "name",
			Where: map[string]resource.Filter{
				"question_id": {Kind: resource.Integer, SQL: "categories.id IN (SELECT category_id FROM question_category_links WHERE question_id IN ?)", Hidden: true},
			},
			Links: map[string]string{"self": "/models/category/{id}", "index": "/models/category"},
		},
	), declared{
		Declaration: resource.Declaration{
			Name: "models.question", Path: "/models/question", Model: models.Question{}, Grant: "question",
			About:   "A question of the organization's bank.",
			Verbs:   "list view create update delete",
			Filters: "type external_id", Part: "title", Search: "search_text", Sorts: "title type",
			Where: map[string]resource.Filter{
				"content":    {Kind: resource.Text, By: questionsSaying},
				"section_id": {Kind: resource.Integer, SQL: "questions.id IN (SELECT question_id FROM section_slots WHERE section_id IN ?)", Hidden: true},
				"skill_id":   {Kind: resource.Integer, SQL: "questions.id IN (SELECT question_id FROM question_skills WHERE skill_id IN ?)", Hidden: true},
			},
			Create: "type! content! " + questionMembers, Update: "type content " + questionMembers,
			Inputs: questionInputs, Fields: questionFields,
			Links: map[string]string{
				"files":      "/models/file?question_id={id}&file_type_id%5B0%5D=14&file_type_id%5B1%5D=26",
				"skills":     "/models/skill?question_id={id}",
				"categories": "/models/category?question_id={id}",
			},
		},
		acts: map[resource.Verb]act{
			resource.Create: func(in Written) (actions.Action, func() int64) {
				a := &actions.WriteQuestion{Values: in.Values}
				return a, func() int64 { return a.ID }
			},
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.WriteQuestion{ID: in.ID, Values: in.Values}, nil
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) {
				return &actions.DeleteQuestions{IDs: []int64{in.ID}}, nil
			},
		},
	})
}
