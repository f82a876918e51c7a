package actions_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// bank adds true-or-false questions of a skill, one per grade given, and returns their ids.
func bank(t *testing.T, w *testkit.World, skill string, grades ...models.Difficulty) (ids []int64, skillID int64) {
	t.Helper()
	yes := true
	for i, grade := range grades {
		q := w.Question(t, actions.QuestionInput{Type: models.TrueOrFalse, Content: fmt.Sprintf("<p>%s %d is so.</p>", skill, i),
			Key: models.AnswerKey{Truth: &yes}, Skills: []string{skill}, Difficulty: grade})
		ids = append(ids, q.ID)
	}
	var found models.Skill
	if err := w.DB.Read.Where("name = ?", skill).First(&found).Error; err != nil {
		t.Fatal(err)
	}
	return ids, found.ID
}

func quiz(t *testing.T, w *testkit.World, sections ...[]actions.SlotInput) models.Assessment {
	t.Helper()
	half := 1800
	a := actions.CreateAssessment{Title: "Drawn", Status: models.AssessmentOpen}
	for i, slots := range sections {
		a.Sections = append(a.Sections, actions.SectionInput{Title: fmt.Sprintf("Part %d", i+1), Type: models.ObjectiveSection,
			MaxSectionTime: &half, Combined: slots})
	}
	w.Record(t, w.As(t, w.Rita), &a)
	return a.Assessment
}

func draws(skill int64, n int, grade models.Difficulty) actions.SlotInput {
	return actions.SlotInput{SkillID: &skill, Count: &n, Difficulty: grade}
}

func onPaper(paper []models.Answer) []int64 {
	ids := make([]int64, len(paper))
	for i, a := range paper {
		ids[i] = a.QuestionID
	}
	return ids
}

// Slots in order would let the first take what only the others can use; with six candidates chance cannot hide it.
func TestADrawLeavesLaterSlotsAndSectionsWhatTheyNeed(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		ids, skill := bank(t, w, "Knots", models.Easy, models.Easy, models.Hard, models.Medium, models.Easy)
		hard, medium, picked := ids[2], ids[3], ids[4]
		assessment := quiz(t, w, []actions.SlotInput{draws(skill, 2, ""), draws(skill, 1, models.Hard)},
			[]actions.SlotInput{draws(skill, 1, models.Medium), {QuestionID: &picked}})
		for n := range 6 {
			p := w.Invited(t, assessment, w.Candidate(t, n))
			attempt, paper := w.Started(t, p, 0)
			first := onPaper(paper)
			if len(first) != 3 || first[2] != hard || slices.Contains(first, medium) || slices.Contains(first, picked) {
				t.Errorf("first paper %v; %d is hard and last, %d and %d are for the second", first, hard, medium, picked)
			}
			w.Run(t, w.AsCandidate(t, p), &actions.SubmitAttempt{AttemptID: attempt.ID})
			if _, paper = w.Started(t, p, 1); !slices.Equal(onPaper(paper), []int64{medium, picked}) {
				t.Errorf("second paper %v, want %d and %d", onPaper(paper), medium, picked)
			}
		}
	})
}
