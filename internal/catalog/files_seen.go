package catalog

import (
	"strings"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
)

// filesSeen are the files that a reader uploaded, and those of what the reader may see otherwise: a file has no rights of
// its own.
func filesSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		fresh := db.Session(&gorm.Session{NewDB: true})
		seen := fresh.Where("files.created_by = ?", me(a))
		in := func(join *gorm.DB) { seen = seen.Or("files.id IN (?)", join.Select("file_id")) }
		own := func(table string) *gorm.DB { return fresh.Table(table).Scopes(access.Own(a, table)) }
		if access.Can(a, "candidate.view") {
			in(own("candidate_files"))
		}
		if access.Can(a, "user.view") {
			seen = seen.Or("files.id IN (?)", own("users").Select("picture_file_id"))
		}
		if access.Can(a, "question.view") {
			in(own("question_files"))
			seen = seen.Or("files.file_type_id = ?", models.FileTypeQuestionImage)
		}
		for kind, grant := range importGrants {
			if access.Can(a, grant) {
				in(own("imports").Where("kind = ?", kind))
			}
		}
		if access.Can(a, "attempt.view") {
			for _, join := range filesOfAttempts(a, fresh) {
				in(join)
			}
		}
		if access.Can(a, "pipeline.view") && access.Can(a, "candidate.update") {
			seen = seen.Or(fresh.Where("(files.file_type_id <> ? OR files.created_by IS NULL)", models.FileTypeImport).
				Where("files.id NOT IN (" + joinedFiles() + ")"))
		}
		return db.Scopes(access.Own(a, "files")).Where(seen)
	}
}

// importGrants say who works with the files of which imports.
var importGrants = map[models.ImportKind]access.Grant{
	models.ImportQuestions: "question.import", models.ImportCandidates: "candidate.import",
}

// filesOfAttempts are the joins of files to attempts that the reader may see, and to what was answered, filled in and
// recorded in them.
func filesOfAttempts(a access.Actor, fresh *gorm.DB) []*gorm.DB {
	under := func(table, join, key string) *gorm.DB {
		rows := fresh.Table(table).Scopes(assigned(table, "assessment_section_candidate_id")(a)).Select(table + ".id")
		return fresh.Table(join).Where(join+"."+key+" IN (?)", rows)
	}
	return []*gorm.DB{
		under("answers", "answer_files", "answer_id"), under("answers", "answer_recordings", "answer_id"),
		under("live_sessions", "live_recordings", "live_session_id"),
		fresh.Table("form_instance_files").Scopes(formFilesSeen(a)),
		fresh.Table("assessment_candidate_files").Scopes(attemptFilesSeen(a)),
	}
}

// attemptFilesSeen leaves out for panelists what tells whose attempt it is in a blind review, and what others of the panel
// put with their evaluations.
func attemptFilesSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Scopes(assigned("assessment_candidate_files", "assessment_section_candidate_id")(a))
		if access.Can(a, "pipeline.view") {
			return db
		}
		return nameKnown(a, db, "assessment_candidate_files.assessment_candidate_id").
			Where(`(assessment_candidate_files.created_by IS NULL OR assessment_candidate_files.created_by = ?
				OR assessment_candidate_files.created_by NOT IN (SELECT p.user_id FROM panel_candidates pc JOIN panels p ON p.id = pc.panel_id
					WHERE pc.assessment_section_candidate_id = assessment_candidate_files.assessment_section_candidate_id))`, me(a))
	}
}

// joinedFiles selects the keys of files that belong to something.
func joinedFiles() string {
	var all []string
	for _, table := range []string{"candidate_files", "question_files", "imports", "answer_files", "answer_recordings", "live_recordings",
		"form_instance_files", "assessment_candidate_files"} {
		all = append(all, "SELECT file_id FROM "+table)
	}
	return strings.Join(append(all, "SELECT picture_file_id FROM users WHERE picture_file_id IS NOT NULL"), " UNION ALL ")
}
