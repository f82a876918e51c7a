package review

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Standing is how many participations of an assessment stand at each status, and how many the system had brought there
// beneath a decision.
type Standing struct {
	At, Reached map[models.StatusKey]int
	Total       int
}

// StandingRow is a number of participations at a status.
type StandingRow struct {
	AssessmentID, StatusID, SystemStatusID int64
	N                                      int
}

// StandingOf adds rows up.
func StandingOf(rows []StandingRow) Standing {
	s := Standing{At: map[models.StatusKey]int{}, Reached: map[models.StatusKey]int{}}
	for _, r := range rows {
		s.At[models.StatusOf(r.StatusID)] += r.N
		s.Reached[models.StatusOf(r.SystemStatusID)] += r.N
		s.Total += r.N
	}
	return s
}

// Standings returns the standing of assessments by their id, from the tallies: it costs the same for ten candidates as
// for a hundred thousand. An assessment without participations is not in it, and has the standing that is zero.
func Standings(db *gorm.DB, actor access.Actor, assessmentIDs ...int64) (map[int64]Standing, error) {
	var rows []StandingRow
	err := db.Model(&models.ParticipationTally{}).Scopes(access.Own(actor)).
		Where("assessment_id IN ? AND percent = ?", assessmentIDs, models.NoScore).
		Select("assessment_id, status_id, system_status_id, CAST(SUM(n) AS BIGINT) AS n").
		Group("assessment_id, status_id, system_status_id").Having("SUM(n) <> 0").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load the standing of assessments: %w", err)
	}
	byAssessment := map[int64][]StandingRow{}
	for _, r := range rows {
		byAssessment[r.AssessmentID] = append(byAssessment[r.AssessmentID], r)
	}
	standings := make(map[int64]Standing, len(byAssessment))
	for id, rows := range byAssessment {
		standings[id] = StandingOf(rows)
	}
	return standings, nil
}
