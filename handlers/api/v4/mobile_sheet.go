package v4

import (
	"context"
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// answerSheet is what answers are shown from: the papers, and what is attached to the answers.
type answerSheet struct {
	attendance
	paper
	files     map[int64][]submittedFile
	sequences map[int64]int
}

func (a API) answerSheet(c echo.Context) (answerSheet, error) {
	at, p, err := a.papers(c)
	sheet := answerSheet{attendance: at, paper: p}
	if err != nil {
		return sheet, err
	}
	if sheet.files, err = a.filesOf(web.Context(c), p.answers); err != nil {
		return sheet, err
	}
	sheet.sequences, err = a.sequencesOf(web.Context(c), p.answers)
	return sheet, err
}

// sequencesOf returns the highest number of a recording's piece, by answer.
func (a API) sequencesOf(ctx context.Context, answers []models.Answer) (map[int64]int, error) {
	var rows []struct {
		AnswerID int64
		Most     int
	}
	err := a.DB.Read.WithContext(ctx).Model(&models.AnswerRecording{}).Select("answer_id, MAX(sequence) AS most").
		Where("answer_id IN ?", idsOf(answers)).Group("answer_id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load recordings: %w", err)
	}
	most := make(map[int64]int, len(rows))
	for _, r := range rows {
		most[r.AnswerID] = r.Most
	}
	return most, nil
}

func idsOf(answers []models.Answer) []int64 {
	ids := make([]int64, len(answers))
	for i, x := range answers {
		ids[i] = x.ID
	}
	return ids
}

// isShown tells whether the candidate came to the question.
func (s answerSheet) isShown(x models.Answer) bool {
	of, err := s.sitting(x.AssessmentSectionCandidateID)
	return err == nil && of.isShown(x)
}

// members are an answer's value. Those of a question that the candidate did not come to are null, whatever its type.
func (s answerSheet) members(x models.Answer) answerMembers {
	if !s.isShown(x) {
		return answerMembers{}
	}
	return membersFor(s.versions[x.QuestionVersionID], x)
}

func (s answerSheet) mobile(x models.Answer) mobileAnswer {
	m := s.members(x)
	o := mobileAnswer{
		ID: x.ID, Status: x.Status, AnsweredAt: x.AnsweredAt, Choice: m.Choice, Text: m.Text, QuestionID: x.QuestionID,
		MaxSequence: s.sequences[x.ID], SubmittedFiles: s.files[x.ID], AttemptID: x.AssessmentSectionCandidateID, Revision: x.Revision,
		IsMarked: x.IsMarked, Links: questionLink(x),
	}
	if s.isShown(x) {
		q := s.question(x)
		o.Question = &q
	}
	return o
}

func (s answerSheet) attend(x models.Answer) attendAnswer {
	m := s.members(x)
	return attendAnswer{
		ID: x.ID, Status: x.Status, AnsweredAt: x.AnsweredAt, Choice: m.Choice, Text: m.Text, QuestionID: x.QuestionID,
		SectionID: x.AssessmentSectionID, ParticipationID: x.AssessmentCandidateID, AttemptID: x.AssessmentSectionCandidateID,
		MaxSequence: s.sequences[x.ID], CreatedAt: x.CreatedAt, UpdatedAt: x.UpdatedAt, Revision: x.Revision, IsMarked: x.IsMarked,
		Links: questionLink(x),
	}
}

func questionLink(x models.Answer) links {
	return linksTo(map[string]string{"question": fmt.Sprintf("/attend/question?id=%d", x.QuestionID)})
}
