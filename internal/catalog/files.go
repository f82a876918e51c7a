package catalog

import (
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// files are uploaded files and their kinds.
func files(p Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "file-type", Path: "/models/file-type", Model: models.FileType{}, Rows: resource.Every,
			About: "A kind of file.", Verbs: "list view", Grants: by("account.use", "account.use"),
			Part: "name description", Sorts: "name",
		},
		resource.Declaration{
			Name: "file", Path: "/models/file", Model: models.File{},
			About: "An uploaded file.", Verbs: "list view update", Grants: by("candidate.view", "candidate.update"),
			Filters: "file_type_id external_id", Part: "name", Sorts: "name size",
			Where: map[string]resource.Filter{
				"candidate_id":     {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM candidate_files WHERE candidate_id IN ?)", Hidden: true},
				"question_id":      {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM question_files WHERE question_id IN ?)", Hidden: true},
				"form_instance_id": {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM form_instance_files WHERE form_instance_id IN ?)", Hidden: true},
			},
			Update: "file_type_id description name", Hide: "organization_id created_by updated_by is_deleted",
			Expands: map[string]resource.Relation{"fileType": {To: "file-type", By: "file_type_id"}},
			Fields: map[string]resource.Field{
				"resourceUrl": resource.From(resource.Text, func(f models.File, _ resource.Ask) any { return p.FileURL(f.Key, f.OriginalName) }),
				"pdfUrl":      resource.From(resource.Text, func(models.File, resource.Ask) any { return nil }),
			},
			Links: map[string]string{"fileType": "/models/file-type/{file_type_id}"},
		},
	)
}
