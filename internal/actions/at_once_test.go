package actions_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// atOnce calls all of them at the same time and fails for each that returns an error.
func atOnce(t *testing.T, calls ...func() error) {
	t.Helper()
	var done sync.WaitGroup
	begin := make(chan struct{})
	for _, call := range calls {
		done.Go(func() {
			<-begin
			if err := call(); err != nil {
				t.Error(err)
			}
		})
	}
	close(begin)
	done.Wait()
}

func TestServersAtOnceDoEachBatchOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, refs := w.Assessment(t), manyCandidates(t, w, 350)
		row, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID,
			EndDate: w.Clock.Now().Add(time.Hour), Candidates: refs, IsNotify: true})
		if err != nil {
			t.Fatal(err)
		}
		server := func() error { return w.Runner.PerformQueued(context.Background(), row.ID) }
		atOnce(t, server, server, server)
		if err := w.DB.Read.First(&row, row.ID).Error; err != nil {
			t.Fatal(err)
		}
		var participations, messages int64
		w.DB.Read.Model(&models.AssessmentCandidate{}).Count(&participations)
		w.DB.Read.Model(&models.Notification{}).Where("assessment_candidate_id IS NOT NULL").Count(&messages)
		if row.Status != models.ActionCompleted || *row.SuccessCount != 350 || *row.ErrorCount != 0 || participations != 350 || messages != 350 {
			t.Errorf("%d succeeded, %d failed, %d participations, %d messages", *row.SuccessCount, *row.ErrorCount, participations, messages)
		}
	})
}

func TestInvitingTheSamePeopleAtOnceKeepsOneParticipation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, refs, rita := w.Assessment(t), manyCandidates(t, w, 20), w.As(t, w.Rita)
		invite := func() error {
			_, err := w.Runner.Record(context.Background(), rita, &actions.Invite{AssessmentID: assessment.ID,
				EndDate: w.Clock.Now().Add(time.Hour), Candidates: refs})
			return err
		}
		atOnce(t, invite, invite, invite, invite)
		var participations, attempts int64
		w.DB.Read.Model(&models.AssessmentCandidate{}).Count(&participations)
		w.DB.Read.Model(&models.AssessmentSectionCandidate{}).Count(&attempts)
		if participations != 20 || attempts != 40 {
			t.Errorf("%d participations, %d attempts", participations, attempts)
		}
	})
}

func TestADecisionAndALaterDateAtOnceAreBothKept(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, rita := w.Assessment(t), w.As(t, w.Rita)
		for n := range 8 {
			p := w.Invited(t, assessment, w.Candidate(t, n))
			before := *p.EndDate
			atOnce(t, func() error {
				_, err := w.Runner.Record(context.Background(), rita, &actions.ChangeStatus{StatusSortKey: models.Hold,
					AssessmentCandidates: actions.RefsTo([]int64{p.ID})})
				return err
			}, func() error {
				_, err := w.Runner.Record(context.Background(), rita, &actions.ExtendDate{EndDate: before.Add(24 * time.Hour),
					Participants: []actions.ParticipationRef{{ID: p.ID}}})
				return err
			})
			var row models.ActionRecord
			w.DB.Read.Where("name = 'extend-date'").Order("id DESC").First(&row)
			w.DB.Read.First(&p, p.ID)
			if p.Status() != models.Hold || (*row.SuccessCount == 1) != p.EndDate.After(before) {
				t.Errorf("status %s, %d extended, end %s, before %s", p.Status().Label(), *row.SuccessCount, p.EndDate, before)
			}
		}
	})
}

func TestTheLastEvaluationsAtOnceFinishTheParticipation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Completed(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)), 50)
		essay := w.EssayOf(t, p)
		var panel []models.User
		for n := range 4 {
			panel = append(panel, w.Panelist(t, n))
		}
		w.Assign(t, essay, panel...)
		var calls []func() error
		for _, u := range panel {
			actor := w.As(t, u)
			calls = append(calls, func() error {
				_, err := w.Runner.Record(context.Background(), actor, &actions.Evaluate{EvaluationInput: actions.EvaluationInput{
					AssessmentSectionCandidateID: essay.ID, Recommendation: models.RecommendSelect}})
				return err
			})
		}
		atOnce(t, calls...)
		if err := w.DB.Read.First(&p, p.ID).Error; err != nil {
			t.Fatal(err)
		}
		if models.StatusOf(p.SystemStatusID) != models.Evaluated {
			t.Errorf("the participation is %s", models.StatusOf(p.SystemStatusID).Label())
		}
	})
}

func TestAMessageDeliveredAtOnceLeavesOnce(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, candidate := w.Assessment(t), w.Candidate(t, 0)
		server := w.WithMail(t)
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, IsNotify: true,
			EndDate: w.Clock.Now().Add(time.Hour), Candidates: []actions.CandidateRef{{ID: candidate.ID}}}); err != nil {
			t.Fatal(err)
		}
		var message models.Notification
		if err := w.DB.Read.Where("candidate_id = ?", candidate.ID).First(&message).Error; err != nil {
			t.Fatal(err)
		}
		var done sync.WaitGroup
		for range 4 {
			done.Go(func() {
				// All but one may be refused, because the message is leaving.
				_ = w.Runner.Jobs.Perform(context.Background(), jobs.Task{Name: actions.TaskDeliver, Subject: message.ID})
			})
		}
		done.Wait()
		if n := len(server.Messages()); n != 1 {
			t.Errorf("%d messages left", n)
		}
	})
}

// manyCandidates adds candidates whose addresses nobody has yet.
func manyCandidates(t testing.TB, w *testkit.World, n int) []actions.CandidateRef {
	t.Helper()
	var before int64
	w.DB.Read.Model(&models.Candidate{}).Count(&before)
	people := make([]models.Candidate, n)
	for i := range people {
		people[i] = models.Candidate{Owned: models.Owned{OrganizationID: w.Acme.ID}, FirstName: "Cleo", StatusID: models.CandidateStatusNew,
			Email: fmt.Sprintf("many%d@example.org", before+int64(i))}
	}
	if err := w.DB.Write.CreateInBatches(&people, 50).Error; err != nil {
		t.Fatal(err)
	}
	refs := make([]actions.CandidateRef, n)
	for i, p := range people {
		refs[i].ID = p.ID
	}
	return refs
}
