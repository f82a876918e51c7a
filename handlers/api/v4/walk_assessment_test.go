package v4_test

import (
	"fmt"
	"net/http"
	"testing"

	"gorm.io/datatypes"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

const counts = "addedCount invitedCount hasLargeForm inProgressCount attendedCount assessedCount selectedCount holdCount rejectedCount"

// assessmentPlans are assessments, participations, evaluations and forms.
var assessmentPlans = map[string]plan{
	"assessment": {
		create: `{"title":"Walk #","description":"<p>Long</p>","start_date":"2027-02-01 06:53:00+00","end_date":"2027-04-16T06:53:00+00:00","status":"Draft","external_id":"A#","owned_by":$rita}`,
		update: `{"title":"Stroll #","description":"<p>Short</p>","end_date":"2027-05-16T06:53:00+00:00","status_id":1}`,
		probes: map[string][2]string{"cf": {"passed over without a key", ""}, "status": {"draft", "open"}, "event_id": {"", "99999"}}, absent: counts,
	},
	"assessment-category":     {create: `{"assessment_id":$assessment,"category_id":$models.category}`},
	"assessment-collaborator": {create: `{"role":1,"assessment_id":$assessment,"user_id":$rita}`, update: `{"role":2}`},
	"section":                 {probes: map[string][2]string{"evaluation_form_id": {"", "99999"}}},
	"models.assessment-section": {
		create: `{"is_review":true,"isSkipAllowed":true,"isRetake":true,"isPlaylist":false,"section_id":$section,"assessment_id":$assessment,
			"section_type_id":6,"max_section_time":1800,"max_question_time":90,"questionDisplayTime":11,"intro":"<p>Hello</p>","conclusion":"<p>Bye</p>",
			"cut_off":40,"positive_mark":4,"negative_mark":1,"evaluation_end_date":"2027-05-16T06:53:00+00:00","proview_type":"live_proctor"}`,
		update: `{"is_review":false,"isSkipAllowed":false,"isRetake":false,"isPlaylist":true,"max_section_time":1700,"intro":"<p>Hi</p>","cut_off":50,
			"positive_mark":5,"negative_mark":0,"proview_type":"ai_proctor"}`,
		probes: map[string][2]string{"section_type_id": {"6", "4"}},
	},
	"section-combined":  {create: `{"section_id":$section,"sort_order":1,"skill_id":$skill,"q_count":2}`},
	"section-question":  {create: `{"section_id":$section,"question_id":$models.question,"question_order":2}`},
	"section-skill":     {create: `{"section_id":$section,"skill_id":$skill,"q_count":2,"q_order":3}`, update: `{"q_count":3,"q_order":4,"is_mandatory":true}`},
	"parameter":         {create: `{"name":"Clarity #","external_id":"P#","type":1,"max_value":5,"recommended_value":3,"category_id":$models.category}`},
	"section-parameter": {create: `{"section_id":$section,"parameter_id":$parameter,"sort_order":1,"recommended_value":2}`, update: `{"sort_order":2}`},
	"status-reason":     {create: `{"key":"late#","label":"Came late","status_id":17}`, probes: map[string][2]string{"external_id": {"", "none"}}},

	"assessment-candidate": {
		update: `{"proviewRating":80,"attended_at":"2026-03-01T08:00:00+00:00","evaluated_at":"2026-03-01T08:30:00+00:00","status_id":15}`,
		probes: map[string][2]string{"s": {"cleo", "nobody"}, "panel_id": {"$panel", "99999"}, "isPendingInvite": {"false", "true"}, "isUnassigned": {"0", "1"},
			"isPendingEval": {"true", "false"}, "isRecentEval": {"false", "true"}, "status_sort_key": {"50", "20"}},
	},
	"models.assessment-section-candidate": {
		update: `{"externalComplete":true,"evaluated_at":"2026-03-01T08:00:00+00:00","score":12.5,"status_reason_id":$status-reason,"status_id":14}`,
		probes: map[string][2]string{"unassigned": {"0", "1"}, "evaluated_at": {"", "2019-01-01"}},
	},
	"assessment-candidate-file": {create: `{"file_id":$file,"assessment_candidate_id":$assessment-candidate,"assessment_section_candidate_id":$models.assessment-section-candidate}`},
	"models.answer":             {},
	"answer-code-submission":    {probes: map[string][2]string{"input": {"", "none"}, "type": {"2", "1"}}},

	"panel": {probes: map[string][2]string{"assessment_id": {"$walked", "99999"}}},
	"panel-candidate": {probes: map[string][2]string{"evaluated": {"false", "true"}, "recommendation": {"", "select"}},
		update: `{"panel_id":$panel}`},
	"evaluation": {
		create: `{"assessment_candidate_id":$assessment-candidate,"assessment_section_id":$essays,"recommendation":"Select","panel_id":$panel}`,
		update: `{"recommendation":"hold"}`, probes: map[string][2]string{"recommendation": {"Select", "reject"}},
	},
	"evaluation-comment": {create: `{"evaluation_id":$evaluation,"content":"Clear and calm","answer_id":$written}`, update: `{"content":"Clear"}`},
	"evaluation-rating":  {update: `{"rating":4}`, probes: map[string][2]string{"rating": {"5", "6"}}},
	"models.form": {
		create: `{"type":3,"name":"About #","structure":[{"id":1,"name":"You","fields":{"1":{"id":"cf_fn","name":"fname","type":"text","label":"First name"}},"expandable":false}],
			"fieldKeys":["First name"],"url":"about-#","custom_url":"about-you","status":0,"is_public":true,"is_editable":true,"start_date":"2027-01-01T00:00:00+00:00"}`,
		update: `{"name":"More #","is_public":false,"end_date":"2027-12-01T00:00:00+00:00"}`,
		probes: map[string][2]string{"article_id": {"", "5"}},
	},
	"form-instance":      {probes: map[string][2]string{"type": {"3", "2"}}},
	"form-instance-file": {update: `{"key":"portrait","file_id":$file}`},
}

// assessmentSeeds are a finished assessment with its evaluations, and a section that stands nowhere.
func assessmentSeeds(t *testing.T, w *testkit.World) map[string]int64 {
	t.Helper()
	section := models.Section{Owned: models.Owned{OrganizationID: w.Acme.ID}, Title: "Knowledge", SectionTypeID: models.ObjectiveSection}
	make := func(row any) {
		t.Helper()
		if err := w.DB.Write.Create(row).Error; err != nil {
			t.Fatal(err)
		}
	}
	make(&section)
	assessment := w.Assessment(t)
	done := w.Finished(t, assessment, 3)
	var essays []models.AssessmentSectionCandidate
	for _, p := range done {
		essays = append(essays, w.EssayOf(t, p))
	}
	clarity := w.Criterion(t, essays[0], "Clarity", false)
	for _, attempt := range essays {
		w.Assign(t, attempt, w.Ada)
	}
	five := 5.0
	given := actions.Evaluate{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essays[2].ID, Recommendation: models.RecommendSelect,
		Rating: []actions.RatingInput{{ParameterID: clarity.ID, Rating: &five}}}}
	w.Record(t, w.As(t, w.Ada), &given)
	var rating models.EvaluationRating
	var assignment models.PanelCandidate
	for _, err := range []error{
		w.DB.Read.Where("evaluation_id = ?", given.Evaluation.ID).First(&rating).Error,
		w.DB.Read.Where("assessment_section_candidate_id = ?", essays[1].ID).First(&assignment).Error,
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	answer, written := w.Paper(t, w.Attempts(t, done[0])[0].ID)[0], w.Paper(t, essays[0].ID)[0]
	form := w.Form(t)
	instance := models.FormInstance{Owned: assignment.Owned, Status: models.FormComplete, FormID: form.ID, EvaluationID: &given.Evaluation.ID,
		Data: datatypes.JSONSlice[models.FormValue]{{Key: "1", Name: "city", Label: "City", Value: "Porto"}}, AssessmentSectionID: &essays[2].AssessmentSectionID,
		AssessmentCandidateID: &done[2].ID, AssessmentSectionCandidateID: &essays[2].ID}
	make(&instance)
	file := models.FormInstanceFile{Owned: instance.Owned, Key: "photo", FormInstanceID: instance.ID, FileID: w.File(t, models.FileTypeImage).ID}
	make(&file)
	return map[string]int64{
		"rita": w.Rita.ID, "section": section.ID, "walked": assessment.ID, "essays": essays[0].AssessmentSectionID,
		"assessment-candidate": done[0].ID, "models.assessment-section-candidate": essays[0].ID, "models.answer": answer.ID, "written": written.ID,
		"answer-code-submission": w.CodeSubmission(t, answer).ID, "panel": assignment.PanelID, "panel-candidate": assignment.ID,
		"evaluation-rating": rating.ID, "form-instance": instance.ID, "form-instance-file": file.ID,
	}
}

func TestListsAnswerUnderTheirOtherPathsToo(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.Program(t, w.Rita)
	p := w.Finished(t, w.Assessment(t), 1)[0]
	answer := w.Paper(t, w.Attempts(t, p)[0].ID)[0]
	submission := w.CodeSubmission(t, answer)
	for _, path := range []string{
		fmt.Sprintf("/api/v4/models/answer-codesubmission?answer_id=%d&type=2", answer.ID),
		fmt.Sprintf("/api/v4/models/answer-code-submission?answer_id=%d&language=116", answer.ID),
	} {
		var rows []map[string]any
		rita.Get(t, path).Want(http.StatusOK).Into(&rows)
		if len(rows) != 1 || rows[0]["id"] != float64(submission.ID) || rows[0]["language"] != "116" {
			t.Errorf("%s: %v", path, rows)
		}
	}
	rita.Get(t, fmt.Sprintf("/api/v4/models/answer-codesubmission/%d", submission.ID)).Want(http.StatusOK).Says("print(42)")
	rita.Get(t, "/api/v4/models/skills?section_id=1").Want(http.StatusOK)
}
