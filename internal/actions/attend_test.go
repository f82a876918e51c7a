package actions_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// sat is a candidate in the middle of the timed objective section of w.Assessment: 30 minutes, one question.
type sat struct {
	*testkit.World
	candidate     access.Actor
	participation models.AssessmentCandidate
	attempt       models.AssessmentSectionCandidate
	answer        models.Answer
}

func sit(t *testing.T, w *testkit.World) *sat {
	t.Helper()
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
	attempt, paper := w.Started(t, p, 0)
	return &sat{w, w.AsCandidate(t, p), p, attempt, paper[0]}
}

func (s *sat) save(choice string, base int64) (*actions.SaveAnswer, error) {
	a := &actions.SaveAnswer{AnswerID: s.answer.ID, Base: base, Value: models.AnswerValue{Choices: []string{choice}}}
	return a, s.Runner.Run(context.Background(), s.candidate, a)
}

func (s *sat) beat(t *testing.T, leaving bool) models.AssessmentSectionCandidate {
	t.Helper()
	a := &actions.Heartbeat{AttemptID: s.attempt.ID, Leaving: leaving}
	s.Run(t, s.candidate, a)
	return a.Attempt
}

func (s *sat) now(t *testing.T) models.AssessmentSectionCandidate {
	t.Helper()
	return s.Attempts(t, s.participation)[0]
}

func (s *sat) status(t *testing.T) models.AssessmentCandidate {
	t.Helper()
	var p models.AssessmentCandidate
	if err := s.DB.Read.First(&p, s.participation.ID).Error; err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *sat) events(t *testing.T, kind models.AttemptEventKind) []models.AttemptEvent {
	t.Helper()
	var found []models.AttemptEvent
	err := s.DB.Read.Where("assessment_section_candidate_id = ? AND kind = ?", s.attempt.ID, kind).Order("id").Find(&found).Error
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func eachSitting(t *testing.T, test func(t *testing.T, s *sat)) {
	t.Helper()
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) { test(t, sit(t, w)) })
}

func want(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != kind {
		t.Errorf("got %v, want %s", err, kind)
	}
}

func TestStartingDrawsThePaperOnceAndSetsTheClock(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.Run(t, s.candidate, &actions.StartAttempt{AttemptID: s.attempt.ID})
		if n := len(s.Paper(t, s.attempt.ID)); n != 1 {
			t.Errorf("%d questions on the paper after starting twice", n)
		}
		if got := s.attempt.DeadlineAt.Sub(s.Clock.Now()); got != 30*time.Minute {
			t.Errorf("%s left, want the section's limit", got)
		}
		if p := s.status(t); p.Status() != models.Attending || p.AttendedAt == nil {
			t.Errorf("status %s", p.Status().Label())
		}
	})
}

func TestStartingIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p, other := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		candidate, attempts := w.AsCandidate(t, p), w.Attempts(t, p)
		start := func(who access.Actor, id int64) error {
			return w.Runner.Run(context.Background(), who, &actions.StartAttempt{AttemptID: id})
		}
		want(t, start(candidate, attempts[0].ID), fault.Conflict) // nothing was agreed to
		w.Run(t, candidate, &actions.Consent{Agreed: true})
		want(t, start(w.AsCandidate(t, other), attempts[0].ID), fault.NotFound)
		want(t, start(w.As(t, w.Rita), attempts[0].ID), fault.Forbidden)
		want(t, start(candidate, attempts[0].ID), "")
		want(t, start(candidate, attempts[1].ID), fault.Conflict) // the first one's clock runs
		w.Clock.Advance(8 * 24 * time.Hour)
		w.Drain(t)
		want(t, start(candidate, attempts[1].ID), fault.Gone) // the last day has passed
	})
}

func TestTheWindowCutsTheLimitButNotTheAccommodation(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		w.Run(t, w.As(t, w.Rita), &actions.ExtendAttempt{AttemptID: w.Attempts(t, p)[0].ID, Seconds: 600})
		w.Clock.Advance(7*24*time.Hour - 10*time.Minute)
		attempt, _ := w.Started(t, p, 0)
		if got := attempt.DeadlineAt.Sub(w.Clock.Now()); got != 20*time.Minute {
			t.Errorf("%s left, want ten minutes to the last day and ten more", got)
		}
	})
}

func TestAnOlderRevisionNeverOverwrites(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		first, err := s.save("a", 0)
		want(t, err, "")
		if first.Answer.Revision != 1 {
			t.Errorf("revision %d", first.Answer.Revision)
		}
		_, err = s.save("c", 0)
		want(t, err, fault.Conflict)
		_, err = s.save("a", 0) // the acknowledgement was lost
		want(t, err, "")
		_, err = s.save("b", 1)
		want(t, err, "")
		if stored := s.Paper(t, s.attempt.ID)[0]; stored.Revision != 2 || stored.Value.Data().Choices[0] != "b" {
			t.Errorf("stored %+v at revision %d", stored.Value.Data(), stored.Revision)
		}
	})
}

func TestAPageThatDidNotWaitIsNoConflict(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		save := func(choice, writer string, base, revision int64) error {
			return s.Runner.Run(context.Background(), s.candidate, &actions.SaveAnswer{AnswerID: s.answer.ID, Base: base,
				Revision: revision, Writer: writer, Value: models.AnswerValue{Choices: []string{choice}}})
		}
		want(t, save("a", "laptop", 0, 2), "")
		want(t, save("c", "laptop", 0, 1), fault.Conflict) // sent before, arrived after
		want(t, save("b", "laptop", 0, 3), "")
		want(t, save("c", "phone", 0, 9), fault.Conflict)
		if stored := s.Paper(t, s.attempt.ID)[0]; stored.Revision != 3 || stored.Value.Data().Choices[0] != "b" {
			t.Errorf("stored %+v at revision %d", stored.Value.Data(), stored.Revision)
		}
	})
}

func TestASaveInTheGraceCountsAndOneAfterItIsGone(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.Clock.Advance(30*time.Minute + 10*time.Second)
		s.Drain(t)
		_, err := s.save("b", 0)
		want(t, err, "")
		s.Clock.Advance(10 * time.Second)
		_, err = s.save("a", 1)
		want(t, err, fault.Gone)
		s.Drain(t)
		if a := s.now(t); !a.IsClosed() || *a.ClosedBy != models.ClosedByDeadline || *a.Score != 1 || !a.CompletedAt.Equal(*a.DeadlineAt) {
			t.Errorf("closed %+v", a)
		}
	})
}

func TestAnAttemptNobodyFinishesIsClosedAndScored(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		_, err := s.save("b", 0)
		want(t, err, "")
		s.Clock.Advance(29 * time.Minute)
		s.Drain(t)
		if s.now(t).IsClosed() {
			t.Fatal("closed before its deadline")
		}
		s.Clock.Advance(2 * time.Minute)
		s.Drain(t)
		if a := s.now(t); !a.IsClosed() || *a.Score != 1 {
			t.Errorf("closed %v, score %v", a.IsClosed(), a.Score)
		}
		if p := s.status(t); p.Status() != models.Attending || *p.Score != 100 {
			t.Errorf("status %s, score %v: the other section is open", p.Status().Label(), p.Score)
		}
	})
}

func TestTheSweepClosesWhatALostTaskLeft(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		if err := s.DB.Write.Exec("DELETE FROM river_job").Error; err != nil {
			t.Fatal(err)
		}
		s.Clock.Advance(31 * time.Minute)
		if err := s.Runner.Jobs.Perform(context.Background(), jobs.Task{Name: actions.TaskSweep}); err != nil {
			t.Fatal(err)
		}
		if !s.now(t).IsClosed() {
			t.Error("left open")
		}
	})
}

func TestSubmittingEverySectionCompletesTheParticipation(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.Run(t, s.candidate, &actions.SubmitAttempt{AttemptID: s.attempt.ID})
		_, err := s.save("b", 0)
		want(t, err, fault.Gone)
		essay, paper := s.Started(t, s.participation, 1)
		s.Run(t, s.candidate, &actions.SaveAnswer{AnswerID: paper[0].ID, Value: models.AnswerValue{Text: "It ended well."}})
		s.Run(t, s.candidate, &actions.SubmitAttempt{AttemptID: essay.ID})
		p := s.status(t)
		if p.Status() != models.Completed || *p.Score != 0 {
			t.Errorf("status %s, score %v", p.Status().Label(), *p.Score)
		}
		if essay := s.Attempts(t, s.participation)[1]; essay.Score != nil {
			t.Errorf("an essay was scored: %v", *essay.Score)
		}
	})
}

func TestWhatIsNotOfferedIsRefused(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		for _, choices := range [][]string{{"z"}, {"a", "b"}} {
			want(t, s.Runner.Run(context.Background(), s.candidate, &actions.SaveAnswer{AnswerID: s.answer.ID,
				Value: models.AnswerValue{Choices: choices}}), fault.Invalid)
		}
		other := s.Invited(t, models.Assessment{Row: models.Row{ID: s.attempt.AssessmentID}}, s.Candidate(t, 1))
		want(t, s.Runner.Run(context.Background(), s.AsCandidate(t, other), &actions.SaveAnswer{AnswerID: s.answer.ID}), fault.NotFound)
	})
}

func TestACorrectedKeyScoresAnewAndTheLedgerKeepsTheOldScore(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		_, err := s.save("a", 0)
		want(t, err, "")
		s.Run(t, s.candidate, &actions.SubmitAttempt{AttemptID: s.attempt.ID})
		if p := s.status(t); *p.Score != 0 {
			t.Fatalf("score %v", *p.Score)
		}
		row := s.Record(t, s.As(t, s.Rita), &actions.CorrectKey{QuestionID: s.answer.QuestionID, Reason: "Porto was meant",
			Key: models.AnswerKey{Correct: []string{"a"}}})
		if *row.TotalCount != 1 || *row.SuccessCount != 1 {
			t.Errorf("row %+v", row)
		}
		if a, p := s.now(t), s.status(t); *a.Score != 1 || *p.Score != 100 || a.SkillScores[0].Score != 1 {
			t.Errorf("attempt %v, participation %v, skills %+v", *a.Score, *p.Score, a.SkillScores)
		}
		var entry models.AuditEntry
		if err := s.DB.Read.Where("verb = 'rescore'").First(&entry).Error; err != nil {
			t.Fatal(err)
		}
		before, _ := entry.Detail["before"].(map[string]any)
		if fmt.Sprintf("%v %v", before["score"], entry.Detail["overall_after"]) != "0 100" {
			t.Errorf("the ledger keeps %+v", entry.Detail)
		}
		_, err = s.Runner.Record(context.Background(), s.As(t, s.Rita), &actions.CorrectKey{QuestionID: s.answer.QuestionID,
			Key: models.AnswerKey{Correct: []string{"z"}}})
		want(t, err, fault.Invalid)
	})
}

func TestObservationsAreEvidence(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.Clock.Advance(time.Minute)
		s.Run(t, s.candidate, &actions.RecordEvents{AttemptID: s.attempt.ID, Events: []actions.ObservedEvent{
			{Kind: models.EventTabLeft, Ago: 20 * time.Second, Seconds: 12}, {Kind: models.EventPaste, Size: 40}}})
		left := s.events(t, models.EventTabLeft)
		if len(left) != 1 || *left[0].Seconds != 12 || !left[0].At.Equal(s.Clock.Now().Add(-20*time.Second)) {
			t.Errorf("got %+v", left)
		}
		want(t, s.Runner.Run(context.Background(), s.candidate, &actions.RecordEvents{AttemptID: s.attempt.ID,
			Events: []actions.ObservedEvent{{Kind: models.EventCredit, Seconds: 600}}}), fault.Invalid)
	})
}

func TestVerifyingOpensASessionAndGuessingIsBounded(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		link := strings.TrimPrefix(w.Link(t, p), "/attend/")
		verify := func(link, code string) (*actions.VerifyCandidate, error) {
			a := &actions.VerifyCandidate{Link: link, Code: code, TimeZone: "Asia/Kolkata", Agent: "a phone"}
			return a, w.Runner.Run(context.Background(), access.Anonymous(), a)
		}
		first, err := verify(link, p.VerifyCode[:4]+" "+p.VerifyCode[4:])
		want(t, err, "")
		actor, err := w.Runner.Identify(context.Background(), first.Token)
		if err != nil || actor.AssessmentCandidateID != p.ID || actor.TimeZone != "Asia/Kolkata" || actor.Organization != "Acme" {
			t.Errorf("actor %+v, %v", actor, err)
		}
		_, err = verify(link, p.VerifyCode)
		want(t, err, "")
		var second int64
		w.DB.Read.Model(&models.AttemptEvent{}).Where("kind = ?", models.EventSecondDevice).Count(&second)
		if second != 1 {
			t.Errorf("%d second devices noted", second)
		}
		for range 10 {
			_, err = verify(link, "00000000")
			want(t, err, fault.Invalid)
		}
		_, err = verify(link, p.VerifyCode)
		want(t, err, fault.TooMany)
		var refused []models.AuditEntry
		w.DB.Read.Where("verb = ? AND subject_id = ?", "refuse-code", p.ID).Find(&refused)
		if len(refused) != 10 || refused[0].OrganizationID != p.OrganizationID || len(refused[0].Detail) != 0 {
			t.Errorf("the ledger holds %d wrong codes", len(refused))
		}
		later := w.Runner.World.Links.Code(w.Attempts(t, p)[1].ID, p.LinkEpoch, w.Clock.Now().Add(time.Hour))
		_, err = verify(later, p.VerifyCode) // another link to the same participation
		want(t, err, fault.TooMany)
		_, err = verify(link[:9]+"\n"+link[9:], p.VerifyCode) // the same link, written in another way
		want(t, err, fault.NotFound)
		w.Clock.Advance(time.Minute)
		_, err = verify(link, p.VerifyCode)
		want(t, err, "")
		_, err = verify(link[:len(link)-4]+"AAAA", p.VerifyCode)
		want(t, err, fault.NotFound)
		if err := w.DB.Write.Model(&p).Update("link_epoch", 2).Error; err != nil {
			t.Fatal(err)
		}
		_, err = verify(link, p.VerifyCode)
		want(t, err, fault.NotFound)
	})
}
