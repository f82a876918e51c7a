package review

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Given is a submitted evaluation: who gave it, the ratings and what was said.
type Given struct {
	ID             int64
	Attempt        int64 // id of the section attempt
	Participation  int64
	Section        string // title
	By             string
	ByID           int64
	Recommendation models.Recommendation
	At             time.Time
	Ratings        []models.EvaluationRating `gorm:"-"`
	Comment        string                    `gorm:"-"` // on the whole
	OnAnswers      map[int64]string          `gorm:"-"` // by answer id
}

// Mean returns the mean of the numbers given, nil when there is none.
func (g Given) Mean() *float64 {
	sum, n := 0.0, 0
	for _, r := range g.Ratings {
		if r.Rating != nil {
			sum += *r.Rating
			n++
		}
	}
	if n == 0 {
		return nil
	}
	mean := sum / float64(n)
	return &mean
}

// Evaluations returns the submitted evaluations of participations, oldest first, except those that the veil hides from
// the reader; hidden says how many those are. Three queries, however many there are.
func Evaluations(db *gorm.DB, actor access.Actor, v Veil, participations ...int64) (given []Given, hidden int, err error) {
	var all []Given
	err = db.Table("evaluations e").Scopes(access.Own(actor, "e")).
		Select("e.id, e.assessment_section_candidate_id AS attempt, e.assessment_candidate_id AS participation, b.title AS section, "+
			"u.name AS by, u.id AS by_id, e.recommendation, e.evaluated_at AS at").
		Joins("JOIN users u ON u.id = e.evaluated_by").Joins("JOIN assessment_sections s ON s.id = e.assessment_section_id").
		Joins("JOIN sections b ON b.id = s.section_id").
		Where("e.assessment_candidate_id IN ? AND e.evaluated_at IS NOT NULL", participations).
		Order("e.evaluated_at, e.id").Scan(&all).Error
	if err != nil {
		return nil, 0, fmt.Errorf("load evaluations: %w", err)
	}
	for _, g := range all {
		if v.Hides(g.Attempt) && g.ByID != actor.ID {
			hidden++
			continue
		}
		given = append(given, g)
	}
	return given, hidden, addDetails(db, actor, given)
}

func addDetails(db *gorm.DB, actor access.Actor, given []Given) error {
	place := map[int64]*Given{}
	var ids []int64
	for i := range given {
		given[i].OnAnswers = map[int64]string{}
		place[given[i].ID] = &given[i]
		ids = append(ids, given[i].ID)
	}
	var ratings []models.EvaluationRating
	if err := db.Scopes(access.Own(actor)).Where("evaluation_id IN ?", ids).Order("id").Find(&ratings).Error; err != nil {
		return fmt.Errorf("load ratings: %w", err)
	}
	for _, r := range ratings {
		place[r.EvaluationID].Ratings = append(place[r.EvaluationID].Ratings, r)
	}
	var comments []models.EvaluationComment
	if err := db.Scopes(access.Own(actor)).Where("evaluation_id IN ?", ids).Order("id").Find(&comments).Error; err != nil {
		return fmt.Errorf("load comments: %w", err)
	}
	for _, c := range comments {
		if c.AnswerID == nil {
			place[c.EvaluationID].Comment = c.Content
		} else {
			place[c.EvaluationID].OnAnswers[*c.AnswerID] = c.Content
		}
	}
	return nil
}
