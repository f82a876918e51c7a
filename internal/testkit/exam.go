package testkit

import (
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// EveryType is an open assessment whose one section asks an objective question of every type, in the order multiple
// choice, multiple answers, true or false, fill in the blank, match. Change adjusts the rules it is taken under.
func (w *World) EveryType(t testing.TB, change func(*actions.SectionInput)) models.Assessment {
	t.Helper()
	yes, half := true, 1800
	capital := w.Capital(t)
	options := func(texts ...string) []models.Option {
		found := make([]models.Option, len(texts))
		for i, text := range texts {
			found[i] = models.Option{ID: string(rune('a' + i)), HTML: text}
		}
		return found
	}
	section := actions.SectionInput{Title: "Everything", Type: models.ObjectiveSection, MaxSectionTime: &half,
		Combined: []actions.SlotInput{{QuestionID: &capital.ID}}}
	for _, in := range []actions.QuestionInput{
		{Type: models.MultipleAnswer, Title: "Primes", Content: "<p>Which of these are prime?</p>",
			Body: models.QuestionBody{Choices: options("2", "3", "4")}, Key: models.AnswerKey{Correct: []string{"a", "b"}}},
		{Type: models.TrueOrFalse, Title: "Water", Content: "<p>Water is wet.</p>", Key: models.AnswerKey{Truth: &yes}},
		{Type: models.FillBlanks, Title: "Sum", Content: "<p>Two and two make _____.</p>", Body: models.QuestionBody{Gaps: []models.BlankSpec{{}}},
			Key: models.AnswerKey{Gaps: []models.GapKey{{Accepted: []string{"four", "4"}}}}},
		{Type: models.MatchFollowing, Title: "Sounds", Content: "<p>Who says what?</p>",
			Body: models.QuestionBody{Left: options("Cat", "Dog"), Right: options("Meow", "Woof")},
			Key:  models.AnswerKey{Pairs: map[string]string{"a": "a", "b": "b"}}},
	} {
		a := actions.CreateQuestion{QuestionInput: in}
		w.Run(t, w.As(t, w.Rita), &a)
		section.Combined = append(section.Combined, actions.SlotInput{QuestionID: &a.Question.ID})
	}
	if change != nil {
		change(&section)
	}
	a := actions.CreateAssessment{Title: "All kinds", Status: models.AssessmentOpen, Sections: []actions.SectionInput{section}}
	w.Record(t, w.As(t, w.Rita), &a)
	return a.Assessment
}

// FormBefore has candidates fill in a form with their school and shift before the section of an attempt.
func (w *World) FormBefore(t testing.TB, attempt models.AssessmentSectionCandidate) {
	t.Helper()
	form := models.Form{Owned: attempt.Owned, Name: "About you", Type: models.CandidateDataForm, Structure: []models.FormPart{{ID: 1,
		Fields: map[string]models.FormField{
			"1": {ID: "school", Name: "school", Type: "text", Label: "School", Required: true},
			"2": {ID: "shift", Name: "shift", Type: "radio", Label: "Shift", Options: []string{"Day", "Night"}},
		}}}}
	check(t, w.DB.Write.Create(&form).Error)
	check(t, w.DB.Write.Model(&models.Section{}).Where("id = ?", attempt.SectionID).Update("form_id", form.ID).Error)
}
