package actions_test

import (
	"context"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func verdict(attempt models.AssessmentSectionCandidate, r models.Recommendation, ratings ...actions.RatingInput) actions.EvaluationInput {
	return actions.EvaluationInput{AssessmentSectionCandidateID: attempt.ID, Recommendation: r, Rating: ratings,
		EvaluationComment: "Measured before and after."}
}

func rating(p models.Parameter, n float64) actions.RatingInput {
	return actions.RatingInput{ParameterID: p.ID, Rating: &n}
}

func TestTheLastPanelistCompletesTheEvaluation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		essay, pia := w.EssayOf(t, p), w.Panelist(t, 1)
		clarity := w.Criterion(t, essay, "Clarity", true)
		w.Assign(t, essay, w.Paul, pia)

		row := w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: verdict(essay, "Select", rating(clarity, 4))})
		if row.Type == nil || *row.Type != 19 || *row.SuccessCount != 1 || row.Status != models.ActionCompleted {
			t.Errorf("action row %+v", row)
		}
		if got := reload(t, w, p).Status(); got != models.Completed {
			t.Errorf("after one of two: %s", got.Label())
		}
		last := &actions.Evaluate{EvaluationInput: verdict(essay, models.RecommendHold, rating(clarity, 3))}
		w.Record(t, w.As(t, pia), last)
		if got := reload(t, w, p); got.Status() != models.Evaluated || got.EvaluatedAt == nil {
			t.Errorf("after both: %s", got.Status().Label())
		}
		if w.EssayOf(t, p).EvaluatedAt == nil {
			t.Error("the attempt is not evaluated")
		}
		var ratings []models.EvaluationRating
		w.DB.Read.Where("evaluation_id = ?", last.Evaluation.ID).Find(&ratings)
		if len(ratings) != 1 || *ratings[0].Rating != 3 || ratings[0].Name != "Clarity" {
			t.Errorf("ratings %+v", ratings)
		}
		if len(ledgerOf(t, w, "evaluate", p.ID)) != 2 {
			t.Error("evaluations are missing from the ledger")
		}
	})
}

func TestADecisionStandsWhenEvaluationsComeIn(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		essay := w.EssayOf(t, p)
		w.Assign(t, essay, w.Paul)
		w.Record(t, w.As(t, w.Rita), decide(models.Hold, p))
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: verdict(essay, models.RecommendSelect)})
		got := reload(t, w, p)
		if got.Status() != models.Hold || models.StatusOf(got.SystemStatusID) != models.Evaluated {
			t.Errorf("got %s, beneath it %s", got.Status().Label(), models.StatusOf(got.SystemStatusID).Label())
		}
	})
}

func TestEvaluatingIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		done := w.Finished(t, assessment, 2)
		essay, other := w.EssayOf(t, done[0]), w.EssayOf(t, done[1])
		open := w.EssayOf(t, w.Invited(t, assessment, w.Candidate(t, 7)))
		clarity, depth := w.Criterion(t, essay, "Clarity", true), w.Criterion(t, w.Attempts(t, done[0])[0], "Depth", false)
		w.Assign(t, essay, w.Paul)
		w.Assign(t, open, w.Paul)
		var answer models.Answer
		w.DB.Read.Where("assessment_section_candidate_id = ?", other.ID).First(&answer)
		elsewhere := verdict(essay, models.RecommendSelect, rating(clarity, 4))
		elsewhere.Comments = []actions.AnswerComment{{AnswerID: answer.ID, Content: "x"}}
		rows := []struct {
			name string
			user models.User
			in   actions.EvaluationInput
			want fault.Kind
		}{
			{"no recommendation", w.Paul, verdict(essay, "", rating(clarity, 4)), fault.Invalid},
			{"a mandatory parameter is missing", w.Paul, verdict(essay, models.RecommendSelect), fault.Invalid},
			{"beyond the scale", w.Paul, verdict(essay, models.RecommendSelect, rating(clarity, 6)), fault.Invalid},
			{"twice the same", w.Paul, verdict(essay, models.RecommendSelect, rating(clarity, 4), rating(clarity, 5)), fault.Invalid},
			{"a parameter of another section", w.Paul, verdict(essay, models.RecommendSelect, rating(clarity, 4), rating(depth, 4)), fault.Invalid},
			{"a remark on somebody else's answer", w.Paul, elsewhere, fault.Invalid},
			{"not assigned", w.Paul, verdict(other, models.RecommendSelect, rating(clarity, 4)), fault.NotFound},
			{"not finished", w.Paul, verdict(open, models.RecommendSelect, rating(clarity, 4)), fault.Conflict},
			{"another firm", w.Otto, verdict(essay, models.RecommendSelect, rating(clarity, 4)), fault.NotFound},
		}
		for _, row := range rows {
			_, err := w.Runner.Record(context.Background(), w.As(t, row.user), &actions.Evaluate{EvaluationInput: row.in})
			if fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
		good := actions.Evaluate{EvaluationInput: verdict(essay, models.RecommendSelect, rating(clarity, 4))}
		w.Record(t, w.As(t, w.Paul), &good)
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Paul), &good); fault.KindOf(err) != fault.Conflict {
			t.Errorf("submitted twice: %v", err)
		}
	})
}

func TestADraftNeverOverwritesANewerOne(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		essay := w.EssayOf(t, w.Finished(t, w.Assessment(t), 1)[0])
		w.Assign(t, essay, w.Paul)
		paul := w.As(t, w.Paul)
		first := &actions.SaveEvaluationDraft{EvaluationInput: verdict(essay, "")}
		w.Run(t, paul, first)
		if first.Revision != 1 {
			t.Fatalf("revision %d", first.Revision)
		}
		stale := &actions.SaveEvaluationDraft{EvaluationInput: verdict(essay, models.RecommendReject)}
		if err := w.Runner.Run(context.Background(), paul, stale); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an older draft was taken: %v", err)
		}
		w.Record(t, paul, &actions.Evaluate{EvaluationInput: verdict(essay, models.RecommendSelect)})
		var evaluations []models.Evaluation
		w.DB.Read.Find(&evaluations)
		if len(evaluations) != 1 || !evaluations[0].IsSubmitted() {
			t.Errorf("the draft did not become the evaluation: %+v", evaluations)
		}
		late := &actions.SaveEvaluationDraft{EvaluationInput: verdict(essay, ""), Revision: 99}
		if err := w.Runner.Run(context.Background(), paul, late); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a draft after submitting: %v", err)
		}
	})
}

func TestPanelsAreSharedOutAndReplaced(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ps := w.Finished(t, w.Assessment(t), 4)
		essay, pia := w.EssayOf(t, ps[0]), w.Panelist(t, 1)
		add := &actions.AddPanel{EndDate: w.Clock.Now().Add(time.Hour), Mode: actions.PanelEvenSplit, IsNotify: true,
			AssessmentSections: actions.RefsTo([]int64{essay.AssessmentSectionID}), Panel: actions.RefsTo([]int64{w.Paul.ID, pia.ID})}
		row := w.Record(t, w.As(t, w.Rita), add)
		if *row.Type != 7 || *row.SuccessCount != 4 {
			t.Errorf("row %+v", row)
		}
		count := func(u models.User) (n int64) {
			w.DB.Read.Model(&models.PanelCandidate{}).Joins("JOIN panels ON panels.id = panel_candidates.panel_id").
				Where("panels.user_id = ?", u.ID).Count(&n)
			return n
		}
		if count(w.Paul) != 2 || count(pia) != 2 {
			t.Errorf("split %d and %d", count(w.Paul), count(pia))
		}
		var told int64
		w.DB.Read.Model(&models.Notification{}).Where("to_address IN ?", []string{w.Paul.Email, pia.Email}).Count(&told)
		if told != 2 {
			t.Errorf("%d told", told)
		}
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: verdict(essay, models.RecommendSelect)})
		again := *add
		again.Mode, again.Panel, again.AssessmentCandidates = "", actions.RefsTo([]int64{pia.ID}), nil
		w.Record(t, w.As(t, w.Rita), &again)
		if count(w.Paul) != 1 || count(pia) != 4 {
			t.Errorf("after replacing: %d (the one he evaluated) and %d", count(w.Paul), count(pia))
		}
		remind := &actions.RemindPanel{AssessmentCandidates: actions.RefsTo([]int64{ps[1].ID}), IsNotify: true}
		if row := w.Record(t, w.As(t, w.Rita), remind); *row.Type != 3 || *row.SuccessCount != 1 {
			t.Errorf("reminded %+v", row)
		}
	})
}

func TestAssigningAPanelIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		attempts := w.Attempts(t, p)
		base := actions.AddPanel{EndDate: w.Clock.Now().Add(time.Hour), Panel: actions.RefsTo([]int64{w.Paul.ID}),
			AssessmentSections: actions.RefsTo([]int64{attempts[1].AssessmentSectionID})}
		with := func(change func(*actions.AddPanel)) actions.AddPanel { a := base; change(&a); return a }
		rows := []struct {
			name   string
			user   models.User
			action actions.AddPanel
			want   fault.Kind
		}{
			{"an objective section", w.Rita, with(func(a *actions.AddPanel) {
				a.AssessmentSections = actions.RefsTo([]int64{attempts[0].AssessmentSectionID})
			}), fault.Invalid},
			{"a day in the past", w.Rita, with(func(a *actions.AddPanel) { a.EndDate = w.Clock.Now().Add(-time.Hour) }), fault.Invalid},
			{"nobody on the panel", w.Rita, with(func(a *actions.AddPanel) { a.Panel = nil }), fault.Invalid},
			{"a user of another firm", w.Rita, with(func(a *actions.AddPanel) { a.Panel = actions.RefsTo([]int64{w.Otto.ID}) }), fault.NotFound},
			{"somebody unknown", w.Rita, with(func(a *actions.AddPanel) { a.AssessmentCandidates = actions.RefsTo([]int64{999}) }), fault.NotFound},
			{"a panelist", w.Paul, base, fault.Forbidden},
			{"another firm", w.Otto, base, fault.NotFound},
		}
		for _, row := range rows {
			_, err := w.Runner.Record(context.Background(), w.As(t, row.user), &row.action)
			if fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
	})
}
