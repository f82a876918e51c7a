package candidate_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// illustrated is an open assessment: the first section's question and first choice show a picture, and the second
// section's question does.
func illustrated(t *testing.T, w *testkit.World) models.Assessment {
	t.Helper()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	picture := actions.AttachImage{UploadedFile: actions.UploadedFile{Name: "chart.png", Data: drawn.Bytes()}}
	w.Run(t, w.As(t, w.Rita), &picture)
	shown, half := fmt.Sprintf(`<img src="%s" alt="A chart">`, picture.Address), 1800
	question := w.Question(t, actions.QuestionInput{Type: models.MultipleChoice, Content: "<p>Where is the reef?</p>" + shown, Hint: "<p>Look to the west.</p>" + shown,
		Body: models.QuestionBody{Choices: []models.Option{{ID: "a", HTML: shown}, {ID: "b", HTML: "Nowhere"}}}, Key: models.AnswerKey{Correct: []string{"a"}}})
	essay := w.Question(t, actions.QuestionInput{Type: models.EssayQuestion, Content: "<p>Describe it.</p>" + shown})
	a := actions.CreateAssessment{Title: "Charts", Status: models.AssessmentOpen, Sections: []actions.SectionInput{
		{Title: "Reading", Type: models.ObjectiveSection, MaxSectionTime: &half, Combined: []actions.SlotInput{{QuestionID: &question.ID}}},
		{Title: "Writing", Type: models.EssaySection, MaxSectionTime: &half, Combined: []actions.SlotInput{{QuestionID: &essay.ID}}}}}
	w.Record(t, w.As(t, w.Rita), &a)
	return a.Assessment
}

func TestPicturesOfQuestionsCanBeSeen(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := illustrated(t, w)
		p := w.Invited(t, assessment, w.Candidate(t, 0))
		attempt, _ := w.Started(t, p, 0)
		cleo, rita := verified(t, w, p), w.SignIn(t, w.Rita)
		seen := func(who *testkit.Client, path string, n int) {
			t.Helper()
			pictures := who.Get(t, path).Want(http.StatusOK).Find(`img[alt="A chart"]`)
			if pictures.Length() != n {
				t.Fatalf("%s shows %d pictures, want %d", path, pictures.Length(), n)
			}
			for _, node := range pictures.EachIter() {
				picture := w.Visitor(t).Get(t, node.AttrOr("src", ""))
				if picture.Status != http.StatusOK || !strings.HasPrefix(picture.Header.Get("Content-Type"), "image/png") {
					t.Errorf("%s: the picture answers %d", path, picture.Status)
				}
			}
		}
		seen(cleo, fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID), 3)
		seen(rita, fmt.Sprintf("/assessments/%d/preview?at=0", assessment.ID), 3)
		for path, who := range map[string]*testkit.Client{fmt.Sprintf("/attend/sections/%d/questions/1", attempt.ID): cleo,
			fmt.Sprintf("/assessments/%d/preview?at=0", assessment.ID): rita} {
			if hint := who.Get(t, path).Find(".exam-hint"); !strings.Contains(hint.Text(), "Look to the west.") {
				t.Errorf("%s shows the hint %q", path, hint.Text())
			}
		}
		w.Run(t, w.AsCandidate(t, p), &actions.SubmitAttempt{AttemptID: attempt.ID})
		second, _ := w.Started(t, p, 1)
		w.Run(t, w.AsCandidate(t, p), &actions.SubmitAttempt{AttemptID: second.ID})
		seen(rita, fmt.Sprintf("/assessments/%d/pipeline/%d?tab=answers", assessment.ID, p.ID), 3)
		w.Assign(t, second, w.Paul)
		seen(w.SignIn(t, w.Paul), fmt.Sprintf("/evaluations/%d", second.ID), 1)
	})
}
