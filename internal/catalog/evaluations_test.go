package catalog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func verdict(t *models.AssessmentSectionCandidate, recommendation string) string {
	return fmt.Sprintf(`{"assessment_candidate_id":%d,"assessment_section_id":%d,"recommendation":%q}`,
		t.AssessmentCandidateID, t.AssessmentSectionID, recommendation)
}

func TestEvaluationsAreGivenByTheRules(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		assessment := w.Assessment(t)
		done := w.Finished(t, assessment, 2)
		mine, other := w.EssayOf(t, done[0]), w.EssayOf(t, done[1])
		w.Assign(t, mine, w.Paul)
		unfinished := w.Invited(t, assessment, w.Candidate(t, 4))
		early := w.EssayOf(t, unfinished)
		w.Assign(t, early, w.Paul)

		paul.refused("not assigned", fault.Invalid, "evaluation", resource.Create, 0, verdict(&other, "select"))
		paul.refused("not finished", fault.Conflict, "evaluation", resource.Create, 0, verdict(&early, "select"))
		paul.refused("no such verdict", fault.Invalid, "evaluation", resource.Create, 0, verdict(&mine, "maybe"))
		given := paul.wrote("evaluation", resource.Create, 0, verdict(&mine, "Select"))
		id := keyOf(given)
		if given.Get("recommendation") != models.RecommendSelect || given.Get("evaluated_by") != w.Paul.ID || given.Get("panel_candidate_id") == nil {
			t.Errorf("given %v", given)
		}
		paul.refused("twice", fault.Conflict, "evaluation", resource.Create, 0, verdict(&mine, "select"))
		if got := rita.list("assessment-candidate", "id="+str(done[0].ID)).Objects[0]; got.Get("status_id") != models.Evaluated.ID() {
			t.Errorf("the participation is at %v", got.Get("status_id"))
		}
		panel := paul.list("panel", "").Objects[0]
		if panel.Get("selectedCount") != int64(1) || panel.Get("assignedCount") != int64(2) || panel.Get("evaluatedCount") != int64(1) || panel.Get("holdCount") != int64(0) {
			t.Errorf("the panel counts %v", panel)
		}
		for query, want := range map[string]int{"recommendation=SELECT": 1, "recommendation=reject": 0, "evaluated=false": 1, "evaluated=true": 1} {
			if got := rita.ids("panel-candidate", query); len(got) != want {
				t.Errorf("panel-candidate?%s: %v, want %d", query, got, want)
			}
		}

		rita.refused("another's verdict is changed", fault.Forbidden, "evaluation", resource.Update, id, `{"recommendation":"reject"}`)
		paul.refused("about another attempt", fault.Invalid, "evaluation", resource.Update, id, `{"assessment_candidate_id":`+str(done[1].ID)+`}`)
		if revised := paul.wrote("evaluation", resource.Update, id, `{"recommendation":"HOLD"}`); revised.Get("recommendation") != models.RecommendHold {
			t.Errorf("revised to %v", revised)
		}
		comment := paul.wrote("evaluation-comment", resource.Create, 0, fmt.Sprintf(`{"evaluation_id":%d,"content":" Calm. "}`, id))
		if comment.Get("content") != "Calm." {
			t.Errorf("said %v", comment)
		}
		paul.refused("on another's answer", fault.Invalid, "evaluation-comment", resource.Create, 0,
			fmt.Sprintf(`{"evaluation_id":%d,"content":"x","answer_id":%d}`, id, w.Paper(t, other.ID)[0].ID))
		rita.refused("in another's name", fault.Forbidden, "evaluation-comment", resource.Update, keyOf(comment), `{"content":"Angry."}`)

		paul.wrote("evaluation", resource.Delete, id, "")
		if got := rita.ids("evaluation-comment", ""); len(got) != 0 {
			t.Errorf("remarks stay: %v", got)
		}
		if got := rita.list("assessment-candidate", "id="+str(done[0].ID)).Objects[0]; got.Get("status_id") != models.Completed.ID() {
			t.Errorf("without the evaluation the participation is at %v", got.Get("status_id"))
		}
		if got := paul.ids("panel-candidate", "evaluated=true"); len(got) != 0 {
			t.Errorf("still judged: %v", got)
		}
		paul.wrote("evaluation", resource.Create, 0, verdict(&mine, "reject"))
	})
}

func TestOthersEvaluationsStayHiddenUntilTheOwnIsIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		done := w.Finished(t, w.Assessment(t), 1)[0]
		essay := w.EssayOf(t, done)
		clarity := w.Criterion(t, essay, "Clarity", true)
		w.Assign(t, essay, w.Paul, w.Rita)
		four := 4.0
		w.Run(t, w.As(t, w.Rita), &actions.SaveEvaluationDraft{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essay.ID,
			EvaluationComment: "Not sure", Rating: []actions.RatingInput{{ParameterID: clarity.ID, Rating: &four}}}})
		paul.refused("without the mandatory rating", fault.Invalid, "evaluation", resource.Create, 0, verdict(&essay, "select"))
		given := actions.Evaluate{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendReject,
			EvaluationComment: "Vague", Rating: []actions.RatingInput{{ParameterID: clarity.ID, Rating: &four}}}}
		w.Record(t, w.As(t, w.Paul), &given)

		for _, name := range []string{"evaluation", "evaluation-rating", "evaluation-comment"} {
			if got := rita.ids(name, ""); len(got) != 0 {
				t.Errorf("before the own evaluation, %s shows %v", name, got)
			}
			if got := paul.ids(name, ""); len(got) != 1 {
				t.Errorf("the own %s: %v", name, got)
			}
		}
		if got := rita.ids("panel-candidate", "recommendation=reject"); len(got) != 0 {
			t.Errorf("found by how others recommend: %v", got)
		}
		if got := rita.list("panel", "user_id="+str(w.Paul.ID)).Objects[0]; got.Get("rejectedCount") != int64(0) || got.Get("evaluatedCount") != int64(1) {
			t.Errorf("counted %v", got)
		}
		mine := actions.Evaluate{EvaluationInput: actions.EvaluationInput{AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendSelect,
			Rating: []actions.RatingInput{{ParameterID: clarity.ID, Rating: &four}}}}
		w.Record(t, w.As(t, w.Rita), &mine)
		if got := rita.ids("evaluation", ""); len(got) != 2 {
			t.Errorf("afterwards: %v", got)
		}
		if got := rita.ids("evaluation", "self=1"); !slices.Equal(got, []int64{mine.Evaluation.ID}) {
			t.Errorf("the own: %v", got)
		}
		if got := paul.ids("evaluation", ""); !slices.Equal(got, []int64{given.Evaluation.ID}) {
			t.Errorf("the panelist sees %v", got)
		}
		rating := keyOf(paul.list("evaluation-rating", "").Objects[0])
		paul.refused("beyond the scale", fault.Invalid, "evaluation-rating", resource.Update, rating, `{"rating":9}`)
		paul.refused("a mandatory rating is removed", fault.Conflict, "evaluation-rating", resource.Delete, rating, "")
		rita.refused("another's rating", fault.Forbidden, "evaluation-rating", resource.Update, rating, `{"rating":1}`)
		if changed := paul.wrote("evaluation-rating", resource.Update, rating, `{"rating":"3.5"}`); changed.Get("rating") != "3.50" || changed.Get("name") != "Clarity" {
			t.Errorf("rated %v", changed)
		}
	})
}

func TestPanelsStandWherePeopleJudge(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		done := w.Finished(t, w.Assessment(t), 2)
		attempts := w.Attempts(t, done[0])
		panel := func(attempt models.AssessmentSectionCandidate, user int64) string {
			return fmt.Sprintf(`{"assessment_section_id":%d,"user_id":%d}`, attempt.AssessmentSectionID, user)
		}
		rita.refused("on what the key scores", fault.Invalid, "panel", resource.Create, 0, panel(attempts[0], w.Paul.ID))
		rita.refused("another firm's user", fault.Invalid, "panel", resource.Create, 0, panel(attempts[1], w.Otto.ID))
		made := rita.wrote("panel", resource.Create, 0, panel(attempts[1], w.Paul.ID))
		rita.refused("twice", fault.Conflict, "panel", resource.Create, 0, panel(attempts[1], w.Paul.ID))

		assign := func(attempt models.AssessmentSectionCandidate, participation int64) string {
			return fmt.Sprintf(`{"panel_id":%d,"assessment_candidate_id":%d,"assessment_section_candidate_id":%d}`, keyOf(made), participation, attempt.ID)
		}
		rita.refused("another section", fault.Invalid, "panel-candidate", resource.Create, 0, assign(attempts[0], done[0].ID))
		rita.refused("another participation", fault.Invalid, "panel-candidate", resource.Create, 0, assign(attempts[1], done[1].ID))
		assigned := rita.wrote("panel-candidate", resource.Create, 0, assign(attempts[1], done[0].ID))
		if assigned.Get("isEvaluated") != false || assigned.Get("added_by") != w.Rita.ID {
			t.Errorf("assigned %v", assigned)
		}
		w.Clock.Advance(time.Minute)
		asker{t, w, rita.c, w.Paul}.wrote("evaluation", resource.Create, 0, verdict(&attempts[1], "hold"))
		rita.refused("what was judged is moved", fault.Conflict, "panel-candidate", resource.Update, keyOf(assigned), assign(w.EssayOf(t, done[1]), done[1].ID))
		rita.wrote("panel-candidate", resource.Update, keyOf(assigned), assign(attempts[1], done[0].ID))
	})
}
