package actions_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/mail/mailtest"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func decide(to models.StatusKey, ps ...models.AssessmentCandidate) *actions.ChangeStatus {
	var ids []int64
	for _, p := range ps {
		ids = append(ids, p.ID)
	}
	return &actions.ChangeStatus{StatusSortKey: to, AssessmentCandidates: actions.RefsTo(ids)}
}

func reload(t *testing.T, w *testkit.World, p models.AssessmentCandidate) models.AssessmentCandidate {
	t.Helper()
	if err := w.DB.Read.First(&p, p.ID).Error; err != nil {
		t.Fatal(err)
	}
	return p
}

func ledgerOf(t *testing.T, w *testkit.World, verb string, subject int64) []models.AuditEntry {
	t.Helper()
	var found []models.AuditEntry
	if err := w.DB.Read.Where("verb = ? AND subject_id = ?", verb, subject).Find(&found).Error; err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRejectingMovesTellsTomorrowAndLeavesARow(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		p := w.Finished(t, w.Assessment(t), 1)[0]
		tomorrow := w.Clock.Now().Add(24 * time.Hour)
		a := decide(models.Rejected, p)
		a.ReasonText, a.IsNotify, a.NotifyAt = "Not this time", true, &tomorrow
		row := w.Record(t, w.As(t, w.Rita), a)
		if row.Status != models.ActionCompleted || row.Type != nil || *row.SuccessCount != 1 || *row.ErrorCount != 0 {
			t.Errorf("action row %+v", row)
		}
		p = reload(t, w, p)
		if p.Status() != models.Rejected || p.ReasonText == nil || *p.ReasonText != "Not this time" {
			t.Errorf("got %s, %v", p.Status().Label(), p.ReasonText)
		}
		if got := ledgerOf(t, w, "change-status", p.ID); len(got) != 1 || got[0].Detail["from"] != "Completed" || got[0].Detail["to"] != "Rejected" {
			t.Errorf("ledger %+v", got)
		}
		said := func(m mailtest.Message) bool { return strings.Contains(m.Subject, "our decision") }
		if slices.ContainsFunc(inbox.Messages(), said) {
			t.Error("the candidate was told before the time")
		}
		w.Clock.Advance(25 * time.Hour)
		w.Drain(t)
		if m := inbox.WaitFor(t, said); !slices.Contains(m.Recipients, "candidate0@example.org") {
			t.Errorf("told %v", m.Recipients)
		}
	})
}

func TestUndoTakesTheDecisionAndItsMessageBack(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		rita := w.As(t, w.Rita)
		w.Record(t, rita, decide(models.Hold, p))
		tomorrow := w.Clock.Now().Add(24 * time.Hour)
		a := decide(models.Rejected, p)
		a.IsNotify, a.NotifyAt = true, &tomorrow
		row := w.Record(t, rita, a)
		w.Run(t, rita, &actions.UndoStatus{ActionID: row.ID})
		if got := reload(t, w, p).Status(); got != models.Hold {
			t.Errorf("undone to %s, want the hold before", got.Label())
		}
		var n models.Notification
		w.DB.Read.Where("assessment_candidate_id = ?", p.ID).Order("id DESC").First(&n)
		if n.Status != models.NotificationArchived {
			t.Errorf("the message is %s", n.Status)
		}
		if err := w.Runner.Run(context.Background(), rita, &actions.UndoStatus{ActionID: row.ID}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("undone twice: %v", err)
		}
		w.Run(t, rita, &actions.UndoStatus{AssessmentCandidates: a.AssessmentCandidates})
		if got := reload(t, w, p).Status(); got != models.Completed {
			t.Errorf("undone to %s, want what the system had reached", got.Label())
		}
		if len(ledgerOf(t, w, "undo-status", p.ID)) != 2 {
			t.Error("undoing left no trace in the ledger")
		}
	})
}

func TestWhoWasToldStays(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.WithMail(t)
		p := w.Finished(t, w.Assessment(t), 1)[0]
		w.Clock.Advance(time.Minute)
		a := decide(models.Selected, p)
		a.IsNotify = true
		row := w.Record(t, w.As(t, w.Rita), a)
		err := w.Runner.Run(context.Background(), w.As(t, w.Rita), &actions.UndoStatus{ActionID: row.ID})
		if fault.KindOf(err) != fault.Conflict || reload(t, w, p).Status() != models.Selected {
			t.Errorf("got %v, %s", err, reload(t, w, p).Status().Label())
		}
	})
}

func TestDecidingOnManyGoesOnInTheBackground(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ps := w.Finished(t, w.Assessment(t), 30)
		row := w.Record(t, w.As(t, w.Rita), decide(models.Archived, ps...))
		if row.Status != models.ActionCompleted || *row.SuccessCount != 30 {
			t.Fatalf("row %+v", row)
		}
		w.Run(t, w.As(t, w.Rita), &actions.UndoStatus{ActionID: row.ID})
		var back int64
		w.DB.Read.Model(&models.AssessmentCandidate{}).Where("status_id = ?", models.Completed.ID()).Count(&back)
		if back != 30 {
			t.Errorf("%d came back", back)
		}
	})
}

func TestChangingStatusIsRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Finished(t, w.Assessment(t), 1)[0]
		with := func(change func(*actions.ChangeStatus)) actions.ChangeStatus {
			a := *decide(models.Rejected, p)
			change(&a)
			return a
		}
		same := with(func(*actions.ChangeStatus) {})
		rows := []struct {
			name   string
			user   models.User
			action actions.ChangeStatus
			want   fault.Kind
		}{
			{"a status that is reached, not set", w.Rita, with(func(a *actions.ChangeStatus) { a.StatusSortKey = models.Evaluated }), fault.Invalid},
			{"nobody", w.Rita, with(func(a *actions.ChangeStatus) { a.AssessmentCandidates = nil }), fault.Invalid},
			{"an unknown reason", w.Rita, with(func(a *actions.ChangeStatus) { a.ReasonKey = "nope" }), fault.Invalid},
			{"telling of an archived one", w.Rita, with(func(a *actions.ChangeStatus) { a.StatusSortKey, a.IsNotify = models.Archived, true }), fault.Invalid},
			{"telling of a hold in no words", w.Rita, with(func(a *actions.ChangeStatus) { a.StatusSortKey, a.IsNotify = models.Hold, true }), fault.Invalid},
			{"a tag that is not known", w.Rita, with(func(a *actions.ChangeStatus) { a.IsNotify, a.Content = true, "<p>{%salary}</p>" }), fault.Invalid},
			{"somebody unknown", w.Rita, with(func(a *actions.ChangeStatus) { a.AssessmentCandidates = actions.RefsTo([]int64{p.ID, 999}) }), fault.NotFound},
			{"a panelist", w.Paul, same, fault.Forbidden},
			{"another firm", w.Otto, same, fault.NotFound},
		}
		for _, row := range rows {
			_, err := w.Runner.Record(context.Background(), w.As(t, row.user), &row.action)
			if fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
		if got := reload(t, w, p).Status(); got != models.Completed {
			t.Errorf("a refused change moved the candidate to %s", got.Label())
		}
	})
}
