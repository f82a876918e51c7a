package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// answers are what candidates answered, read only.
func answers(Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "models.answer", Path: "/models/answer", Model: models.Answer{},
			About: "The answer of one candidate to one question. Candidates write it where they attend.",
			Verbs: "list view", Grants: by("attempt.view", "attempt.end"), Rows: assigned("answers", "assessment_section_candidate_id"),
			Filters: "question_id assessment_candidate_id assessment_section_candidate_id assessment_section_id status",
			Fields: map[string]resource.Field{
				"choice":          resource.Together(resource.Integer, chosen),
				"text":            resource.From(resource.Text, func(a models.Answer, _ resource.Ask) any { return writtenText(a) }),
				"plainTxtContent": resource.From(resource.Text, func(a models.Answer, _ resource.Ask) any { return writtenText(a) }),
			},
			Expands: map[string]resource.Relation{
				"question":                   {To: "models.question", By: "question_id"},
				"assessmentCandidate":        {To: "assessment-candidate", By: "assessment_candidate_id"},
				"assessmentSection":          {To: "models.assessment-section", By: "assessment_section_id"},
				"assessmentSectionCandidate": {To: "models.assessment-section-candidate", By: "assessment_section_candidate_id"},
				"answerCodeSubmissions":      {To: "answer-code-submission", Back: "answer_id", Only: "type = 2"},
			},
			Links: map[string]string{
				"question":              "/models/question?id={question_id}",
				"thumbnails":            "/models/file?answer_id={id}&file_type_id=15",
				"videos":                "/models/file?answer_id={id}&file_type_id%5B0%5D=4&file_type_id%5B1%5D=5",
				"attachments":           "/models/file?answer_id={id}&file_type_id%5B0%5D=25",
				"vmRecordings":          "/models/file?answer_id={id}&file_type_id%5B0%5D=37",
				"vmAttachment":          "/models/file?answer_id={id}&file_type_id%5B0%5D=38",
				"answerCodeSubmissions": "/models/answer-code-submission?answer_id={id}&type=2",
			},
		},
		resource.Declaration{
			Name: "answer-code-submission", Path: "/models/answer-code-submission", Alias: "/models/answer-codesubmission",
			Model: models.AnswerCodeSubmission{},
			About: "A program sent in for a coding question, with the outcome of its run.",
			Verbs: "list view", Grants: by("attempt.view", "attempt.end"), Rows: submissionsSeen,
			Filters: "answer_id", Part: "source input output",
			Where: map[string]resource.Filter{
				"language": {Kind: resource.Text, SQL: "answer_code_submissions.language_id IN ?"},
				"type":     {Kind: resource.Integer, SQL: "answer_code_submissions.type IN ?", Hidden: true},
			},
			Also:    map[string]string{"language": "language_id"},
			Expands: map[string]resource.Relation{"answer": {To: "models.answer", By: "answer_id"}},
		},
	)
}

func submissionsSeen(a access.Actor) access.Scope {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Scopes(access.Own(a, "answer_code_submissions"))
		if access.Can(a, "pipeline.view") {
			return db
		}
		return db.Where(`answer_code_submissions.answer_id IN (SELECT n.id FROM answers n JOIN panel_candidates pc
			ON pc.assessment_section_candidate_id = n.assessment_section_candidate_id `+onMyPanel, me(a))
	}
}

// chosen are the numbers of the chosen options in a row, in the order in which the question has them: 13 for the first
// and the third.
func chosen(_ context.Context, l resource.Load, rows []models.Answer) ([]any, error) {
	ids := make([]int64, len(rows))
	for i, a := range rows {
		ids[i] = a.QuestionVersionID
	}
	var found []models.QuestionVersion
	if err := l.DB.Scopes(access.Own(l.Ask.Actor)).Where("id IN ?", ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load the questions as asked: %w", err)
	}
	asked := make(map[int64]models.QuestionVersion, len(found))
	for _, v := range found {
		asked[v.ID] = v
	}
	values := make([]any, len(rows))
	for i, a := range rows {
		values[i] = choiceDigits(asked[a.QuestionVersionID].Body.Data().Choices, a.Value.Data())
	}
	return values, nil
}

func choiceDigits(options []models.Option, value models.AnswerValue) any {
	if value.Truth != nil {
		if *value.Truth {
			return int64(1)
		}
		return int64(2)
	}
	var digits strings.Builder
	for i, o := range options {
		if slices.Contains(value.Choices, o.ID) {
			digits.WriteString(strconv.Itoa(i + 1))
		}
	}
	number, err := strconv.ParseInt(digits.String(), 10, 64)
	if err != nil {
		return nil // nothing was chosen, or there is nothing to choose from
	}
	return number
}

// writtenText is what was written, which is plain text: the text, or the gaps' texts a line each; nil where nothing was.
func writtenText(a models.Answer) any {
	value := a.Value.Data()
	if value.Text != "" {
		return value.Text
	}
	if value.IsEmpty() || len(value.Gaps) == 0 {
		return nil
	}
	return strings.Join(value.Gaps, "\n")
}
