package catalog

import (
	"time"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
)

// participations are candidates in assessments and in their sections.
func participations(p Parts) []declared {
	return append(plain(
		resource.Declaration{
			Name: "status", Path: "/status", Model: models.Status{}, Rows: resource.Every,
			About: "A state of a participation. Rows point at it by id; sort_key is the order of the states.",
			Verbs: "list view", Grants: by("attempt.view", "attempt.view"), Filters: "sort_key type", Part: "label", Sorts: "sort_key",
		},
		resource.Declaration{
			Name: "status-reason", Path: "/models/status-reason", Model: models.StatusReason{},
			About: "A reason that can be given when a status is set.",
			Verbs: "list view create", Grants: by("pipeline.view", "category.manage"),
			Filters: "external_id status_id", Part: "key label", Sorts: "key label",
			Create: "key! status_id label", Before: actions.SettleStatusReason,
			Fields:  map[string]resource.Field{"type": resource.From(resource.Text, kindOfReason)},
			Expands: map[string]resource.Relation{"status": {To: "status", By: "status_id"}},
		},
		resource.Declaration{
			Name: "assessment-candidate-file", Path: "/models/assessment-candidate-file", Model: models.AssessmentCandidateFile{},
			About: "Joins a file, such as a résumé, to a participation and one of its attempts.",
			Verbs: "list view create update delete", Grants: by("attempt.view", "participation.decide"),
			Rows:    assigned("assessment_candidate_files", "assessment_section_candidate_id"),
			Filters: "assessment_candidate_id assessment_section_candidate_id file_id",
			Create:  "file_id! assessment_candidate_id! assessment_section_candidate_id!",
			Update:  "file_id assessment_candidate_id assessment_section_candidate_id",
			Before:  actions.SettleParticipationFile,
			Expands: map[string]resource.Relation{
				"assessmentCandidate":        {To: "assessment-candidate", By: "assessment_candidate_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
				"file":                       {To: "file", By: "file_id"},
			},
		},
	), participation(), p.attempt())
}

func participation() declared {
	return declared{
		Declaration: resource.Declaration{
			Name: "assessment-candidate", Path: "/models/assessment-candidate", Model: models.AssessmentCandidate{},
			About: "A candidate's participation in one assessment, with its overall status. Participations are made by inviting.",
			Verbs: "list view update delete", Grants: by("attempt.view", "participation.decide"),
			Rows:    participationsSeen,
			Filters: "assessment_id candidate_id status_id",
			Where: map[string]resource.Filter{
				"s":               {Kind: resource.Text, By: participationsOf},
				"panel_id":        {Kind: resource.Integer, SQL: "assessment_candidates.id IN (SELECT assessment_candidate_id FROM panel_candidates WHERE panel_id IN ?)"},
				"status_sort_key": {Kind: resource.Integer, SQL: "assessment_candidates.status_id IN (SELECT id FROM statuses WHERE sort_key IN ?)", Hidden: true},
				"isPendingInvite": {Kind: resource.Boolean, SQL: "assessment_candidates.status_id = 1"},
				"isUnassigned":    {Kind: resource.Boolean, SQL: "NOT EXISTS (SELECT 1 FROM panel_candidates pc WHERE pc.assessment_candidate_id = assessment_candidates.id)"},
				"isPendingEval": {Kind: resource.Boolean, SQL: `EXISTS (SELECT 1 FROM panel_candidates pc JOIN assessment_section_candidates t
					ON t.id = pc.assessment_section_candidate_id WHERE pc.assessment_candidate_id = assessment_candidates.id
					AND NOT pc.is_evaluated AND t.completed_at IS NOT NULL)`},
				"isRecentEval": {Kind: resource.Boolean, By: evaluatedRecently},
			},
			Sorts:  "invited_at attended_at evaluated_at status_id",
			Update: "assessment_id candidate_id status_id proviewRating attended_at evaluated_at", Before: actions.SettleParticipation,
			Expands: map[string]resource.Relation{
				"assessment": {To: "assessment", By: "assessment_id"}, "candidate": {To: "candidate", By: "candidate_id"},
				"status":                      {To: "status", By: "status_id"},
				"assessmentSectionCandidates": {To: "models.assessment-section-candidate", Back: "assessment_candidate_id"},
				"evaluations":                 {To: "evaluation", Back: "assessment_candidate_id"},
			},
			Links: map[string]string{
				"assessmentSectionCandidates": "/models/assessment-section-candidate?assessment_candidate_id={id}",
				"evaluations":                 "/models/evaluation?assessment_candidate_id={id}",
				"assessment":                  "/models/assessment/{assessment_id}",
				"candidate":                   "/models/candidate/{candidate_id}",
				"files":                       "/models/file?assessment_candidate_id={id}",
				"tbiReport":                   "/models/file?assessment_candidate_id={id}&file_type_id=40",
			},
		},
		acts: map[resource.Verb]act{
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.WriteParticipation{WriteRow: *in.row()}, nil
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) {
				return &actions.DeleteParticipation{ID: in.ID}, nil
			},
		},
	}
}

func (p Parts) attempt() declared {
	return declared{
		Declaration: resource.Declaration{
			Name: "models.assessment-section-candidate", Path: "/models/assessment-section-candidate", Model: models.AssessmentSectionCandidate{},
			About: "A candidate's participation in one section: code, window, progress, status and score.",
			Verbs: "list view update", Grants: by("attempt.view", "participation.decide"),
			Rows:    assigned("assessment_section_candidates", "id"),
			Filters: "assessment_section_id status_id assessment_candidate_id section_id assessment_id started_at completed_at evaluated_at external_id",
			Where: map[string]resource.Filter{
				"unassigned": {Kind: resource.Boolean, Hidden: true,
					SQL: "NOT EXISTS (SELECT 1 FROM panel_candidates pc WHERE pc.assessment_section_candidate_id = assessment_section_candidates.id)"},
			},
			Sorts:    "started_at completed_at evaluated_at score",
			Update:   "start_date externalComplete end_date status_id completed_at status_reason_id evaluated_at score",
			Decimals: "score", Fields: p.attemptFields(),
			Expands: map[string]resource.Relation{
				"assessmentCandidate": {To: "assessment-candidate", By: "assessment_candidate_id"},
				"assessmentSection":   {To: "models.assessment-section", By: "assessment_section_id"},
				"section":             {To: "section", By: "section_id"}, "assessment": {To: "assessment", By: "assessment_id"},
				"status": {To: "status", By: "status_id"}, "statusReason": {To: "status-reason", By: "status_reason_id"},
				"answers":         {To: "models.answer", Back: "assessment_section_candidate_id"},
				"panelCandidates": {To: "panel-candidate", Back: "assessment_section_candidate_id"},
				"evaluations":     {To: "evaluation", Back: "assessment_section_candidate_id"},
			},
			Links: attemptLinks,
		},
		acts: map[resource.Verb]act{
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.WriteAttempt{ID: in.ID, Values: in.Values}, nil
			},
		},
	}
}

// kindOfReason is the decision that a reason goes with, nil where it goes with none.
func kindOfReason(r models.StatusReason, _ resource.Ask) any {
	if r.StatusID == nil || !models.StatusOf(*r.StatusID).IsDecision() {
		return nil
	}
	return models.StatusOf(*r.StatusID).Label()
}

var attemptLinks = map[string]string{
	"self":                      "/models/assessment-section-candidate?id={id}",
	"answers":                   "/models/answer?assessment_section_candidate_id={id}",
	"formInstances":             "/models/form-instance?assessment_section_candidate_id={id}",
	"preFormInstances":          "/models/form-instance?assessment_section_candidate_id={id}&type%5B0%5D=3&type%5B1%5D=17&type%5B2%5D=18",
	"evaluationFormInstances":   "/models/form-instance?assessment_section_candidate_id={id}&type=2",
	"evaluations":               "/models/evaluation?assessment_section_candidate_id={id}",
	"selfEvaluations":           "/models/evaluation?assessment_section_candidate_id={id}&self=1",
	"panelCandidates":           "/models/panel-candidate?assessment_section_candidate_id={id}",
	"status":                    "/status?id={status_id}",
	"index":                     "/models/assessment-section-candidate",
	"reports":                   "/models/file?assessment_section_candidate_id={id}&file_type_id%5B0%5D=31&file_type_id%5B1%5D=40",
	"liveSessions":              "/models/live-session?assessment_section_candidate_id={id}",
	"liveSessionsWithRecording": "/models/live-session?assessment_section_candidate_id={id}&expand=recordings",
}

// recent is how far back an evaluation counts as recent.
const recent = 7 * 24 * time.Hour

func evaluatedRecently(ask resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	since := ask.Now.Add(-recent)
	for _, v := range values {
		if v == true {
			db = db.Where("assessment_candidates.evaluated_at >= ?", since)
		} else {
			db = db.Where("(assessment_candidates.evaluated_at IS NULL OR assessment_candidates.evaluated_at < ?)", since)
		}
	}
	return db
}

// participationsOf narrows to those of candidates who hold a typed term, as far as the reader may know their names.
func participationsOf(ask resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
	named := candidatesNamed("candidates")(ask, db.Session(&gorm.Session{NewDB: true}).Table("candidates").Select("candidates.id"), terms)
	return nameKnown(ask.Actor, db.Where("assessment_candidates.candidate_id IN (?)", named), "assessment_candidates.id")
}

// nameKnown narrows to participations, by a column that holds their keys, of whom the reader may know the name. Blind
// review stays blind afterwards for those who see candidates nowhere else.
func nameKnown(a access.Actor, db *gorm.DB, column string) *gorm.DB {
	switch {
	case !access.Can(a, "pipeline.view"):
		return db.Where(`NOT EXISTS (SELECT 1 FROM panel_candidates bc JOIN panels bp ON bp.id = bc.panel_id
			JOIN assessment_sections bs ON bs.id = bp.assessment_section_id
			WHERE bp.user_id = ? AND bs.is_blind AND bc.assessment_candidate_id = `+column+")", me(a))
	case a.UserID() != nil:
		return db.Where(review.Named(column), me(a))
	}
	return db
}

// assigned are the rows of an organization for who may see its candidates, else those under attempts that the actor was
// asked to evaluate. Column holds the attempt's key.
func assigned(table, column string) resource.Rows {
	return func(a access.Actor) access.Scope {
		return func(db *gorm.DB) *gorm.DB {
			db = db.Scopes(access.Own(a, table))
			if access.Can(a, "pipeline.view") {
				return db
			}
			return db.Where(table+"."+column+" IN (SELECT pc.assessment_section_candidate_id FROM panel_candidates pc "+onMyPanel, me(a))
		}
	}
}

const onMyPanel = "JOIN panels p ON p.id = pc.panel_id WHERE p.user_id = ?)"

func participationsSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Scopes(access.Own(a, "assessment_candidates"))
		if access.Can(a, "pipeline.view") {
			return db
		}
		return db.Where("assessment_candidates.id IN (SELECT pc.assessment_candidate_id FROM panel_candidates pc "+onMyPanel, me(a))
	}
}

// me is the actor's user id, or one that nobody has.
func me(a access.Actor) int64 {
	if id := a.UserID(); id != nil {
		return *id
	}
	return -1
}
