package catalog

import (
	"fmt"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

func keyOfAssessment(a models.Assessment) int64 { return a.ID }

// assessmentFields are the members of an assessment that are counted or found elsewhere.
func (p Parts) assessmentFields() map[string]resource.Field {
	none := func(models.Assessment, resource.Ask) any { return nil }
	fields := map[string]resource.Field{
		"description": resource.From(resource.Text, func(a models.Assessment, _ resource.Ask) any {
			if a.Description == "" {
				return nil
			}
			return a.Description
		}),
		"customFields": resource.Together(resource.JSON, customFieldsOf(models.AssessmentField, func(a models.Assessment) map[string]any { return a.CF })),
		"first_assessment_section_id": resource.Together(resource.Integer, lookedUp[models.Assessment, int64](
			`SELECT s.assessment_id AS owner, s.id AS value FROM (SELECT id, assessment_id, row_number() OVER
			(PARTITION BY assessment_id ORDER BY sort_order, id) AS place FROM assessment_sections WHERE assessment_id IN ?) s WHERE s.place = 1`,
			keyOfAssessment, nil)),
		"hasLive": resource.Together(resource.Boolean, lookedUp[models.Assessment, bool](
			assessmentsWith+" AND b.section_type_id = 7", keyOfAssessment, false)),
		"hasLargeForm": resource.Together(resource.Boolean, lookedUp[models.Assessment, bool](
			assessmentsWith+" AND b.form_id IS NOT NULL", keyOfAssessment, false)).OnRequest(),
		"publicLinkUrl": resource.From(resource.Text, none),
		"reportUrl": resource.From(resource.Text, func(a models.Assessment, _ resource.Ask) any {
			return fmt.Sprintf("%s/assessments/%d/results.xlsx", p.SiteURL, a.ID)
		}),
	}
	for name, key := range countedStatuses {
		query := fmt.Sprintf(`SELECT assessment_id AS owner, CAST(SUM(n) AS BIGINT) AS value FROM participation_tallies
			WHERE assessment_id IN ? AND percent = %d AND status_id = %d GROUP BY assessment_id`, models.NoScore, key.ID())
		fields[name] = resource.Together(resource.Integer, lookedUp[models.Assessment, int64](query, keyOfAssessment, int64(0))).OnRequest()
	}
	return fields
}

const assessmentsWith = `SELECT DISTINCT s.assessment_id AS owner, TRUE AS value FROM assessment_sections s
	JOIN sections b ON b.id = s.section_id WHERE s.assessment_id IN ?`

// placedSectionFields are addresses of pages.
func (p Parts) placedSectionFields() map[string]resource.Field {
	return map[string]resource.Field{
		"publicLinkUrl": resource.From(resource.Text, func(models.AssessmentSection, resource.Ask) any { return nil }),
		"reportUrl": resource.From(resource.Text, func(s models.AssessmentSection, _ resource.Ask) any {
			return fmt.Sprintf("%s/assessments/%d/results.xlsx", p.SiteURL, s.AssessmentID)
		}),
	}
}

func keyOfSection(s models.Section) int64 { return s.ID }

// sectionFields are the members of a section that follow from its type and its slots.
func sectionFields() map[string]resource.Field {
	return map[string]resource.Field{
		"type": resource.From(resource.Text, func(s models.Section, _ resource.Ask) any { return s.SectionTypeID.Label() }),
		"questionsCount": resource.Together(resource.Integer, lookedUp[models.Section, int64](
			`SELECT section_id AS owner, CAST(SUM(CASE WHEN question_id IS NOT NULL OR q_count IS NULL THEN 1 ELSE q_count END) AS BIGINT) AS value
			FROM section_slots WHERE section_id IN ? GROUP BY section_id`, keyOfSection, int64(0))),
	}
}
