package catalog

import (
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// people are candidates and what is known of them.
func people(Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "candidate", Path: "/models/candidate", Model: models.Candidate{}, Grant: "candidate",
			About:   "A person who can be invited to assessments of an organization.",
			Verbs:   "list view create update delete",
			Filters: "status_id organization_id external_id", Part: "first_name last_name phone",
			Where: map[string]resource.Filter{
				"email": {Kind: resource.Text, By: func(_ resource.Ask, db *gorm.DB, addresses []any) *gorm.DB {
					return db.Where("candidates.email IN ?", lowered(addresses))
				}},
				"s":            {Kind: resource.Text, By: candidatesNamed("candidates")},
				"menu_card_id": {Kind: resource.Integer, SQL: onMenuCard, Hidden: true},
			},
			Sorts:  "email first_name last_name",
			Create: "email! first_name middle_name last_name phone external_id bio industry cf",
			Update: "email first_name middle_name last_name phone external_id bio industry cf profile_pic",
			Before: actions.SettleCandidate, Hide: "is_deleted created_by updated_by",
			Fields:  map[string]resource.Field{"customFields": resource.Together(resource.JSON, customFieldsOf(models.CandidateField, cfOfCandidate))},
			Expands: map[string]resource.Relation{"assignedTo": {To: "panel", By: "assigned_to"}},
			Links: map[string]string{
				"image":                    "/models/candidate-image/{id}",
				"resume":                   "/models/file?candidate_id={id}&file_type_id=11",
				"calendar":                 "/models/candidate-calendar?candidate_id={id}",
				"assessmentCandidates":     "/models/assessment-candidate?candidate_id={id}",
				"candidateFileAttachments": "/models/candidate-file-attachment?candidate_id={id}",
			},
		},
		resource.Declaration{
			Name: "candidate-image", Path: "/models/candidate-image", Model: models.Candidate{}, Grant: "candidate",
			About: "The picture of a candidate, under the candidate's own key.",
			Verbs: "list view", Hide: allBut(models.Candidate{}, "id", "profile_pic", "created_at", "updated_at"),
			Where:   map[string]resource.Filter{"candidate_id": {Kind: resource.Integer, SQL: "candidates.id IN ?"}},
			Narrows: "candidate_id",
			Links: map[string]string{
				"image":                    "/models/candidate-image/{id}",
				"resume":                   "/models/file?candidate_id={id}&file_type_id=11",
				"calendar":                 "/models/candidate-calendar?candidate_id={id}",
				"assessmentCandidates":     "/models/assessment-candidate?candidate_id={id}",
				"candidateFileAttachments": "/models/candidate-file-attachment?candidate_id={id}",
			},
		},
		resource.Declaration{
			Name: "candidate-education", Path: "/models/candidate-education", Model: models.CandidateEducation{},
			About: "One education entry of a candidate: degree, school, period.",
			Verbs: "list view create update", Grants: by("candidate.view", "candidate.update"),
			Filters: "candidate_id", Part: "title type field_of_study grade degree school",
			Create:  "candidate_id! school! title type field_of_study degree description activities completed_at started_at grade",
			Update:  "title type field_of_study degree school description activities completed_at started_at grade",
			Before:  actions.SettleEducation,
			Expands: map[string]resource.Relation{"candidate": {To: "candidate", By: "candidate_id"}},
		},
		resource.Declaration{
			Name: "candidate-experience", Path: "/models/candidate-experience", Model: models.CandidateExperience{},
			About: "One employment entry of a candidate.",
			Verbs: "list view create update delete", Grants: by("candidate.view", "candidate.update"),
			Filters: "candidate_id is_current started_at completed_at", Part: "organization designation title location",
			Create:  "candidate_id! organization! title! started_at! designation is_current location completed_at description",
			Update:  "organization title designation is_current location started_at completed_at description",
			Before:  actions.SettleExperience,
			Expands: map[string]resource.Relation{"candidate": {To: "candidate", By: "candidate_id"}},
		},
		resource.Declaration{
			Name: "candidate-file-attachment", Path: "/models/candidate-file-attachment", Model: models.CandidateFile{},
			About: "Joins a candidate to an uploaded file such as a résumé or a photo.",
			Verbs: "list view create", Grants: by("candidate.view", "candidate.update"),
			Filters: "candidate_id file_id", Create: "candidate_id! file_id!",
			Expands: map[string]resource.Relation{
				"candidate": {To: "candidate", By: "candidate_id"}, "file": {To: "file", By: "file_id"},
			},
			Links: map[string]string{"candidate": "/models/candidate/{candidate_id}", "file": "/models/file/{file_id}"},
		},
	)
}

// onMenuCard are the candidates who take part in an assessment of a card.
const onMenuCard = `candidates.id IN (SELECT p.candidate_id FROM assessment_candidates p
	JOIN menu_card_assessments m ON m.assessment_id = p.assessment_id WHERE m.menu_card_id IN ?)`

// candidatesNamed narrows a query in which candidates go by that name to those who hold a typed term.
func candidatesNamed(name string) func(resource.Ask, *gorm.DB, []any) *gorm.DB {
	return func(ask resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
		for _, term := range terms {
			found, err := database.SearchCandidates(db, ask.Actor.OrganizationID, term.(string))
			if err != nil {
				_ = db.AddError(err)
				return db
			}
			db = db.Scopes(found.In(name))
		}
		return db
	}
}

func cfOfCandidate(c models.Candidate) map[string]any { return c.CF }
