package catalog

import (
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// assessments are assessments, their sections and who works along.
func assessments(p Parts) []declared {
	return append(plain(
		resource.Declaration{
			Name: "assessment-category", Path: "/models/assessment-category", Model: models.AssessmentCategoryLink{},
			About: "Puts an assessment into a category.",
			Verbs: "list view create update delete", Grants: by("assessment.view", "assessment.update"),
			Filters: "assessment_id category_id", Create: "assessment_id! category_id!", Update: "assessment_id category_id",
			Expands: map[string]resource.Relation{
				"assessment": {To: "assessment", By: "assessment_id"}, "category": {To: "models.category", By: "category_id"},
			},
		},
		resource.Declaration{
			Name: "assessment-collaborator", Path: "/models/assessment-collaborator", Model: models.AssessmentCollaborator{},
			About: "A user who works along on one assessment: role 1 looks, role 2 works along. It grants nothing: what users may do comes from their roles.",
			Verbs: "list view create update delete", Grants: by("assessment.view", "assessment.update"),
			Filters: "role assessment_id user_id", Create: "role! assessment_id! user_id!", Update: "role",
			Expands: map[string]resource.Relation{"assessment": {To: "assessment", By: "assessment_id"}},
		},
	), p.assessment(), p.placedSection())
}

func (p Parts) assessment() declared {
	return declared{
		Declaration: resource.Declaration{
			Name: "assessment", Path: "/models/assessment", Model: models.Assessment{}, Grant: "assessment",
			About:   "A set of sections that candidates are invited to attend within a period.",
			Verbs:   "list view create update delete",
			Filters: "external_id start_date end_date owned_by status_id", Part: "title", Search: "search_text",
			Where: map[string]resource.Filter{
				"cf":           {Kind: resource.Text, Keyed: true, By: customHolds("assessments.cf")},
				"status":       {Kind: resource.Text, By: assessmentsIn},
				"event_id":     {Kind: resource.Integer, SQL: "assessments.id IN (SELECT assessment_id FROM event_assessments WHERE event_id IN ?)", Hidden: true},
				"menu_card_id": {Kind: resource.Integer, SQL: "assessments.id IN (SELECT assessment_id FROM menu_card_assessments WHERE menu_card_id IN ?)", Hidden: true},
			},
			Sorts:  "title start_date end_date status_id owned_by",
			Create: "title! description! start_date end_date owned_by status status_id external_id cf",
			Update: "title description start_date end_date owned_by status status_id external_id cf",
			Inputs: map[string]resource.Kind{"status": resource.Text},
			Hide:   "theme pre_page post_url promo templateID", Fields: p.assessmentFields(),
			Expands: map[string]resource.Relation{
				"assessmentSections": {To: "models.assessment-section", Back: "assessment_id"},
			},
			Links: assessmentLinks(),
		},
		acts: map[resource.Verb]act{
			resource.Create: func(in Written) (actions.Action, func() int64) {
				a := &actions.WriteAssessment{Values: in.Values}
				return a, func() int64 { return a.ID }
			},
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.WriteAssessment{ID: in.ID, Values: in.Values}, nil
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) {
				return &actions.DeleteAssessment{ID: in.ID}, nil
			},
		},
	}
}

func (p Parts) placedSection() declared {
	const members = "is_review isSkipAllowed isRetake isPlaylist section_id max_section_time max_question_time questionDisplayTime " +
		"intro conclusion cut_off positive_mark negative_mark evaluation_end_date proview_type is_public is_proctor"
	return declared{
		Declaration: resource.Declaration{
			Name: "models.assessment-section", Path: "/models/assessment-section", Model: models.AssessmentSection{},
			About: "A section placed in an assessment, with its times, marks and proctoring. It can be changed while the assessment is a draft.",
			Verbs: "list view create update delete", Grants: by("assessment.view", "assessment.update"),
			Filters: "assessment_id",
			Where: map[string]resource.Filter{
				"section_id":      {Kind: resource.Integer, SQL: "assessment_sections.section_id IN ?", Hidden: true},
				"section_type_id": {Kind: resource.Integer, SQL: "assessment_sections.section_id IN (SELECT id FROM sections WHERE section_type_id IN ?)"},
			},
			Create: "is_review! isSkipAllowed! isRetake! isPlaylist! section_id! assessment_id! section_type_id! max_section_time " +
				"max_question_time questionDisplayTime! intro conclusion cut_off positive_mark negative_mark evaluation_end_date! proview_type is_public is_proctor",
			Update: members, Inputs: map[string]resource.Kind{"section_type_id": resource.Integer},
			Decimals: "positive_mark negative_mark", Also: map[string]string{"isRetake": "is_retake"}, Hide: "is_screenshare allowedCompiler",
			Before: actions.SettlePlacedSection, Fields: p.placedSectionFields(),
			Expands: map[string]resource.Relation{
				"assessment": {To: "assessment", By: "assessment_id"}, "section": {To: "section", By: "section_id"},
				"panels": {To: "panel", Back: "assessment_section_id"},
			},
			Links: map[string]string{
				"unassigned": "/models/assessment-section-candidate?assessment_section_id={id}&unassigned=1",
				"parameters": "/models/parameter?section_id={section_id}",
				"assessment": "/models/assessment/{assessment_id}",
			},
		},
		acts: map[resource.Verb]act{
			resource.Create: part("assessment_id"), resource.Update: part("assessment_id"),
			resource.Delete: func(in Written) (actions.Action, func() int64) { return &actions.RemoveSection{ID: in.ID}, nil },
		},
	}
}

// part is the write of a row that belongs to an assessment, which must be a draft. Of is the column that leads there.
func part(of string) act {
	return func(in Written) (actions.Action, func() int64) {
		a := &actions.WritePart{WriteRow: *in.row(), Of: of}
		return a, func() int64 { return a.ID }
	}
}

// customHolds narrows by custom values: cf[key]=text, whatever case.
func customHolds(column string) func(resource.Ask, *gorm.DB, []any) *gorm.DB {
	return func(_ resource.Ask, db *gorm.DB, pairs []any) *gorm.DB {
		for i := 0; i+1 < len(pairs); i += 2 {
			expression, argument := database.Dialect(db.Name()).JSONText(column, pairs[i].(string))
			db = db.Where("LOWER(CAST("+expression+" AS TEXT)) = LOWER(?)", argument, pairs[i+1])
		}
		return db
	}
}

// assessmentsIn narrows by status: its id, or its name.
func assessmentsIn(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	var ids []models.AssessmentStatus
	for _, v := range values {
		if status, ok := models.ParseAssessmentStatus(v.(string)); ok {
			ids = append(ids, status)
		}
	}
	return db.Where("assessments.status_id IN ?", append(ids, 0))
}

var (
	publicTypes   = []int{21, 19, 20, 4, 5, 6, 10, 17}
	sectionTypes  = []int{21, 19, 20, 4, 5, 6, 15, 7, 16, 10, 13, 14, 18, 9, 17, 22}
	evaluateTypes = []int{4, 5, 10, 13, 15, 14, 18, 20, 19, 17, 21, 22, 7}
)

func sectionsOfTypes(types []int) string {
	var path strings.Builder
	path.WriteString("/models/assessment-section?assessment_id={id}")
	for i, t := range types {
		path.WriteString("&section_type_id%5B" + strconv.Itoa(i) + "%5D=" + strconv.Itoa(t))
	}
	return path.String()
}

func assessmentLinks() map[string]string {
	links := map[string]string{
		"notificationLog":     "/models/notification-log?assessment_id={id}",
		"templates":           "/models/notification-template?assessment_id={id}",
		"menuCardAssessments": "/models/menu-card-assessment?assessment_id={id}",
		"all":                 "/models/assessment-candidate?assessment_id={id}",
		"categories":          "/models/assessment-category?assessment_id={id}",
		"allSections":         "/models/assessment-section?assessment_id={id}",
		"publicSection":       sectionsOfTypes(publicTypes),
		"assessmentSections":  sectionsOfTypes(sectionTypes),
		"evaluateSections":    sectionsOfTypes(evaluateTypes),
	}
	for name, key := range map[string]models.StatusKey{"added": models.Invited, "invited": models.Mailed, "inProgress": models.Attending,
		"attended": models.Completed, "evaluated": models.Evaluated, "selected": models.Selected, "hold": models.Hold, "rejected": models.Rejected} {
		links[name] = "/models/assessment-candidate?assessment_id={id}&status_sort_key=" + strconv.Itoa(int(key))
	}
	return links
}
