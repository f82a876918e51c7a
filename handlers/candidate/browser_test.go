package candidate_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// enter brings a browser from the link to the list of sections.
func enter(t *testing.T, b *testkit.Browser, w *testkit.LiveWorld, p models.AssessmentCandidate) {
	t.Helper()
	b.Open(w.Link(t, p))
	b.Fill("Verification code", p.VerifyCode)
	b.Click("Go on")
	b.Miss("Verification code")
}

// loaded waits until the page and its scripts are there: a key pressed before is nobody's.
func loaded(b *testkit.Browser) {
	testkit.Eval[bool](b, `new Promise((done) => document.readyState === "complete" ? done(true) : addEventListener("load", () => done(true)))`)
}

// look checks a page for people who cannot see it, and keeps pictures where ASSAY_TEST_SHOTS names a folder.
func look(b *testkit.Browser, name string) {
	b.Axe()
	dir := os.Getenv("ASSAY_TEST_SHOTS")
	if dir == "" {
		return
	}
	for _, width := range []int64{360, 1440} {
		for theme, dark := range map[string]bool{"light": false, "dark": true} {
			b.Dark(dark)
			b.Size(width, map[int64]int64{360: 740, 1440: 900}[width])
			b.Shot(fmt.Sprintf("%s/%s-%d-%s.png", dir, name, width, theme))
		}
	}
	b.Dark(false)
}

func TestWorkGoesOnWithoutANetworkAndOnAnotherDevice(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Invited(t, w.EveryType(t, nil), w.Candidate(t, 0))
	phone := w.Browser(t)
	phone.Size(360, 740)
	enter(t, phone, w, p)
	phone.Click("I have read this and agree")
	phone.Click("Continue")
	phone.Click("Read the instructions")
	phone.Click("Start, the clock begins")
	phone.See("capital of Portugal")
	loaded(phone)
	phone.Click("Lisbon")
	phone.See("Saved at")

	phone.Offline(true)
	phone.Click("Next question")
	phone.See("Which of these are prime?")
	phone.Click("2")
	phone.See("Kept on this device")
	phone.See("No connection")
	phone.Click("Next question")
	phone.Click("True")
	phone.Click("Next question")
	phone.Fill("Your answer", "four")
	phone.Click("4 of 5")
	phone.Click("1 ,")
	phone.See("capital of Portugal")
	if paper := w.Paper(t, w.Attempts(t, p)[0].ID); paper[1].Status != models.AnswerCreated {
		t.Fatal("the network is not gone")
	}
	phone.Offline(false)
	phone.See("Sent again, all saved")
	paper := w.Paper(t, w.Attempts(t, p)[0].ID)
	for i := range 4 {
		if paper[i].Status != models.AnswerCompleted {
			t.Errorf("question %d was not sent", i+1)
		}
	}

	laptop := w.Browser(t)
	enter(t, laptop, w, p)
	laptop.Click("Go on")
	laptop.See("capital of Portugal")
	loaded(laptop)
	laptop.Click("4 ,")
	laptop.Fill("Your answer", "five")
	laptop.See("Saved at")
	phone.Click("1 of 5")
	phone.Click("4 ,")
	phone.Fill("Your answer", "fourteen")
	phone.See("This answer was changed elsewhere")
	phone.See("fourteen")
	phone.See("five")
	look(phone, "conflict")
	phone.Click("Keep what was written here")
	phone.Miss("This answer was changed elsewhere")
	phone.See("Question 4 of 5")
	if got := w.Paper(t, w.Attempts(t, p)[0].ID)[3].Value.Data().Gaps[0]; got != "fourteen" {
		t.Errorf("%q counts", got)
	}
}

func TestTypedTextSurvivesAReload(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
	attempt, _ := w.Started(t, p, 1)
	b := w.Browser(t)
	enter(t, b, w, p)
	b.Click("Go on")
	b.See("disagreement at work")
	loaded(b)
	b.Offline(true)
	b.Fill("Your answer", "We did not agree.")
	b.See("Kept on this device")
	b.See("4 words")
	look(b, "offline")
	b.Offline(false)
	b.Open(fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID))
	b.See("4 words")
	loaded(b)
	if got := testkit.Eval[string](b, "document.querySelector('textarea').value"); got != "We did not agree." {
		t.Errorf("the field holds %q", got)
	}
	b.Click("Look over and submit")
	b.See("Every question is answered.")
	if got := w.Paper(t, attempt.ID)[0].Value.Data().Text; got != "We did not agree." {
		t.Errorf("saved %q", got)
	}
}

func TestTheClockClosesTheSectionByItself(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
	attempt, _ := w.Started(t, p, 0)
	b := w.Browser(t)
	enter(t, b, w, p)
	b.Click("Go on")
	b.See("capital of Portugal")
	loaded(b)
	b.Click("Lisbon")
	b.See("Saved at")
	b.Open("/attend")
	b.See("Hello, Cleo")
	w.Run(t, w.AsCandidate(t, p), &actions.Heartbeat{AttemptID: attempt.ID, Leaving: true})
	w.Clock.Advance(time.Until(w.Attempts(t, p)[0].DeadlineAt.Add(-15 * time.Second)))
	b.Open(fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID))
	b.Click("Porto")
	b.See("Time is up")
	loaded(b)
	look(b, "time-up")
	if got := w.Paper(t, attempt.ID)[0].Value.Data().Choices[0]; got != "a" {
		t.Errorf("%q counts, want what was chosen in the last seconds", got)
	}
}

func TestEveryPageOfACandidate(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	assessment := w.EveryType(t, nil)
	p := w.Invited(t, assessment, w.Candidate(t, 0))
	two := w.Invited(t, w.Assessment(t), w.Candidate(t, 1))
	b := w.Browser(t)
	b.Open(w.Link(t, two))
	look(b, "landing")
	enter(t, b, w, two)
	b.See("I have read this and agree")
	loaded(b)
	look(b, "consent")
	b.Click("I have read this and agree")
	b.Click("Continue")
	b.See("Hello, Dev")
	loaded(b)
	look(b, "overview")
	b.Click("Read the instructions")
	b.See("from the moment you start")
	loaded(b)
	look(b, "instructions")
	enter(t, b, w, p)
	b.Click("I have read this and agree")
	b.Click("Continue")
	b.Click("Read the instructions")
	b.Click("Start, the clock begins")
	for n := 1; n <= 5; n++ {
		b.See(fmt.Sprintf("Question %d of 5", n))
		loaded(b)
		look(b, fmt.Sprintf("question-%d", n))
		if n == 1 {
			b.Press("b")
			b.See("Saved at")
			b.Press("m")
		}
		if n < 5 {
			b.Click("Next question")
		}
	}
	b.Click("Look over and submit")
	b.See("1 of 5 questions are answered. 4 are open, 1 is marked.")
	loaded(b)
	look(b, "review")
	b.Click("Submit this section")
	b.See("That was the last section")
	loaded(b)
	look(b, "conclusion")
}
