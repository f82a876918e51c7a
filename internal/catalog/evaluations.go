package catalog

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/models"
)

// evaluations are who judges, whom, and what came of it. Drafts of evaluations are nobody's but their author's, and no
// resource shows them.
func evaluations(Parts) []declared {
	return []declared{panel(), panelCandidate(), evaluation(), evaluationRating(), evaluationComment()}
}

func panel() declared {
	fields := map[string]resource.Field{}
	for name, condition := range map[string]string{
		"assignedCount": "1 = 1", "evaluatedCount": "pc.is_evaluated", "selectedCount": "e.recommendation = 'select'",
		"rejectedCount": "e.recommendation = 'reject'", "holdCount": "e.recommendation = 'hold'",
	} {
		fields[name] = resource.Together(resource.Integer, panelCount(condition))
	}
	return declared{Declaration: resource.Declaration{
		Name: "panel", Path: "/models/panel", Model: models.Panel{},
		About: "An evaluator placed on an assessment section, with counts of the candidates judged.",
		Verbs: "list view create", Grants: by("evaluation.read", "panel.assign"),
		Rows: func(a access.Actor) access.Scope {
			return func(db *gorm.DB) *gorm.DB {
				db = db.Scopes(access.Own(a, "panels"))
				if access.Can(a, "evaluation.view") {
					return db
				}
				return db.Where("panels.user_id = ?", me(a))
			}
		},
		Filters: "assessment_section_id user_id",
		Where: map[string]resource.Filter{
			"assessment_id": {Kind: resource.Integer, SQL: "panels.assessment_section_id IN (SELECT id FROM assessment_sections WHERE assessment_id IN ?)"},
		},
		Create: "assessment_section_id! user_id!", Fields: fields,
		Expands: map[string]resource.Relation{"assessmentSection": {To: "models.assessment-section", By: "assessment_section_id"}},
		Links: map[string]string{
			"self":      "/models/panel/{id}",
			"pending":   "/models/panel-candidate?evaluated=false&panel_id={id}",
			"evaluated": "/models/panel-candidate?evaluated=true&panel_id={id}",
			"selected":  "/models/panel-candidate?recommendation=select&panel_id={id}",
			"rejected":  "/models/panel-candidate?recommendation=reject&panel_id={id}",
			"hold":      "/models/panel-candidate?recommendation=hold&panel_id={id}",
		},
	}, acts: map[resource.Verb]act{
		resource.Create: func(in Written) (actions.Action, func() int64) {
			a := &actions.PlacePanel{WriteRow: *in.row()}
			return a, func() int64 { return a.ID }
		},
	}}
}

// panelCount counts the attempts that panels were asked to judge, under a condition on the assignment pc and the
// evaluation e. What a veil hides from the reader is not counted.
func panelCount(condition string) func(context.Context, resource.Load, []models.Panel) ([]any, error) {
	return func(ctx context.Context, l resource.Load, rows []models.Panel) ([]any, error) {
		shown, args := shownEvaluations(l.Ask.Actor, "e")
		query := `SELECT pc.panel_id AS owner, COUNT(*) AS value FROM panel_candidates pc
			LEFT JOIN evaluations e ON e.panel_id = pc.panel_id AND e.assessment_section_candidate_id = pc.assessment_section_candidate_id
			AND ` + shown + ` WHERE pc.panel_id IN ? AND ` + condition + ` GROUP BY pc.panel_id`
		return lookedUp[models.Panel, int64](query, func(p models.Panel) int64 { return p.ID }, int64(0), args...)(ctx, l, rows)
	}
}

func panelCandidate() declared {
	return declared{Declaration: resource.Declaration{
		Name: "panel-candidate", Path: "/models/panel-candidate", Model: models.PanelCandidate{},
		About: "Assigns a panel to a candidate's section attempt.",
		Verbs: "list view create update", Grants: by("evaluation.read", "panel.assign"),
		Rows: func(a access.Actor) access.Scope {
			return func(db *gorm.DB) *gorm.DB {
				db = db.Scopes(access.Own(a, "panel_candidates"))
				if access.Can(a, "evaluation.view") {
					return db
				}
				return db.Where("panel_candidates.panel_id IN (SELECT id FROM panels WHERE user_id = ?)", me(a))
			}
		},
		Filters: "panel_id assessment_candidate_id assessment_section_candidate_id",
		Where: map[string]resource.Filter{
			"evaluated":      {Kind: resource.Boolean, SQL: "panel_candidates.is_evaluated", Hidden: true},
			"recommendation": {Kind: resource.Text, By: recommended, Hidden: true},
		},
		Create: "panel_id! assessment_candidate_id! assessment_section_candidate_id!",
		Update: "panel_id assessment_candidate_id assessment_section_candidate_id", Before: actions.SettlePanelCandidate,
		Expands: map[string]resource.Relation{
			"panel":                      {To: "panel", By: "panel_id"},
			"assessmentCandidate":        {To: "assessment-candidate", By: "assessment_candidate_id"},
			"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
		},
		Links: map[string]string{
			"evaluations": "/models/evaluation?assessment_section_candidate_id={assessment_section_candidate_id}&panel_id={panel_id}",
		},
	}, acts: map[resource.Verb]act{
		resource.Create: assignPanel, resource.Update: assignPanel,
	}}
}

func assignPanel(in Written) (actions.Action, func() int64) {
	a := &actions.AssignPanel{WriteRow: *in.row()}
	return a, func() int64 { return a.ID }
}

// recommended narrows assignments to those whose panel recommended one of the values, as far as the reader may know.
func recommended(ask resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	shown, args := shownEvaluations(ask.Actor, "e")
	return db.Where(`EXISTS (SELECT 1 FROM evaluations e WHERE e.panel_id = panel_candidates.panel_id
		AND e.assessment_section_candidate_id = panel_candidates.assessment_section_candidate_id AND `+shown+
		" AND LOWER(e.recommendation) IN ?)", append(args, lowered(values))...)
}

func evaluation() declared {
	const members = "assessment_candidate_id assessment_section_id recommendation panel_id assessment_section_candidate_id"
	return declared{
		Declaration: resource.Declaration{
			Name: "evaluation", Path: "/models/evaluation", Model: models.Evaluation{},
			About: "The verdict of a panel on one section attempt, once it was submitted.",
			Verbs: "list view create update delete", Grants: by("evaluation.read", "evaluation.give"),
			Rows:    evaluationsSeen,
			Filters: "panel_id assessment_candidate_id assessment_section_id assessment_section_candidate_id evaluated_by",
			Where: map[string]resource.Filter{
				"recommendation": {Kind: resource.Text, By: func(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB {
					return db.Where("evaluations.recommendation IN ?", lowered(values))
				}},
				"self": {Kind: resource.Boolean, Hidden: true, By: func(ask resource.Ask, db *gorm.DB, values []any) *gorm.DB {
					if values[0] == true {
						return db.Where("evaluations.evaluated_by = ?", me(ask.Actor))
					}
					return db.Where("evaluations.evaluated_by <> ?", me(ask.Actor))
				}},
			},
			Sorts:  "evaluated_at recommendation",
			Create: "assessment_candidate_id! assessment_section_id! recommendation! panel_id assessment_section_candidate_id",
			Update: members,
			Fields: map[string]resource.Field{
				"panel_candidate_id": resource.Together(resource.Integer, lookedUp[models.Evaluation, int64](
					`SELECT e.id AS owner, pc.id AS value FROM evaluations e JOIN panel_candidates pc ON pc.panel_id = e.panel_id
					AND pc.assessment_section_candidate_id = e.assessment_section_candidate_id WHERE e.id IN ?`,
					func(e models.Evaluation) int64 { return e.ID }, nil)),
			},
			Expands: map[string]resource.Relation{
				"panel":                      {To: "panel", By: "panel_id"},
				"assessmentCandidate":        {To: "assessment-candidate", By: "assessment_candidate_id"},
				"assessmentSection":          {To: "models.assessment-section", By: "assessment_section_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
				"formInstance":               {To: "form-instance", By: "form_instance_id"},
				"evaluationComments":         {To: "evaluation-comment", Back: "evaluation_id"},
				"evaluationRatings":          {To: "evaluation-rating", Back: "evaluation_id"},
			},
			Links: map[string]string{
				"evaluationComments": "/models/evaluation-comment?evaluation_id={id}",
				"evaluationRatings":  "/models/evaluation-rating?evaluation_id={id}",
				"formInstance":       "/models/form-instance?evaluation_id={id}",
				"panelCandidate":     "/models/panel-candidate?id={panel_candidate_id}",
			},
		},
		acts: map[resource.Verb]act{
			resource.Create: func(in Written) (actions.Action, func() int64) {
				a := &actions.GiveEvaluation{Values: in.Values}
				return a, func() int64 { return a.ID }
			},
			resource.Update: func(in Written) (actions.Action, func() int64) {
				return &actions.ReviseEvaluation{ID: in.ID, Values: in.Values}, nil
			},
			resource.Delete: func(in Written) (actions.Action, func() int64) {
				return &actions.DeleteEvaluation{ID: in.ID}, nil
			},
		},
	}
}

func evaluationRating() declared {
	return declared{Declaration: resource.Declaration{
		Name: "evaluation-rating", Path: "/models/evaluation-rating", Model: models.EvaluationRating{},
		About: "The score that a panel gave on one parameter.",
		Verbs: "list view update delete", Grants: by("evaluation.read", "evaluation.give"),
		Rows:    ofShownEvaluation("evaluation_ratings"),
		Filters: "evaluation_id rating parameter_id", Decimals: "rating",
		Update: "evaluation_id rating parameter_id text", Before: actions.SettleRating,
		Expands: map[string]resource.Relation{
			"evaluation": {To: "evaluation", By: "evaluation_id"}, "parameter": {To: "parameter", By: "parameter_id"},
		},
	}}
}

func evaluationComment() declared {
	return declared{Declaration: resource.Declaration{
		Name: "evaluation-comment", Path: "/models/evaluation-comment", Model: models.EvaluationComment{},
		About: "A remark of a panel on an attempt, or on one answer of it.",
		Verbs: "list view create update delete", Grants: by("evaluation.read", "evaluation.give"),
		Rows:    ofShownEvaluation("evaluation_comments"),
		Filters: "evaluation_id answer_id", Part: "content",
		Create: "evaluation_id! answer_id content!", Update: "evaluation_id answer_id content", Before: actions.SettleComment,
		Expands: map[string]resource.Relation{
			"evaluation": {To: "evaluation", By: "evaluation_id"}, "answer": {To: "models.answer", By: "answer_id"},
		},
	}}
}

// shownEvaluations is the condition, with its parameters, that an evaluation of the table's name was submitted and may be
// seen: the own, and others' where the actor sees all, once no veil hides them.
func shownEvaluations(a access.Actor, table string) (condition string, args []any) {
	condition = table + ".evaluated_at IS NOT NULL AND " + table + ".organization_id = " + strconv.FormatInt(a.OrganizationID, 10)
	switch {
	case !access.Can(a, "evaluation.view"):
		return condition + " AND " + table + ".evaluated_by = ?", []any{me(a)}
	case a.UserID() != nil:
		return condition + " AND " + review.Shown(table), []any{me(a), me(a)}
	}
	return condition, nil
}

func evaluationsSeen(a access.Actor) access.Scope {
	condition, args := shownEvaluations(a, "evaluations")
	return func(db *gorm.DB) *gorm.DB { return db.Where(condition, args...) }
}

// ofShownEvaluation are the rows of a table under evaluations that may be seen.
func ofShownEvaluation(table string) resource.Rows {
	return func(a access.Actor) access.Scope {
		shown, args := shownEvaluations(a, "evaluations")
		condition := table + ".evaluation_id IN (SELECT evaluations.id FROM evaluations WHERE " + shown + ")"
		return func(db *gorm.DB) *gorm.DB { return db.Scopes(access.Own(a, table)).Where(condition, args...) }
	}
}
