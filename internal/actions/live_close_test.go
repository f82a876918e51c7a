package actions_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// sweep performs a task that looks for work by itself.
func sweep(t *testing.T, w *testkit.World, task string) {
	t.Helper()
	if err := w.Runner.Jobs.Perform(context.Background(), jobs.Task{Name: task}); err != nil {
		t.Fatal(err)
	}
}

func TestLiveSessionsEndByThemselves(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		schedule := func(n int, change func(*actions.LiveSchedule)) models.LiveSession {
			a := w.Appointing(w.Invited(t, assessment, w.Candidate(t, n)))
			a.Force = true
			change(&a)
			w.Record(t, w.As(t, w.Rita), &a)
			return w.SessionOf(t, a.UID)
		}
		nothing := func(*actions.LiveSchedule) {}
		nobody, met := schedule(0, nothing), schedule(1, nothing)
		onSite := schedule(2, func(a *actions.LiveSchedule) { a.IsOffline = true })
		later := schedule(3, func(a *actions.LiveSchedule) { a.EndDate = a.EndDate.Add(time.Hour) })
		called := schedule(4, nothing)
		w.Record(t, w.As(t, w.Rita), &actions.LiveCancel{LiveSessionID: called.ID})
		rita := w.Program(t, w.Rita)
		for _, seat := range w.Attendees(t, met) {
			rita.JSON(t, http.MethodPut, fmt.Sprintf("/api/v4/models/live-attendee/%d", seat.ID), map[string]int{"status": 2}).Want(http.StatusOK)
		}
		if got := w.SessionOf(t, met.UID).Status; got != models.LiveInProgress {
			t.Errorf("a session that people came to is %s", got.Label())
		}

		w.Clock.Advance(nobody.EndsAt.Sub(w.Clock.Now()))
		sweep(t, w, actions.TaskSessions)
		if got := w.SessionOf(t, nobody.UID).Status; got != models.LiveScheduled {
			t.Errorf("a session that may overrun is %s", got.Label())
		}
		w.Clock.Advance(30 * time.Minute)
		sweep(t, w, actions.TaskSessions)
		for uid, want := range map[string]models.LiveSessionStatus{nobody.UID: models.LiveBothNoShow, met.UID: models.LiveComplete,
			onSite.UID: models.LiveComplete, later.UID: models.LiveScheduled, called.UID: models.LiveCancelled} {
			s := w.SessionOf(t, uid)
			if s.Status != want {
				t.Errorf("%s is %s, want %s", s.Name, s.Status.Label(), want.Label())
			}
			for _, seat := range w.Attendees(t, s) {
				if seat.Status != seat.StatusIn(want) {
					t.Errorf("the seat of %s in a session that is %s has status %d", seat.FullName, want.Label(), seat.Status)
				}
			}
		}

		// Who was there all the same is said afterwards, and the session follows.
		for _, seat := range w.Attendees(t, nobody) {
			if seat.Role == models.LiveParticipant {
				rita.JSON(t, http.MethodPut, fmt.Sprintf("/api/v4/models/live-attendee/%d", seat.ID), map[string]int{"status": 3}).Want(http.StatusOK)
			}
		}
		if got := w.SessionOf(t, nobody.UID).Status; got != models.LivePanelNoShow {
			t.Errorf("with the candidate it is %s", got.Label())
		}
	})
}

func TestEventsBeginAndEndByThemselves(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		e := w.Event(t)
		from, to := w.Clock.Now().Add(time.Hour), w.Clock.Now().Add(5*time.Hour)
		if err := w.DB.Write.Model(&e).Updates(map[string]any{"status": models.EventOpen, "start_date": from, "end_date": to}).Error; err != nil {
			t.Fatal(err)
		}
		for _, want := range []models.EventStatus{models.EventOpen, models.EventLive, models.EventLive, models.EventPanelReview, models.EventPanelReview} {
			sweep(t, w, actions.TaskSessions)
			if err := w.DB.Read.First(&e, e.ID).Error; err != nil || e.Status != want {
				t.Fatalf("at %s it is %s, want %s (%v)", w.Clock.Now(), e.Status.Label(), want.Label(), err)
			}
			w.Clock.Advance(2 * time.Hour)
		}
	})
}
