package catalog

import (
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// forms are definitions of forms and what was filled in.
func forms(Parts) []declared {
	return plain(
		form("models.form", "/models/form"), form("admin.form", ofOrganization+"/form"),
		resource.Declaration{
			Name: "form-instance", Path: "/models/form-instance", Model: models.FormInstance{},
			About: "One filled-in copy of a form.",
			Verbs: "list view", Grants: by("attempt.view", "candidate.update"), Rows: formInstancesSeen,
			Filters: "form_id assessment_section_id assessment_candidate_id assessment_section_candidate_id status",
			Where: map[string]resource.Filter{
				"evaluation_id": {Kind: resource.Integer, SQL: "form_instances.evaluation_id IN ?", Hidden: true},
				"type":          {Kind: resource.Integer, SQL: "form_instances.form_id IN (SELECT id FROM forms WHERE type IN ?)", Hidden: true},
			},
			Expands: map[string]resource.Relation{
				"form": {To: "models.form", By: "form_id"}, "evaluation": {To: "evaluation", By: "evaluation_id"},
				"assessmentSection":          {To: "models.assessment-section", By: "assessment_section_id"},
				"assessmentCandidate":        {To: "assessment-candidate", By: "assessment_candidate_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
			},
			Links: map[string]string{"file": "/models/file?form_instance_id={id}"},
		},
		resource.Declaration{
			Name: "form-instance-file", Path: "/models/form-instance-file", Model: models.FormInstanceFile{},
			About: "Ties an uploaded file to a field of a filled-in form.",
			Verbs: "list view update delete", Grants: by("attempt.view", "candidate.update"), Rows: formFilesSeen,
			Filters: "form_instance_id file_id", Update: "key form_instance_id file_id", Before: actions.SettleFormFile,
			Expands: map[string]resource.Relation{
				"formInstance": {To: "form-instance", By: "form_instance_id"}, "file": {To: "file", By: "file_id"},
			},
		},
	)
}

func form(name, path string) resource.Declaration {
	const members = "structure fieldKeys url custom_url status is_public is_editable start_date end_date"
	return resource.Declaration{
		Name: name, Path: path, Model: models.Form{},
		About: "The definition of a form: named sections of fields.",
		Verbs: "list view create update delete", Grants: by("form.view", "form.manage"),
		Filters: "type is_public article_id is_editable", Part: "name url custom_url", Search: "name", Sorts: "name type",
		Create: "type! name! " + members, Update: "type name " + members, Before: actions.SettleForm,
	}
}

// formInstancesSeen are those under attempts that the actor may see. The form of an evaluation is seen with it; what a
// candidate filled in tells who it is, and is seen by who may know.
func formInstancesSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		fresh := db.Session(&gorm.Session{NewDB: true})
		shown, args := shownEvaluations(a, "evaluations")
		known := nameKnown(a, fresh.Where("form_instances.evaluation_id IS NULL"), "form_instances.assessment_candidate_id")
		seen := fresh.Where("form_instances.evaluation_id IN (SELECT evaluations.id FROM evaluations WHERE "+shown+")", args...).Or(known)
		db = db.Scopes(access.Own(a, "form_instances")).Where(seen)
		if access.Can(a, "pipeline.view") {
			return db
		}
		return db.Scopes(assigned("form_instances", "assessment_section_candidate_id")(a))
	}
}

func formFilesSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		seen := db.Session(&gorm.Session{NewDB: true}).Table("form_instances").Scopes(formInstancesSeen(a)).Select("form_instances.id")
		return db.Scopes(access.Own(a, "form_instance_files")).Where("form_instance_files.form_instance_id IN (?)", seen)
	}
}
