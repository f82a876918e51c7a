package review

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Spread is how scores are spread, by whole percent.
type Spread struct {
	counts [101]int
	Total  int
}

// fewest is how many scores it takes before the middle half of them says anything.
const fewest = 4

// Scores returns the spread of the scores in an assessment, from the tallies.
func Scores(db *gorm.DB, actor access.Actor, assessmentID int64) (Spread, error) {
	var rows []struct{ Percent, N int }
	err := db.Model(&models.ParticipationTally{}).Scopes(access.Own(actor)).
		Where("assessment_id = ? AND percent <> ?", assessmentID, models.NoScore).
		Select("percent, CAST(SUM(n) AS BIGINT) AS n").Group("percent").Scan(&rows).Error
	if err != nil {
		return Spread{}, fmt.Errorf("load the spread of scores: %w", err)
	}
	var s Spread
	for _, r := range rows {
		s.add(r.Percent, r.N)
	}
	return s, nil
}

// SectionScores returns the spread of each section's scores, by assessment section id.
func SectionScores(db *gorm.DB, actor access.Actor, assessmentID int64) (map[int64]Spread, error) {
	const percent = "CAST(ROUND(score * 100.0 / max_score) AS INTEGER)"
	var rows []struct {
		AssessmentSectionID int64
		Percent, N          int
	}
	err := db.Table("assessment_section_candidates").Scopes(access.Own(actor)).
		Select("assessment_section_id, "+percent+" AS percent, COUNT(*) AS n").
		Where("assessment_id = ? AND score IS NOT NULL AND max_score > 0", assessmentID).
		Group("assessment_section_id, " + percent).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the spread of section scores: %w", err)
	}
	found := map[int64]Spread{}
	for _, r := range rows {
		s := found[r.AssessmentSectionID]
		s.add(r.Percent, r.N)
		found[r.AssessmentSectionID] = s
	}
	return found, nil
}

func (s *Spread) add(percent, n int) {
	s.counts[max(0, min(100, percent))] += n
	s.Total += n
}

// MiddleHalf returns the quartiles; 0 and 0 when there are too few scores to speak of one.
func (s Spread) MiddleHalf() (low, high float64) {
	if s.Total < fewest {
		return 0, 0
	}
	return s.quantile(.25), s.quantile(.75)
}

func (s Spread) quantile(q float64) float64 {
	rank, seen := q*float64(s.Total), 0
	for percent, n := range s.counts {
		seen += n
		if n > 0 && float64(seen) >= rank {
			return float64(percent)
		}
	}
	return 100
}

// Median returns the middle score.
func (s Spread) Median() float64 { return s.quantile(.5) }

// Below returns how many scored less.
func (s Spread) Below(score float64) int {
	n := 0
	for percent, count := range s.counts {
		if float64(percent) < score-.5 {
			n += count
		}
	}
	return n
}

// Tens returns how many scored from 0 to 9, from 10 to 19 and so on; 100 counts with the nineties.
func (s Spread) Tens() [10]int {
	var tens [10]int
	for percent, count := range s.counts {
		tens[min(9, percent/10)] += count
	}
	return tens
}
