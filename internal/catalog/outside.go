package catalog

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// outside are assessments that other providers run, and candidates' access to them.
func outside(Parts) []declared {
	const externalMembers = "reference_id title start_date end_date description duration status"
	return plain(
		resource.Declaration{
			Name: "external-assessment", Path: "/models/external-assessment", Model: models.ExternalAssessment{},
			About: "An assessment that an outside provider runs, with counts of its candidates.",
			Verbs: "list view create update delete", Grants: by("evaluation.view", "external-assessment.manage"),
			Filters: "reference_id start_date end_date status", Part: "title description", Sorts: "title start_date",
			Where:  map[string]resource.Filter{"duration": {Kind: resource.Text, By: externalsLasting}},
			Create: externalMembers, Update: externalMembers, Inputs: map[string]resource.Kind{"duration": resource.Text},
			Before: actions.SettleExternalAssessment, Fields: externalFields(), Hide: "organization_id is_deleted",
			Links: map[string]string{
				"self":                 "/models/external-assessment/{id}",
				"external-invitations": "/models/evaluation-invitation?external_assessment_id={id}",
			},
		},
		resource.Declaration{
			Name: "evaluation-invitation", Path: "/models/evaluation-invitation", Model: models.EvaluationInvitation{},
			About: "A candidate's access to an external assessment for one attempt, and what came of it.",
			Verbs: "list view create update delete", Grants: by("evaluation.view", "external-assessment.manage"),
			Filters: "external_assessment_id status assessment_section_candidate_id external_id", Part: "username code report_url attend_url",
			Where: map[string]resource.Filter{
				"reprot_url":                      {Kind: resource.Text, SQL: "evaluation_invitations.report_url IN ?", Hidden: true},
				"assessment_section_candidate_is": {Kind: resource.Integer, SQL: "evaluation_invitations.assessment_section_candidate_id IN ?", Hidden: true},
			},
			Create:  "attend_url! external_assessment_id! username code status report_url assessment_section_candidate_id external_id",
			Update:  "attend_url external_assessment_id username code status report_url score evaluation external_id",
			Accepts: map[string]string{"reprot_url": "report_url", "assessment_section_candidate_is": "assessment_section_candidate_id"},
			Before:  actions.SettleEvaluationInvitation,
			Fields:  map[string]resource.Field{"candidate": resource.Together(resource.JSON, candidateCards)},
			Expands: map[string]resource.Relation{
				"externalAssessment":         {To: "external-assessment", By: "external_assessment_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
			},
			Links: map[string]string{"self": "/models/evaluation-invitation/{id}"},
		},
		resource.Declaration{
			Name: "pearson-assessment", Path: "/models/pearson-assessment", Model: models.SuppliedAssessment{}, Rows: resource.Every,
			About: "A product of an outside supplier that assessments can hold.",
			Verbs: "list", Grants: by("assessment.view", "assessment.view"), Sorts: "name",
		},
	)
}

// externalsLasting narrows to assessments of a length such as 01:00:00.
func externalsLasting(_ resource.Ask, db *gorm.DB, values []any) *gorm.DB {
	var seconds []int
	for _, v := range values {
		if n, ok := models.ParseInterval(v.(string)); ok {
			seconds = append(seconds, n)
		}
	}
	return db.Where("external_assessments.duration_seconds IN ?", seconds)
}

// externalFields are the length and the counts: of invitations by their own state before the assessment is done, and by
// the candidate's status from then on.
func externalFields() map[string]resource.Field {
	fields := map[string]resource.Field{
		"duration": resource.From(resource.Text, func(e models.ExternalAssessment, _ resource.Ask) any { return e.Duration() }),
	}
	for name, condition := range map[string]string{
		"addedCount": "1 = 1", "invitedCount": fmt.Sprintf("i.status = %d", models.EvaluationInvited),
		"attendingCount": fmt.Sprintf("i.status = %d", models.EvaluationAttending),
		"completedCount": inStatus(models.Completed), "evaluatedCount": inStatus(models.Evaluated),
		"selectedCount": inStatus(models.Selected), "rejectedCount": inStatus(models.Rejected),
	} {
		fields[name] = resource.Together(resource.Integer, howMany(`SELECT i.external_assessment_id AS owner, COUNT(*) AS value
			FROM evaluation_invitations i LEFT JOIN assessment_section_candidates a ON a.id = i.assessment_section_candidate_id
			LEFT JOIN assessment_candidates p ON p.id = a.assessment_candidate_id
			WHERE i.external_assessment_id IN ? AND NOT i.is_deleted AND `+condition+` GROUP BY i.external_assessment_id`,
			func(e models.ExternalAssessment) int64 { return e.ID }))
	}
	return fields
}

func inStatus(key models.StatusKey) string { return fmt.Sprintf("p.status_id = %d", key.ID()) }

// candidateCards are short cards of the candidates of attempts.
func candidateCards(_ context.Context, l resource.Load, rows []models.EvaluationInvitation) ([]any, error) {
	var attempts []int64
	for _, row := range rows {
		if row.AssessmentSectionCandidateID != nil {
			attempts = append(attempts, *row.AssessmentSectionCandidateID)
		}
	}
	var found []struct {
		models.Candidate
		AttemptID int64
	}
	err := l.DB.Table("candidates").Scopes(access.Own(l.Ask.Actor, "candidates")).Select("candidates.*, a.id AS attempt_id").
		Joins("JOIN assessment_candidates p ON p.candidate_id = candidates.id").
		Joins("JOIN assessment_section_candidates a ON a.assessment_candidate_id = p.id").Where("a.id IN ?", attempts).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load the invited candidates: %w", err)
	}
	cards := map[int64]any{}
	for _, c := range found {
		cards[c.AttemptID] = map[string]any{"id": c.ID, "name": c.Name(), "email": c.Email, "first_name": c.FirstName, "last_name": c.LastName}
	}
	shown := make([]any, len(rows))
	for i, row := range rows {
		if row.AssessmentSectionCandidateID != nil {
			shown[i] = cards[*row.AssessmentSectionCandidateID]
		}
	}
	return shown, nil
}
