package testkit_test

import (
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestEverySampleCanBeMade(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment, candidate := w.Assessment(t), w.Candidate(t, 0)
		participation := w.Invited(t, assessment, candidate)
		attempt, paper := w.Started(t, participation, 0)
		session, event := w.LiveSession(t, participation), w.Event(t)
		if seats := w.Attendees(t, session); len(seats) != 3 || seats[0].Role != models.LiveParticipant {
			t.Errorf("seats: %+v", seats)
		}
		w.Recording(t, session)
		w.Slot(t, w.Paul, models.SlotAvailable, time.Hour)
		w.CandidateSlot(t, candidate, models.SlotLive, time.Hour)
		w.EventAssessment(t, event, assessment)
		w.EventCandidate(t, event, candidate)
		w.EventUser(t, event, w.Paul, models.EventEvaluator)
		w.MenuCard(t, assessment)
		w.Chosen(t, nil, models.SettingTheme, "dark")
		w.Chosen(t, &w.Rita, models.SettingTheme, "light")
		w.EvaluationInvitation(t, w.ExternalAssessment(t), attempt)
		w.CodeSubmission(t, paper[0])
		w.AnswerFile(t, paper[0])
		w.AnswerRecording(t, paper[0], 1)
		w.AttemptFile(t, attempt, models.FileTypeReport)
		w.SelectField(t)
		w.UserCategory(t, w.Paul, w.Category(t, models.BusinessCategory))
		w.AccountManager(t, w.Ada)
		w.UIFilter(t)
		w.Form(t)
	})
}
