package actions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestInvitingTwiceKeepsOneParticipation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, cleo := w.Assessment(t), w.Candidate(t, 0)
		w.Invited(t, assessment, cleo)
		row := w.Record(t, w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, EndDate: w.Clock.Now().Add(time.Hour),
			Candidates: []actions.CandidateRef{{ID: cleo.ID}, {ID: cleo.ID}}})
		if *row.TotalCount != 1 || *row.ErrorCount != 1 || row.Response == nil || !strings.Contains(*row.Response, "already") {
			t.Errorf("got %+v", row)
		}
		var n int64
		w.DB.Read.Model(&models.AssessmentCandidate{}).Count(&n)
		if n != 1 {
			t.Errorf("%d participations", n)
		}
	})
}

func TestInvitingManyGoesOnInTheBackground(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		var refs []actions.CandidateRef
		for n := range 120 {
			refs = append(refs, actions.CandidateRef{ID: w.Candidate(t, n).ID})
		}
		invite := &actions.Invite{AssessmentID: assessment.ID, EndDate: w.Clock.Now().Add(time.Hour), Candidates: refs}
		row, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), invite)
		if err != nil || row.Status != models.ActionRequested {
			t.Fatalf("status %d, %v", row.Status, err)
		}
		w.Drain(t)
		if err := w.DB.Read.First(&row, row.ID).Error; err != nil {
			t.Fatal(err)
		}
		if row.Status != models.ActionCompleted || *row.SuccessCount != 120 || *row.ErrorCount != 0 {
			t.Errorf("got status %d, %d succeeded, %d failed", row.Status, *row.SuccessCount, *row.ErrorCount)
		}
	})
}

func TestInvitingIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, cleo := w.Assessment(t), w.Candidate(t, 0)
		valid := actions.Invite{AssessmentID: assessment.ID, EndDate: w.Clock.Now().Add(time.Hour),
			Candidates: []actions.CandidateRef{{ID: cleo.ID}}}
		past, nobody, elsewhere := valid, valid, valid
		past.EndDate = w.Clock.Now().Add(-time.Hour)
		nobody.Candidates = nil
		elsewhere.AssessmentID = 999
		rows := []struct {
			name   string
			user   models.User
			action actions.Invite
			want   fault.Kind
		}{
			{"a day in the past", w.Rita, past, fault.Invalid},
			{"nobody", w.Rita, nobody, fault.Invalid},
			{"an unknown assessment", w.Rita, elsewhere, fault.NotFound},
			{"a panelist", w.Paul, valid, fault.Forbidden},
			{"another firm", w.Otto, valid, fault.NotFound},
		}
		for _, row := range rows {
			_, err := w.Runner.Record(context.Background(), w.As(t, row.user), &row.action)
			if fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
	})
}
