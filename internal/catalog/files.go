package catalog

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// stored are uploaded files and their kinds.
func stored(p Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "file-type", Path: "/models/file-type", Model: models.FileType{}, Rows: resource.Every,
			About: "A kind of file.", Verbs: "list view", Grants: by("catalogue.view", "catalogue.view"),
			Part: "name description", Sorts: "name",
		},
		resource.Declaration{
			Name: "file", Path: "/models/file", Model: models.File{}, Rows: filesSeen,
			About: "An uploaded file. Seen are own uploads, and the files of what may be seen.", Verbs: "list view update", Grants: by("file.view", "candidate.update"),
			Filters: "file_type_id external_id", Part: "name", Sorts: "name size",
			Where: map[string]resource.Filter{
				"candidate_id":                    {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM candidate_files WHERE candidate_id IN ?)", Hidden: true},
				"question_id":                     {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM question_files WHERE question_id IN ?)", Hidden: true},
				"assessment_candidate_id":         {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM assessment_candidate_files WHERE assessment_candidate_id IN ?)", Hidden: true},
				"assessment_section_candidate_id": {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM assessment_candidate_files WHERE assessment_section_candidate_id IN ?)", Hidden: true},
				"answer_id":                       {Kind: resource.Integer, By: filesOfAnswers, Hidden: true},
				"form_instance_id":                {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM form_instance_files WHERE form_instance_id IN ?)", Hidden: true},
				"live_session_id":                 {Kind: resource.Integer, SQL: "files.id IN (SELECT file_id FROM live_recordings WHERE live_session_id IN ?)", Hidden: true},
			},
			Update: "file_type_id description name", Hide: "organization_id created_by updated_by is_deleted",
			Expands: map[string]resource.Relation{"fileType": {To: "file-type", By: "file_type_id"}},
			Fields: map[string]resource.Field{
				"resourceUrl": resource.Together(resource.Text, p.fileURLs),
				"pdfUrl":      resource.From(resource.Text, func(models.File, resource.Ask) any { return nil }),
			},
			Links: map[string]string{"fileType": "/models/file-type/{file_type_id}"},
		},
	)
}

// filesOfAnswers narrows to what was attached to answers, and what was recorded of them.
func filesOfAnswers(_ resource.Ask, db *gorm.DB, ids []any) *gorm.DB {
	return db.Where(`(files.id IN (SELECT file_id FROM answer_files WHERE answer_id IN ?)
		OR files.id IN (SELECT file_id FROM answer_recordings WHERE answer_id IN ?))`, ids, ids)
}

// fileLife is how long a file's address works at least after it was read.
const fileLife = time.Hour

// signedUntil is when an address that is read now ends. Within an hour it is the same one, so that what was read does not
// seem changed, and may be kept.
func signedUntil(now time.Time) time.Time { return now.Truncate(fileLife).Add(2 * fileLife) }

func (p Parts) fileURLs(_ context.Context, l resource.Load, files []models.File) ([]any, error) {
	urls := make([]any, len(files))
	for i, f := range files {
		url, err := p.Files.SignedURL(f.Key, f.OriginalName, signedUntil(l.Ask.Now))
		if err != nil {
			return nil, fmt.Errorf("sign a file's address: %w", err)
		}
		urls[i] = p.SiteURL + url
	}
	return urls, nil
}
