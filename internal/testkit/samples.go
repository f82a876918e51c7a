package testkit

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// Capital is a multiple choice question whose right answer is "b", Lisbon.
func (w *World) Capital(t testing.TB) models.Question {
	t.Helper()
	a := actions.CreateQuestion{QuestionInput: actions.QuestionInput{
		Type: models.MultipleChoice, Title: "Capital", Content: "<p>What is the capital of Portugal?</p>",
		Body:   models.QuestionBody{Choices: []models.Option{{ID: "a", HTML: "Porto"}, {ID: "b", HTML: "Lisbon"}, {ID: "c", HTML: "Faro"}}},
		Key:    models.AnswerKey{Correct: []string{"b"}},
		Skills: []string{"Geography"},
	}}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Question
}

// Question is a question of the bank as described.
func (w *World) Question(t testing.TB, in actions.QuestionInput) models.Question {
	t.Helper()
	a := actions.CreateQuestion{QuestionInput: in}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Question
}

// Essay is a question to be answered in writing.
func (w *World) Essay(t testing.TB) models.Question {
	t.Helper()
	a := actions.CreateQuestion{QuestionInput: actions.QuestionInput{
		Type: models.EssayQuestion, Title: "Disagreement", Content: "<p>Tell of a disagreement at work and how it ended.</p>",
	}}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Question
}

// Assessment is an open assessment of Rita's with a timed objective section (Capital) and an essay section (Essay).
func (w *World) Assessment(t testing.TB) models.Assessment {
	t.Helper()
	capital, essay := w.Capital(t), w.Essay(t)
	minutes := func(n int) *int { n *= 60; return &n }
	a := actions.CreateAssessment{
		Title: "Dispatcher", Description: "<p>Two parts.</p>", Status: models.AssessmentOpen,
		Sections: []actions.SectionInput{
			{Title: "Knowledge", Type: models.ObjectiveSection, MaxSectionTime: minutes(30),
				Combined: []actions.SlotInput{{QuestionID: &capital.ID}}},
			{Title: "In your words", Type: models.EssaySection, MaxSectionTime: minutes(40),
				Combined: []actions.SlotInput{{QuestionID: &essay.ID}}},
		},
	}
	w.Record(t, w.As(t, w.Rita), &a)
	return a.Assessment
}

// Candidate is a candidate of Acme's; n tells several apart.
func (w *World) Candidate(t testing.TB, n int) models.Candidate {
	t.Helper()
	names := []string{"Cleo Costa", "Dev Das", "Emi Endo", "Faye Fall", "Gus Grau"}
	name := names[n%len(names)]
	var first, last string
	if _, err := fmt.Sscan(name, &first, &last); err != nil {
		t.Fatal(err)
	}
	a := actions.CreateCandidate{CandidateInput: actions.CandidateInput{
		Email: fmt.Sprintf("candidate%d@example.org", n), FirstName: first, LastName: last}}
	w.Run(t, w.As(t, w.Rita), &a)
	return a.Candidate
}

// Invited invites a candidate for a week and returns the participation.
func (w *World) Invited(t testing.TB, assessment models.Assessment, candidate models.Candidate) models.AssessmentCandidate {
	t.Helper()
	w.Record(t, w.As(t, w.Rita), &actions.Invite{AssessmentID: assessment.ID, IsNotify: true,
		EndDate: w.Clock.Now().Add(7 * 24 * time.Hour), Candidates: []actions.CandidateRef{{ID: candidate.ID}}})
	var p models.AssessmentCandidate
	check(t, w.DB.Read.Where("assessment_id = ? AND candidate_id = ?", assessment.ID, candidate.ID).First(&p).Error)
	return p
}

// Attempts returns the attempts of a participation in the order of their sections.
func (w *World) Attempts(t testing.TB, p models.AssessmentCandidate) []models.AssessmentSectionCandidate {
	t.Helper()
	var found []models.AssessmentSectionCandidate
	check(t, w.DB.Read.Where("assessment_candidate_id = ?", p.ID).Order("id").Find(&found).Error)
	return found
}

// Link returns the path of the link in a participation's invitation.
func (w *World) Link(t testing.TB, p models.AssessmentCandidate) string {
	t.Helper()
	return "/attend/" + w.Runner.World.Links.Code(w.Attempts(t, p)[0].ID, p.LinkEpoch, w.Clock.Now())
}

// AsCandidate returns a participation's candidate as an actor, as after verifying.
func (w *World) AsCandidate(t testing.TB, p models.AssessmentCandidate) access.Actor {
	t.Helper()
	return access.Actor{Kind: access.Candidate, ID: p.CandidateID, OrganizationID: p.OrganizationID, AssessmentCandidateID: p.ID}
}

// Started has the candidate consent and start the section at an index, and returns the attempt with its paper.
func (w *World) Started(t testing.TB, p models.AssessmentCandidate, section int) (models.AssessmentSectionCandidate, []models.Answer) {
	t.Helper()
	candidate, attempt := w.AsCandidate(t, p), w.Attempts(t, p)[section]
	w.Run(t, candidate, &actions.Consent{Agreed: true})
	w.Run(t, candidate, &actions.StartAttempt{AttemptID: attempt.ID})
	return w.Attempts(t, p)[section], w.Paper(t, attempt.ID)
}

// Paper returns an attempt's answers in paper order.
func (w *World) Paper(t testing.TB, attemptID int64) []models.Answer {
	t.Helper()
	var answers []models.Answer
	check(t, w.DB.Read.Where("assessment_section_candidate_id = ?", attemptID).Order("position").Find(&answers).Error)
	return answers
}

// Picture is the address of a picture that a user uploaded for a question.
func (w *World) Picture(t testing.TB, user models.User) string {
	t.Helper()
	var data bytes.Buffer
	check(t, png.Encode(&data, image.NewGray(image.Rect(0, 0, 2, 2))))
	a := actions.AttachImage{UploadedFile: actions.UploadedFile{Name: "dot.png", Data: data.Bytes()}}
	w.Run(t, w.As(t, user), &a)
	return a.Address
}
