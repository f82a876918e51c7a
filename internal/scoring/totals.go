package scoring

import (
	"cmp"
	"slices"

	"github.com/assay-hire/assay/models"
)

// Scored is an answer's mark together with the skills its question is tagged with.
type Scored struct {
	Mark
	Skills []models.Skill
}

// Section is what all answers of one section add up to.
type Section struct {
	Score    float64 // Positive - Negative; may be below zero
	Max      float64 // what only right answers would earn
	Positive float64 // sum of what was earned
	Negative float64 // sum of what was taken off, as a positive number
	Skills   []models.SkillScore
}

// Total adds up a section. A question with several skills counts in full for each of them. Skills come by name.
func Total(answers []Scored) Section {
	var s Section
	skills := map[int64]*models.SkillScore{}
	for _, a := range answers {
		s.Max += a.Max
		if a.Score >= 0 {
			s.Positive += a.Score
		} else {
			s.Negative -= a.Score
		}
		for _, skill := range a.Skills {
			sum, known := skills[skill.ID]
			if !known {
				sum = &models.SkillScore{SkillID: skill.ID, Name: skill.Name}
				skills[skill.ID] = sum
			}
			sum.Score, sum.MaxScore, sum.Count = round(sum.Score+a.Score), round(sum.MaxScore+a.Max), sum.Count+1
		}
	}
	s.Max, s.Positive, s.Negative = round(s.Max), round(s.Positive), round(s.Negative)
	s.Score = round(s.Positive - s.Negative)
	for _, sum := range skills {
		s.Skills = append(s.Skills, *sum)
	}
	slices.SortFunc(s.Skills, func(a, b models.SkillScore) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.SkillID, b.SkillID))
	})
	return s
}

// Percent returns marks as a percentage of what could be reached, never below zero; nil where nothing could be.
func Percent(score, most float64) *float64 {
	if most <= 0 {
		return nil
	}
	p := round(max(0, score/most*100))
	return &p
}

// Passes tells whether a percentage reaches a cut-off. Without a cut-off everybody passes; without a percentage nobody
// is said to fail.
func Passes(percent, cutOff *float64) bool {
	return cutOff == nil || percent == nil || *percent >= *cutOff
}

// Overall returns the percentage of all marks over the scored attempts, nil when none is scored.
func Overall(attempts []models.AssessmentSectionCandidate) *float64 {
	score, most := 0.0, 0.0
	for _, a := range attempts {
		if a.Score != nil && a.MaxScore != nil {
			score, most = score+*a.Score, most+*a.MaxScore
		}
	}
	return Percent(score, most)
}
