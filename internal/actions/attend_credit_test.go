package actions_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

func TestAMeasuredDisconnectionIsCreditedUpToTheCap(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		deadline := *s.attempt.DeadlineAt
		s.beat(t, false)
		s.Clock.Advance(40 * time.Second)
		if a := s.beat(t, false); !a.DeadlineAt.Equal(deadline) {
			t.Error("a short silence moved the deadline")
		}
		s.Clock.Advance(3 * time.Minute)
		if a := s.beat(t, false); !a.DeadlineAt.Equal(deadline.Add(3*time.Minute)) || a.CreditSeconds != 180 {
			t.Errorf("deadline %s, credit %d", a.DeadlineAt, a.CreditSeconds)
		}
		s.Clock.Advance(20 * time.Minute)
		a := s.beat(t, false)
		if !a.DeadlineAt.Equal(deadline.Add(10*time.Minute)) || a.CreditSeconds != 600 {
			t.Errorf("deadline %s, credit %d, want the cap", a.DeadlineAt, a.CreditSeconds)
		}
		credits := s.events(t, models.EventCredit)
		if len(credits) != 2 || *credits[0].Seconds != 180 || *credits[1].Seconds != 420 || fmt.Sprint(credits[1].Detail["lost_seconds"]) != "1200" {
			t.Errorf("evidence %+v", credits)
		}
		if runs := s.events(t, models.EventHeartbeat); len(runs) != 3 || *runs[0].Seconds != 40 {
			t.Errorf("runs %+v", runs)
		}
	})
}

func TestLeavingThePageIsNoDisconnection(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.beat(t, false)
		s.beat(t, true)
		s.Clock.Advance(5 * time.Minute)
		if a := s.beat(t, false); a.CreditSeconds != 0 {
			t.Errorf("%d seconds credited", a.CreditSeconds)
		}
	})
}

func TestANetworkThatFailsAtTheEndCostsNobodyTheLastMinutes(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		s.beat(t, false)
		s.Clock.Advance(28 * time.Minute)
		for range 2 {
			s.Run(t, s.candidate, &actions.Heartbeat{AttemptID: s.attempt.ID, Leaving: true})
			s.beat(t, false)
		}
		s.Clock.Advance(3 * time.Minute)
		s.Drain(t)
		if s.now(t).IsClosed() {
			t.Fatal("closed while the candidate was cut off")
		}
		_, err := s.save("b", 0)
		want(t, err, "")
		s.Clock.Advance(time.Hour)
		s.Drain(t)
		s.Clock.Advance(time.Hour)
		s.Drain(t)
		a := s.now(t)
		if !a.IsClosed() || a.CreditSeconds > 600 || *a.Score != 1 {
			t.Errorf("closed %v, credit %d, score %v", a.IsClosed(), a.CreditSeconds, a.Score)
		}
	})
}

func TestExtendingMovesTheDeadlineAndOpensWhatRanOut(t *testing.T) {
	eachSitting(t, func(t *testing.T, s *sat) {
		rita := s.As(t, s.Rita)
		s.Run(t, rita, &actions.ExtendAttempt{AttemptID: s.attempt.ID, Seconds: 300})
		s.Clock.Advance(32 * time.Minute)
		s.Drain(t)
		if s.now(t).IsClosed() {
			t.Fatal("closed within the extension")
		}
		s.Clock.Advance(4 * time.Minute)
		s.Drain(t)
		if !s.now(t).IsClosed() {
			t.Fatal("left open after the extension")
		}
		s.Run(t, rita, &actions.ExtendAttempt{AttemptID: s.attempt.ID, Seconds: 120})
		if a := s.now(t); a.IsClosed() || !a.DeadlineAt.Equal(s.Clock.Now().Add(2*time.Minute)) {
			t.Errorf("not open again: %+v", a)
		}
		_, err := s.save("b", 0)
		want(t, err, "")
		s.Run(t, s.candidate, &actions.SubmitAttempt{AttemptID: s.attempt.ID})
		want(t, s.Runner.Run(context.Background(), rita, &actions.ExtendAttempt{AttemptID: s.attempt.ID, Seconds: 60}), fault.Conflict)
		want(t, s.Runner.Run(context.Background(), s.As(t, s.Otto), &actions.ExtendAttempt{AttemptID: s.attempt.ID, Seconds: 60}), fault.NotFound)
	})
}
