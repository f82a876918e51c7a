package actions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/addresses"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

func refs(p ...models.AssessmentCandidate) []actions.ParticipationRef {
	var found []actions.ParticipationRef
	for _, one := range p {
		found = append(found, actions.ParticipationRef{ID: one.ID})
	}
	return found
}

func TestInvitingAddresses(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		assessment, cleo := w.Assessment(t), w.Candidate(t, 0)
		list := addresses.Parse("Ann Lee <ann@example.org>, ANN@example.org\n" + strings.ToUpper(cleo.Email))
		row := w.Record(t, w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, IsNotify: true,
			EndDate: w.Clock.Now().Add(time.Hour), People: list.People, Subject: "Come, {%candidate-first-name}"})
		if *row.TotalCount != 2 || *row.ErrorCount != 0 {
			t.Errorf("%d of %d refused: %v", *row.ErrorCount, *row.TotalCount, row.Response)
		}
		var n int64
		w.DB.Read.Model(&models.Candidate{}).Count(&n)
		if n != 2 {
			t.Errorf("%d candidates, want Cleo and Ann", n)
		}
		mail := inbox.WaitForRecipient(t, "ann@example.org")
		if mail.Subject != "Come, Ann" {
			t.Errorf("subject %q", mail.Subject)
		}
		if to := mail.Header.Get("Reply-To"); !strings.Contains(to, w.Rita.Email) {
			t.Errorf("Ann's answer goes to %q, not to Rita who invited her", to)
		}
	})
}

func TestExtendingTheDate(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		first := w.Attempts(t, p)[0]
		started, deadline := w.Clock.Now(), w.Clock.Now().Add(30*time.Minute)
		if err := w.DB.Write.Model(&first).Updates(map[string]any{"started_at": started, "deadline_at": deadline}).Error; err != nil {
			t.Fatal(err)
		}
		extend := func(end time.Time) {
			t.Helper()
			w.Record(t, w.As(t, w.Rita), &actions.ExtendDate{EndDate: end, Participants: refs(p), IsNotify: true})
		}
		further := w.Clock.Now().Add(14 * 24 * time.Hour)
		extend(further)
		if got := reload(t, w, p); !got.EndDate.Equal(further) {
			t.Errorf("the end is %v, want %v", got.EndDate, further)
		}
		for _, a := range w.Attempts(t, p) {
			if !a.EndDate.Equal(further) {
				t.Errorf("an attempt ends %v", a.EndDate)
			}
		}
		inbox.WaitForRecipient(t, "candidate0@example.org")
		extend(w.Clock.Now().Add(time.Minute))
		if running := w.Attempts(t, p)[0]; running.DeadlineAt.Before(deadline) || running.EndDate.Before(deadline) {
			t.Errorf("the running attempt lost time: %v, %v", running.DeadlineAt, running.EndDate)
		}
	})
}

func TestReminding(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		assessment := w.Assessment(t)
		waiting, finished := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		finish(t, w, finished)
		row := w.Record(t, w.As(t, w.Rita), &actions.RemindCandidate{Participants: refs(waiting, finished), IsNotify: true})
		if *row.SuccessCount != 1 || *row.ErrorCount != 1 || !strings.Contains(*row.Response, "Dev Das: has finished already") {
			t.Errorf("got %d done, %d refused: %v", *row.SuccessCount, *row.ErrorCount, *row.Response)
		}
		if reload(t, w, waiting).RemindedAt == nil || reload(t, w, finished).RemindedAt != nil {
			t.Error("the wrong one was reminded")
		}
		sections := []actions.ParticipationRef{{ID: w.Attempts(t, waiting)[0].AssessmentSectionID}}
		row = w.Record(t, w.As(t, w.Rita), &actions.RemindCandidate{Sections: sections, IsNotify: true})
		if *row.TotalCount != 1 || *row.ErrorCount != 0 {
			t.Errorf("by section: %+v", row)
		}
		if n := len(inbox.Messages()); n != 4 {
			t.Errorf("%d mails, want two invitations and two reminders", n)
		}
	})
}

// finish closes every attempt of a participation, as if it had been sat.
func finish(t *testing.T, w *testkit.World, p models.AssessmentCandidate) {
	t.Helper()
	now := w.Clock.Now()
	err := w.DB.Write.Model(&models.AssessmentSectionCandidate{}).Where("assessment_candidate_id = ?", p.ID).
		Updates(map[string]any{"started_at": now, "completed_at": now, "status_id": models.Completed.ID(), "score": 3, "max_score": 4}).Error
	if err != nil {
		t.Fatal(err)
	}
	p = reload(t, w, p)
	p.Advance(models.Completed, now)
	if err := w.DB.Write.Save(&p).Error; err != nil {
		t.Fatal(err)
	}
}

func TestReInviting(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		finish(t, w, p)
		attempt := w.Attempts(t, p)[0]
		var version models.QuestionVersion
		if err := w.DB.Read.First(&version).Error; err != nil {
			t.Fatal(err)
		}
		answer := models.Answer{Owned: p.Owned, AssessmentSectionCandidateID: attempt.ID, AssessmentCandidateID: p.ID,
			AssessmentSectionID: attempt.AssessmentSectionID, QuestionID: version.QuestionID, QuestionVersionID: version.ID,
			Status: models.AnswerCompleted, Value: datatypes.NewJSONType(models.AnswerValue{Choices: []string{"b"}})}
		if err := w.DB.Write.Create(&answer).Error; err != nil {
			t.Fatal(err)
		}
		row := w.Record(t, w.As(t, w.Rita), &actions.ReInvite{Participants: refs(p), IsNotify: true})
		if *row.SuccessCount != 1 {
			t.Fatalf("without a section: %v", *row.Response)
		}
		for _, attempt := range w.Attempts(t, p) {
			if attempt.IsStarted() || attempt.IsClosed() || attempt.Score != nil {
				t.Errorf("without a section, one that was finished is %+v", attempt)
			}
		}
		if got := reload(t, w, p); got.Status() != models.Attending || got.Score != nil {
			t.Errorf("without a section the status is %s, the score %v", got.Status().Label(), got.Score)
		}
		finish(t, w, p)
		row = w.Record(t, w.As(t, w.Rita), &actions.ReInvite{Participants: refs(p), AssessmentSectionID: attempt.AssessmentSectionID, IsNotify: true})
		if *row.SuccessCount != 1 {
			t.Fatalf("with a section: %v", *row.Response)
		}
		again := w.Attempts(t, p)
		if again[0].IsStarted() || again[0].IsClosed() || again[0].Score != nil || !again[1].IsClosed() {
			t.Errorf("the attempts are %+v", again)
		}
		var event models.AttemptEvent
		err := w.DB.Read.Where("assessment_section_candidate_id = ? AND kind = ?", attempt.ID, models.EventReopened).First(&event).Error
		if err != nil || len(event.Detail["answers"].([]any)) != 1 {
			t.Errorf("the earlier answers are gone: %v, %v", event.Detail, err)
		}
		got := reload(t, w, p)
		if got.Status() != models.Attending || got.Score == nil || *got.Score != 75 {
			t.Errorf("status %s, score %v", got.Status().Label(), got.Score)
		}
	})
}

func TestParticipationActionsAreRefused(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		soon := w.Clock.Now().Add(time.Hour)
		for _, a := range []actions.Action{
			&actions.ExtendDate{EndDate: soon, Participants: refs(p)}, &actions.RemindCandidate{Participants: refs(p)},
			&actions.ReInvite{Participants: refs(p)},
		} {
			if _, err := w.Runner.Record(context.Background(), w.As(t, w.Paul), a); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%T as a panelist: %v", a, err)
			}
			row := w.Record(t, w.As(t, w.Otto), a)
			if *row.ErrorCount != 1 || !strings.Contains(*row.Response, "no such participation") {
				t.Errorf("%T as another firm: %+v", a, row)
			}
		}
		past := w.Clock.Now().Add(-time.Hour)
		if _, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.ExtendDate{EndDate: past, Participants: refs(p)}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a day in the past: %v", err)
		}
	})
}

func TestABouncedInvitationIsSentAgain(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		inbox := w.WithMail(t)
		inbox.RejectFor("candidate0@example.org", 550)
		cleo := w.Candidate(t, 0)
		p := w.Invited(t, w.Assessment(t), cleo)
		if p.Status() != models.Invited {
			t.Errorf("status %s although nothing arrived", p.Status().Label())
		}
		var message models.Notification
		if err := w.DB.Read.Where("assessment_candidate_id = ?", p.ID).First(&message).Error; err != nil {
			t.Fatal(err)
		}
		if message.Status != models.NotificationBounced || message.LastError == nil {
			t.Errorf("got %+v", message)
		}
		w.Run(t, w.As(t, w.Rita), &actions.UpdateCandidate{ID: cleo.ID, CandidateInput: actions.CandidateInput{Email: "right@example.org"}})
		w.Run(t, w.As(t, w.Rita), &actions.ResendNotification{IDs: []int64{message.ID}})
		w.Drain(t)
		inbox.WaitForRecipient(t, "right@example.org")
		if got := reload(t, w, p); got.Status() != models.Mailed {
			t.Errorf("status %s after it left", got.Status().Label())
		}
		err := w.Runner.Run(context.Background(), w.As(t, w.Rita), &actions.ResendNotification{IDs: []int64{message.ID}})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("sent once more: %v", err)
		}
		err = w.Runner.Run(context.Background(), w.As(t, w.Otto), &actions.ResendNotification{IDs: []int64{message.ID}})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm: %v", err)
		}
	})
}

func TestRemindingSectionsIsForWhoIsInvitedOrInProgress(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		waits, gone := w.Invited(t, assessment, w.Candidate(t, 0)), w.Invited(t, assessment, w.Candidate(t, 1))
		w.Record(t, w.As(t, w.Rita), &actions.ChangeStatus{StatusSortKey: models.Suspended, AssessmentCandidates: actions.RefsTo([]int64{gone.ID})})
		section := w.Attempts(t, waits)[0].AssessmentSectionID
		row := w.Record(t, w.As(t, w.Rita), &actions.RemindCandidate{Sections: actions.RefsTo([]int64{section, section}), IsNotify: true})
		if *row.SuccessCount != 1 || *row.ErrorCount != 0 {
			t.Errorf("reminded %d, refused %d: %v", *row.SuccessCount, *row.ErrorCount, row.Response)
		}
		_, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.RemindCandidate{Sections: actions.RefsTo([]int64{section, 999999}), IsNotify: true})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("with a section that is not there: %v", err)
		}
	})
}

func TestRemindingOneOfThePanelLeavesTheOthers(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Completed(t, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)), 80)
		other := w.Panelist(t, 1)
		w.Assign(t, w.EssayOf(t, p), w.Paul, other)
		rita, past, soon := w.As(t, w.Rita), w.Clock.Now().Add(-time.Hour), w.Clock.Now().Add(99*time.Hour)
		remind := actions.RemindPanel{AssessmentCandidates: actions.RefsTo([]int64{p.ID}), Panel: actions.RefsTo([]int64{w.Paul.ID}), EndDate: &past}
		if _, err := w.Runner.Record(context.Background(), rita, &remind); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a day that is over: %v", err)
		}
		remind.EndDate = &soon
		w.Record(t, rita, &remind)
		for user, want := range map[int64]bool{w.Paul.ID: true, other.ID: false} {
			var one models.PanelCandidate
			err := w.DB.Read.Where("panel_id IN (SELECT id FROM panels WHERE user_id = ?)", user).First(&one).Error
			if err != nil || (one.RemindedAt != nil) != want || (one.DueAt != nil && one.DueAt.Equal(soon)) != want {
				t.Errorf("user %d was reminded at %v, due at %v: %v", user, one.RemindedAt, one.DueAt, err)
			}
		}
	})
}
