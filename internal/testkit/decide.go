package testkit

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// Completed has a participation finished in every section at a percentage of the marks, with answers.
func (w *World) Completed(t testing.TB, p models.AssessmentCandidate, percent float64) models.AssessmentCandidate {
	t.Helper()
	now := w.Clock.Now()
	began := now.Add(-30 * time.Minute)
	err := w.DB.InTx(context.Background(), func(tx *gorm.DB) error {
		for _, attempt := range w.Attempts(t, p) {
			score, most := percent/100*20, 20.0
			attempt.StartedAt, attempt.CompletedAt, attempt.Score, attempt.MaxScore = &began, &now, &score, &most
			attempt.StatusID = models.Completed.ID()
			attempt.SkillScores = datatypes.JSONSlice[models.SkillScore]{{SkillID: 1, Name: "Geography", Score: score, MaxScore: most, Count: 1}}
			if err := tx.Save(&attempt).Error; err != nil {
				return err
			}
			if err := w.answer(tx, attempt, percent); err != nil {
				return err
			}
		}
		p.Advance(models.Attending, began)
		p.Advance(models.Completed, now)
		p.Score, p.AttendedAt = &percent, &began
		return tx.Save(&p).Error
	})
	check(t, err)
	return p
}

func (w *World) answer(tx *gorm.DB, attempt models.AssessmentSectionCandidate, percent float64) error {
	var slots []models.SectionSlot
	if err := tx.Where("section_id = ? AND question_id IS NOT NULL", attempt.SectionID).Order("sort_order").Find(&slots).Error; err != nil {
		return err
	}
	for i, slot := range slots {
		var question models.Question
		if err := tx.First(&question, *slot.QuestionID).Error; err != nil {
			return err
		}
		var version models.QuestionVersion
		if err := tx.Where("question_id = ?", question.ID).Order("id DESC").First(&version).Error; err != nil {
			return err
		}
		value := models.AnswerValue{Text: "We disagreed about the night shift.\n\nWe tried both for a week and kept what the numbers said."}
		if question.Type.IsObjective() {
			value = models.AnswerValue{Choices: []string{"b"}}
		}
		score, most := percent/100, 1.0
		now := w.Clock.Now()
		row := models.Answer{Owned: attempt.Owned, AssessmentSectionCandidateID: attempt.ID,
			AssessmentCandidateID: attempt.AssessmentCandidateID, AssessmentSectionID: attempt.AssessmentSectionID,
			QuestionID: question.ID, QuestionVersionID: version.ID, Position: i, Status: models.AnswerCompleted,
			Value: datatypes.NewJSONType(value), AnsweredAt: &now, Score: &score, MaxScore: &most}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

// Finished invites n candidates and has them finish with rising scores.
func (w *World) Finished(t testing.TB, assessment models.Assessment, n int) []models.AssessmentCandidate {
	t.Helper()
	var done []models.AssessmentCandidate
	for i := range n {
		p := w.Invited(t, assessment, w.Candidate(t, i))
		done = append(done, w.Completed(t, p, float64(40+i*10%60)))
	}
	return done
}

// EssayOf returns the attempt at the essay section, the second, of a participation in Assessment.
func (w *World) EssayOf(t testing.TB, p models.AssessmentCandidate) models.AssessmentSectionCandidate {
	t.Helper()
	return w.Attempts(t, p)[1]
}

// Criterion attaches a parameter rated from 1 to 5 to the section of an attempt.
func (w *World) Criterion(t testing.TB, attempt models.AssessmentSectionCandidate, name string, mandatory bool) models.Parameter {
	t.Helper()
	five := 5
	p := models.Parameter{Owned: attempt.Owned, Type: models.NumericParameter, Name: name, MaxValue: &five}
	check(t, w.DB.Write.Create(&p).Error)
	check(t, w.DB.Write.Create(&models.SectionParameter{Owned: attempt.Owned, ParameterID: p.ID, SectionID: attempt.SectionID,
		IsMandatory: &mandatory}).Error)
	return p
}

// Assign puts users on the panel of an attempt's section for its candidate, with a week to evaluate.
func (w *World) Assign(t testing.TB, attempt models.AssessmentSectionCandidate, users ...models.User) {
	t.Helper()
	var ids []int64
	for _, u := range users {
		ids = append(ids, u.ID)
	}
	w.Record(t, w.As(t, w.Rita), &actions.AddPanel{EndDate: w.Clock.Now().Add(7 * 24 * time.Hour), IsNotify: true,
		AssessmentSections: actions.RefsTo([]int64{attempt.AssessmentSectionID}), Panel: actions.RefsTo(ids),
		AssessmentCandidates: actions.RefsTo([]int64{attempt.AssessmentCandidateID})})
}

// Panelist is one more evaluator of Acme's; n tells several apart.
func (w *World) Panelist(t testing.TB, n int) models.User {
	t.Helper()
	a := actions.CreateUser{Name: fmt.Sprintf("Pia Panelist %d", n), Email: fmt.Sprintf("pia%d@acme.example.com", n),
		Roles: []models.Role{models.Evaluator}, Password: Password}
	w.Run(t, access.Program(w.Acme.ID), &a)
	return a.User
}

// Colleague is one more user of Acme's, with one role.
func (w *World) Colleague(t testing.TB, role models.Role) models.User {
	t.Helper()
	return w.user(t, "Cleo Colleague", strings.ReplaceAll(strings.ToLower(string(role)), " ", ".")+"@acme.example.com", role)
}
