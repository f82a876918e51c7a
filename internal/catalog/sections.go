package catalog

import (
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// sections are blocks of assessments, what stands in them and what they are judged by. Slots, questions and skills are
// three views of the same rows.
func sections(Parts) []declared {
	return append(plain(
		resource.Declaration{
			Name: "section", Path: "/models/section", Model: models.Section{},
			About: "A reusable block of an assessment; joined with one it becomes an assessment section.",
			Verbs: "list view", Grants: by("assessment.view", "assessment.update"),
			Filters: "is_template is_default evaluation_form_id section_type_id", Part: "title", Search: "title", Sorts: "title",
			Also: map[string]string{"type_id": "section_type_id"}, Hide: "is_deleted", Fields: sectionFields(),
			Expands: map[string]resource.Relation{
				"form": {To: "models.form", By: "form_id"}, "evaluationForm": {To: "models.form", By: "evaluation_form_id"},
				"externalAssessment": {To: "external-assessment", By: "external_assessment_id"},
				"combined":           {To: "section-combined", Back: "section_id"}, "sectionParameters": {To: "section-parameter", Back: "section_id"},
			},
			Links: map[string]string{
				"sectionParameters": "/models/section-parameter?section_id={id}",
				"sectionQuestions":  "/models/section-question?section_id={id}",
				"sectionSkills":     "/models/section-skill?section_id={id}",
				"parameters":        "/models/parameter?section_id={id}",
				"questions":         "/models/question?section_id={id}",
				"skills":            "/models/skills?section_id={id}",
				"combined":          "/models/section-combined?section_id={id}",
			},
		},
		resource.Declaration{
			Name: "parameter", Path: "/models/parameter", Model: models.Parameter{},
			About: "A criterion that panels rate: by number, or in words.",
			Verbs: "list view create", Grants: by("parameter.view", "parameter.manage"),
			Filters: "type external_id recommended_value category_id", Part: "name", Search: "name", Sorts: "name",
			Where: map[string]resource.Filter{
				"section_id": {Kind: resource.Integer, SQL: "parameters.id IN (SELECT parameter_id FROM section_parameters WHERE section_id IN ?)", Hidden: true},
			},
			Create: "name! external_id category_id type max_value recommended_value", Before: actions.SettleParameter,
			Expands: map[string]resource.Relation{"category": {To: "models.category", By: "category_id"}},
		},
	),
		slots(resource.Declaration{
			Name: "section-combined", Path: "/models/section-combined",
			About: "One place of a section: a given question, or a number of questions drawn by chance from a skill.",
			Verbs: "list view create", Filters: "skill_id section_id question_id",
			Create: "section_id! sort_order! question_id q_count skill_id is_mandatory",
		}, ""),
		slots(resource.Declaration{
			Name: "section-question", Path: "/models/section-question",
			About: "A question at its place in a section.",
			Verbs: "list view create", Filters: "section_id question_id",
			Create: "section_id! question_id! question_order!", Also: map[string]string{"question_order": "sort_order"},
			Hide: "skill_id q_count is_mandatory",
		}, "section_slots.question_id IS NOT NULL"),
		slots(resource.Declaration{
			Name: "section-skill", Path: "/models/section-skill",
			About: "A skill in a section, and how many questions are drawn from it.",
			Verbs: "list view create update delete", Filters: "section_id skill_id",
			Create: "section_id! skill_id! q_count! q_order! is_mandatory", Update: "section_id skill_id q_count q_order is_mandatory",
			Also: map[string]string{"q_order": "sort_order"}, Hide: "question_id",
		}, "section_slots.question_id IS NULL AND section_slots.skill_id IS NOT NULL"),
		declared{
			Declaration: resource.Declaration{
				Name: "section-parameter", Path: "/models/section-parameter", Model: models.SectionParameter{},
				About: "A parameter that panels rate in a section.",
				Verbs: "list view create update delete", Grants: by("parameter.view", "parameter.manage"),
				Filters: "parameter_id section_id", Before: actions.SettleSectionParameter,
				Create: "parameter_id! section_id! sort_order recommended_value is_mandatory",
				Update: "sort_order recommended_value is_mandatory",
				Expands: map[string]resource.Relation{
					"parameter": {To: "parameter", By: "parameter_id"}, "section": {To: "section", By: "section_id"},
				},
			},
			acts: partsOfSection(),
		},
	)
}

// slots declares a view of the slots of sections: those that a condition names, or all.
func slots(d resource.Declaration, only string) declared {
	d.Model, d.Grants, d.Before = models.SectionSlot{}, by("assessment.view", "assessment.update"), actions.SettleSlot
	d.Sorts = "sort_order"
	d.Rows = func(a access.Actor) access.Scope {
		return func(db *gorm.DB) *gorm.DB {
			db = db.Scopes(access.Own(a, "section_slots"))
			if only != "" {
				db = db.Where(only)
			}
			return db
		}
	}
	d.Expands = map[string]resource.Relation{
		"section": {To: "section", By: "section_id"}, "question": {To: "models.question", By: "question_id"},
		"skill": {To: "skill", By: "skill_id"},
	}
	return declared{Declaration: d, acts: partsOfSection()}
}

func partsOfSection() map[resource.Verb]act {
	return map[resource.Verb]act{resource.Create: part("section_id"), resource.Update: part("section_id"), resource.Delete: part("section_id")}
}
