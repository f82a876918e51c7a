package actions

import (
	"fmt"
	"math/rand/v2"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

// drawPaper puts the questions of a section on the candidate's paper: given ones where they stand, drawn ones by chance
// from their skill and difficulty, none twice on all papers of the participation. It returns the answer rows, empty and
// in order.
func drawPaper(w *Work, s sitting) ([]models.Answer, error) {
	if !hasQuestions(s.section.SectionTypeID) {
		return nil, nil
	}
	questions, err := drawQuestions(w, s)
	if err != nil {
		return nil, err
	}
	if len(questions) == 0 {
		return nil, fault.New(fault.Conflict, "This section has no questions yet. Tell whoever invited you; your time has not begun.")
	}
	if s.placed.ShuffleQuestions || s.section.ShuffleQuestions {
		rand.Shuffle(len(questions), func(i, j int) { questions[i], questions[j] = questions[j], questions[i] })
	}
	versions, err := currentVersions(w, questions)
	if err != nil {
		return nil, err
	}
	paper := make([]models.Answer, len(questions))
	for i, id := range questions {
		version, known := versions[id]
		if !known {
			return nil, fmt.Errorf("question %d has no version", id)
		}
		paper[i] = models.Answer{
			Owned: s.attempt.Owned, AssessmentSectionCandidateID: s.attempt.ID, AssessmentCandidateID: s.attempt.AssessmentCandidateID,
			AssessmentSectionID: s.attempt.AssessmentSectionID, QuestionID: id, QuestionVersionID: version.ID, Position: i,
			OptionOrder: orderOptions(version, s.placed.ShuffleChoices || s.section.ShuffleChoices), Status: models.AnswerCreated,
		}
	}
	if err := w.Tx.CreateInBatches(&paper, 50).Error; err != nil {
		return nil, fmt.Errorf("write the paper: %w", err)
	}
	return paper, nil
}

func hasQuestions(t models.SectionType) bool {
	switch t {
	case models.ObjectiveSection, models.EssaySection, models.InterviewSection, models.LiveSection, models.TypingSection:
		return true
	default:
		return false
	}
}

// currentVersions returns the version that each question stands at, by question.
func currentVersions(w *Work, questions []int64) (map[int64]models.QuestionVersion, error) {
	var found []models.QuestionVersion
	err := w.Own("question_versions").
		Joins("JOIN questions ON questions.id = question_versions.question_id AND questions.version = question_versions.version").
		Where("question_versions.question_id IN ?", questions).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load question versions: %w", err)
	}
	versions := make(map[int64]models.QuestionVersion, len(found))
	for _, v := range found {
		versions[v.QuestionID] = v
	}
	return versions, nil
}

// orderOptions returns the order in which this candidate sees the choices, or the right side of what is to be matched.
// The right side is always mixed: written beside the left one it would be the answer.
func orderOptions(v models.QuestionVersion, shuffle bool) []string {
	options := v.Body.Data().Choices
	if v.Type == models.MatchFollowing {
		options, shuffle = v.Body.Data().Right, true
	}
	ids := make([]string, len(options))
	for i, o := range options {
		ids[i] = o.ID
	}
	if shuffle || v.RandomizeChoice {
		rand.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	}
	return ids
}
