// Package review reads what those who judge candidates look at: answers with the questions as they were asked,
// evaluations as far as the reader may see them yet, and where a score stands among the others. It writes nothing.
package review

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Answered is an answer with the question as the candidate saw it.
type Answered struct {
	models.Answer
	Question models.QuestionVersion
}

// Answers returns the answers of attempts by attempt id, in paper order, in two queries.
func Answers(db *gorm.DB, actor access.Actor, attempts []int64) (map[int64][]Answered, error) {
	var answers []models.Answer
	err := db.Scopes(access.Own(actor)).Where("assessment_section_candidate_id IN ?", attempts).
		Order("assessment_section_candidate_id, position, id").Find(&answers).Error
	if err != nil {
		return nil, fmt.Errorf("load answers: %w", err)
	}
	ids := make([]int64, len(answers))
	for i, a := range answers {
		ids[i] = a.QuestionVersionID
	}
	var versions []models.QuestionVersion
	if err := db.Scopes(access.Own(actor)).Where("id IN ?", ids).Find(&versions).Error; err != nil {
		return nil, fmt.Errorf("load questions as asked: %w", err)
	}
	byID := make(map[int64]models.QuestionVersion, len(versions))
	for _, v := range versions {
		byID[v.ID] = v
	}
	found := map[int64][]Answered{}
	for _, a := range answers {
		found[a.AssessmentSectionCandidateID] = append(found[a.AssessmentSectionCandidateID], Answered{a, byID[a.QuestionVersionID]})
	}
	return found, nil
}

// Section is a section of an assessment with what a reader of scores needs of it.
type Section struct {
	ID         int64
	Title      string
	Type       models.SectionType
	CutOff     *float64
	IsBlind    bool
	HideOthers bool
}

// Sections returns the sections of an assessment in their order.
func Sections(db *gorm.DB, actor access.Actor, assessmentID int64) ([]Section, error) {
	var found []Section
	err := db.Table("assessment_sections s").Scopes(access.Own(actor, "s")).
		Select("s.id, b.title, b.section_type_id AS type, s.cut_off, s.is_blind, s.hide_others").
		Joins("JOIN sections b ON b.id = s.section_id").Where("s.assessment_id = ?", assessmentID).
		Order("s.sort_order, s.id").Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load sections: %w", err)
	}
	return found, nil
}

// CutOff returns the cut-off that all sections with one share, or 0: an assessment has none of its own.
func CutOff(sections []Section) float64 {
	var common float64
	for _, s := range sections {
		switch {
		case s.CutOff == nil || *s.CutOff == common:
		case common == 0:
			common = *s.CutOff
		default:
			return 0
		}
	}
	return common
}
