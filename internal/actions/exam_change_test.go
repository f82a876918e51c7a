package actions_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// told tells whether a subscription received since it was last asked.
func told(changed <-chan struct{}) bool {
	select {
	case <-changed:
		return true
	case <-time.After(5 * time.Second):
		return false
	}
}

// listen subscribes to a topic once messages of the database arrive.
func listen(t *testing.T, w *testkit.World, topic string, id int64) <-chan struct{} {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { w.Runner.Hub.Listen(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	probe, endProbe := w.Runner.Hub.Subscribe("probe")
	defer endProbe()
	for arrived := false; !arrived; {
		w.Runner.Hub.Publish(ctx, "probe")
		select {
		case <-probe:
			arrived = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	changed, end := w.Runner.Hub.Subscribe(actions.Topic(topic, id))
	t.Cleanup(end)
	return changed
}

func TestClosingTheLastSectionAfterTheEvaluationsMakesItEvaluated(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		cleo := w.AsCandidate(t, p)
		essay, _ := w.Started(t, p, 1)
		w.Run(t, cleo, &actions.SubmitAttempt{AttemptID: essay.ID})
		w.Assign(t, essay, w.Paul)
		w.Record(t, w.As(t, w.Paul), &actions.Evaluate{EvaluationInput: verdict(essay, "Select")})
		if got := reload(t, w, p).Status(); got != models.Attending {
			t.Fatalf("with a section open: %s", got.Label())
		}
		last, _ := w.Started(t, p, 0)
		changed := listen(t, w, actions.TopicAssessment, p.AssessmentID)
		w.Run(t, cleo, &actions.SubmitAttempt{AttemptID: last.ID})
		if got := reload(t, w, p); got.Status() != models.Evaluated || got.EvaluatedAt == nil {
			t.Errorf("after the last section: %s", got.Status().Label())
		}
		if !told(changed) {
			t.Error("open pipelines were not told")
		}
	})
}

func TestOpenPipelinesHearThatAnInvitationLeft(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.WithMail(t)
		assessment, cleo := w.Assessment(t), w.Candidate(t, 0)
		_, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, IsNotify: true,
			EndDate: w.Clock.Now().Add(time.Hour), Candidates: []actions.CandidateRef{{ID: cleo.ID}}})
		want(t, err, "")
		var p models.AssessmentCandidate
		w.DB.Read.Where("candidate_id = ?", cleo.ID).First(&p)
		changed := listen(t, w, actions.TopicAssessment, p.AssessmentID)
		w.Drain(t)
		if got := reload(t, w, p).Status(); got != models.Mailed {
			t.Fatalf("after the mail left: %s", got.Label())
		}
		if !told(changed) {
			t.Error("open pipelines were not told")
		}
	})
}

func TestARecruiterClosesASectionAndOpensItAgain(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		_, err := s.save("b", 0)
		want(t, err, "")
		rita := s.As(t, s.Rita)
		want(t, s.Runner.Run(context.Background(), rita, &actions.EndAttempt{AttemptID: s.attempt.ID}), fault.Invalid)
		want(t, s.Runner.Run(context.Background(), s.As(t, s.Otto), &actions.EndAttempt{AttemptID: s.attempt.ID, Reason: "x"}), fault.NotFound)
		want(t, s.Runner.Run(context.Background(), s.candidate, &actions.EndAttempt{AttemptID: s.attempt.ID, Reason: "x"}), fault.Forbidden)
		changed := listen(t, s.World, actions.TopicAttempt, s.attempt.ID)
		s.Run(t, rita, &actions.EndAttempt{AttemptID: s.attempt.ID, Reason: "Fire drill"})
		if a := s.now(t); !a.IsClosed() || *a.ClosedBy != models.ClosedByRecruiter || *a.Score != 1 {
			t.Errorf("closed %+v", a)
		}
		if !told(changed) {
			t.Error("the open exam page was not told")
		}
		want(t, s.Runner.Run(context.Background(), rita, &actions.EndAttempt{AttemptID: s.attempt.ID, Reason: "Again"}), fault.Gone)
		s.Run(t, rita, &actions.ExtendAttempt{AttemptID: s.attempt.ID, Seconds: 600, Reason: "The drill is over"})
		if a := s.now(t); a.IsClosed() || !a.DeadlineAt.Equal(s.Clock.Now().Add(10*time.Minute)) {
			t.Errorf("opened again %+v", a)
		}
	})
}

func TestMovingTheEndGivesBackWhatTheOldOneCut(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		w.Run(t, w.As(t, w.Rita), &actions.ExtendAttempt{AttemptID: w.Attempts(t, p)[0].ID, Seconds: 60})
		w.Clock.Advance(7*24*time.Hour - 10*time.Minute)
		began := w.Clock.Now()
		cut, _ := w.Started(t, p, 0)
		if want := began.Add(11 * time.Minute); !cut.DeadlineAt.Equal(want) {
			t.Fatalf("deadline %v, want %v", cut.DeadlineAt, want)
		}
		changed := listen(t, w, actions.TopicAttempt, cut.ID)
		w.Record(t, w.As(t, w.Rita), &actions.ExtendDate{EndDate: began.Add(24 * time.Hour), Participants: refs(p)})
		if a := w.Attempts(t, p)[0]; !a.DeadlineAt.Equal(began.Add(31*time.Minute)) || !a.EndDate.Equal(began.Add(24*time.Hour)) {
			t.Errorf("deadline %v, end %v", a.DeadlineAt, a.EndDate)
		}
		if !told(changed) {
			t.Error("the open exam page was not told")
		}
		w.Clock.Advance(12 * time.Minute)
		w.Drain(t)
		if w.Attempts(t, p)[0].IsClosed() {
			t.Error("closed at the old deadline")
		}
		w.Clock.Advance(20 * time.Minute)
		w.Drain(t)
		if !w.Attempts(t, p)[0].IsClosed() {
			t.Error("not closed at the new deadline")
		}
	})
}

func TestASectionOpenedAnewEndsTheOldLinkAndItsSessions(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		for n, notify := range []bool{true, false} {
			p := w.Invited(t, w.Assessment(t), w.Candidate(t, n))
			attempt, _ := w.Started(t, p, 0)
			link, visitor := w.Link(t, p), w.Visitor(t)
			visitor.Post(t, link, url.Values{"code": {p.VerifyCode}}).Want(http.StatusSeeOther)
			visitor.Get(t, "/attend").Want(http.StatusOK)
			w.Run(t, w.AsCandidate(t, p), &actions.SubmitAttempt{AttemptID: attempt.ID})
			w.Record(t, w.As(t, w.Rita), &actions.ReInvite{Participants: refs(p), AssessmentSectionID: attempt.AssessmentSectionID, IsNotify: notify})
			visitor.Get(t, "/attend").Want(http.StatusUnauthorized)
			if old := visitor.Get(t, link).Status; (old == http.StatusOK) == notify {
				t.Errorf("told %v: the old link answers %d", notify, old)
			}
			visitor.Get(t, w.Link(t, reload(t, w, p))).Want(http.StatusOK)
		}
	})
}

func TestAZeroIsKept(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		own := models.Owned{OrganizationID: w.Acme.ID}
		assessment := models.Assessment{Owned: own, Title: "No credit", StatusID: models.AssessmentDraft}
		section := models.Section{Owned: own, Title: "No marks", SectionTypeID: models.ObjectiveSection}
		for _, row := range []any{&assessment, &section} {
			if err := w.DB.Write.Create(row).Error; err != nil {
				t.Fatal(err)
			}
		}
		placed := models.AssessmentSection{Owned: own, AssessmentID: assessment.ID, SectionID: section.ID, MultipleAnswer: models.AllOrNothing}
		if err := w.DB.Write.Create(&placed).Error; err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Read.First(&assessment, assessment.ID).Error; err != nil || assessment.OutageCreditCap != 0 {
			t.Errorf("cap %d, %v", assessment.OutageCreditCap, err)
		}
		if err := w.DB.Read.First(&placed, placed.ID).Error; err != nil || placed.PositiveMark != 0 {
			t.Errorf("mark %v, %v", placed.PositiveMark, err)
		}
	})
}
