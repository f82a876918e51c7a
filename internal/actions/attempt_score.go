package actions

import (
	"fmt"

	"github.com/assay-hire/assay/internal/scoring"
	"github.com/assay-hire/assay/models"
)

// scoreAttempt scores the objective answers of a paper and adds them up on the attempt, which the caller saves. It tells
// whether the attempt's sums changed. A paper without objective questions is left as it is: people mark it.
func scoreAttempt(w *Work, attempt *models.AssessmentSectionCandidate, answers []models.Answer) (changed bool, err error) {
	if len(answers) == 0 {
		return false, nil
	}
	var placed models.AssessmentSection
	if err := w.Own().First(&placed, attempt.AssessmentSectionID).Error; err != nil {
		return false, fmt.Errorf("load assessment section: %w", err)
	}
	versions, err := versionsOf(w, answers)
	if err != nil {
		return false, err
	}
	skills, err := skillsOf(w, answers)
	if err != nil {
		return false, err
	}
	var scored []scoring.Scored
	for i := range answers {
		version := versions[answers[i].QuestionVersionID]
		mark, ok := scoring.Score(version.Type, version.Key.Data(), answers[i].Value.Data(), scoring.RulesFor(placed, version))
		if !ok {
			continue
		}
		scored = append(scored, scoring.Scored{Mark: mark, Skills: skills[answers[i].QuestionID]})
		if err := keepMark(w, &answers[i], mark); err != nil {
			return false, err
		}
	}
	if len(scored) == 0 {
		return false, nil
	}
	total := scoring.Total(scored)
	changed = attempt.Score == nil || *attempt.Score != total.Score || *attempt.MaxScore != total.Max
	attempt.Score, attempt.MaxScore = &total.Score, &total.Max
	attempt.PositiveScore, attempt.NegativeScore, attempt.SkillScores = total.Positive, total.Negative, total.Skills
	return changed, nil
}

func keepMark(w *Work, answer *models.Answer, mark scoring.Mark) error {
	if answer.Score != nil && *answer.Score == mark.Score && answer.MaxScore != nil && *answer.MaxScore == mark.Max {
		return nil
	}
	answer.Score, answer.MaxScore, answer.ScoredAt = &mark.Score, &mark.Max, &w.Now
	if err := w.Tx.Model(answer).Select("score", "max_score", "scored_at").Updates(answer).Error; err != nil {
		return fmt.Errorf("keep the mark of answer %d: %w", answer.ID, err)
	}
	return nil
}

func versionsOf(w *Work, answers []models.Answer) (map[int64]models.QuestionVersion, error) {
	ids := make([]int64, len(answers))
	for i, a := range answers {
		ids[i] = a.QuestionVersionID
	}
	var found []models.QuestionVersion
	if err := w.Own().Where("id IN ?", ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load question versions: %w", err)
	}
	versions := make(map[int64]models.QuestionVersion, len(found))
	for _, v := range found {
		versions[v.ID] = v
	}
	return versions, nil
}

// skillsOf returns the skills that each question of the paper is tagged with.
func skillsOf(w *Work, answers []models.Answer) (map[int64][]models.Skill, error) {
	ids := make([]int64, len(answers))
	for i, a := range answers {
		ids[i] = a.QuestionID
	}
	var tagged []struct {
		QuestionID, SkillID int64
		Name                string
	}
	err := w.Own("question_skills").Model(&models.QuestionSkill{}).Joins("JOIN skills ON skills.id = question_skills.skill_id").
		Where("question_skills.question_id IN ?", ids).Select("question_skills.question_id, question_skills.skill_id, skills.name").
		Order("question_skills.question_id, skills.name").Find(&tagged).Error
	if err != nil {
		return nil, fmt.Errorf("load the questions' skills: %w", err)
	}
	skills := map[int64][]models.Skill{}
	for _, t := range tagged {
		skills[t.QuestionID] = append(skills[t.QuestionID], models.Skill{Row: models.Row{ID: t.SkillID}, Name: t.Name})
	}
	return skills, nil
}

// keepOverall saves the participation with the percentage over all its scored sections.
func keepOverall(w *Work, participation *models.AssessmentCandidate) error {
	var attempts []models.AssessmentSectionCandidate
	if err := w.Own().Where("assessment_candidate_id = ?", participation.ID).Find(&attempts).Error; err != nil {
		return fmt.Errorf("load the participation's attempts: %w", err)
	}
	participation.Score = scoring.Overall(attempts)
	if err := w.Tx.Save(participation).Error; err != nil {
		return fmt.Errorf("keep the overall score: %w", err)
	}
	return nil
}
