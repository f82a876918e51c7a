package review

import (
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"gorm.io/gorm"
)

// Veil is what a reader must not see of participations until the own evaluation is in.
type Veil struct {
	nameless map[int64]bool // participation ids
	hidden   map[int64]bool // attempt ids
}

// Nameless tells whether the candidate's name stays hidden.
func (v Veil) Nameless(participation int64) bool { return v.nameless[participation] }

// Hides tells whether the others' evaluations of the attempt stay hidden.
func (v Veil) Hides(attempt int64) bool { return v.hidden[attempt] }

// Alias is how a candidate is called where the name is hidden.
func Alias(participation int64) string { return fmt.Sprintf("Candidate %d", participation) }

// VeilOver returns the veil between a reader and some participations, in one query.
func VeilOver(db *gorm.DB, actor access.Actor, participations ...int64) (Veil, error) {
	return veil(db.Where("pc.assessment_candidate_id IN ?", participations), actor)
}

// VeilOverAssessment returns the veil between a reader and a whole assessment.
func VeilOverAssessment(db *gorm.DB, actor access.Actor, assessmentID int64) (Veil, error) {
	return veil(db.Where("s.assessment_id = ?", assessmentID), actor)
}

// IsDrawn tells whether anything is hidden.
func (v Veil) IsDrawn() bool { return len(v.nameless)+len(v.hidden) > 0 }

func veil(db *gorm.DB, actor access.Actor) (Veil, error) {
	v := Veil{nameless: map[int64]bool{}, hidden: map[int64]bool{}}
	if actor.Kind != access.User {
		return v, nil
	}
	var waiting []struct {
		AssessmentCandidateID, AssessmentSectionCandidateID int64
		IsBlind, HideOthers                                 bool
	}
	err := db.Table("panel_candidates pc").Scopes(access.Own(actor, "pc")).
		Select("pc.assessment_candidate_id, pc.assessment_section_candidate_id, s.is_blind, s.hide_others").
		Joins("JOIN panels p ON p.id = pc.panel_id").Joins("JOIN assessment_sections s ON s.id = p.assessment_section_id").
		Where("p.user_id = ? AND NOT pc.is_evaluated", actor.ID).Scan(&waiting).Error
	if err != nil {
		return v, fmt.Errorf("find what the reader still has to evaluate: %w", err)
	}
	for _, o := range waiting {
		if o.IsBlind {
			v.nameless[o.AssessmentCandidateID] = true
		}
		if o.HideOthers {
			v.hidden[o.AssessmentSectionCandidateID] = true
		}
	}
	return v, nil
}

// open finds what a reader still has to evaluate; the reader's id is its parameter.
const open = "SELECT 1 FROM panel_candidates vp JOIN panels vu ON vu.id = vp.panel_id " +
	"JOIN assessment_sections vs ON vs.id = vu.assessment_section_id WHERE vu.user_id = ? AND NOT vp.is_evaluated AND "

// Named returns the condition, on a column of participation ids, that the reader may know the candidate's name. Its
// parameter is the reader's user id.
func Named(participation string) string {
	return "NOT EXISTS (" + open + "vs.is_blind AND vp.assessment_candidate_id = " + participation + ")"
}

// Shown returns the condition, on a table of evaluations, that the reader may see the evaluation: the own, or one that no
// veil hides. Its parameters are the reader's user id, twice.
func Shown(evaluations string) string {
	return "(" + evaluations + ".evaluated_by = ? OR NOT EXISTS (" + open +
		"vs.hide_others AND vp.assessment_section_candidate_id = " + evaluations + ".assessment_section_candidate_id))"
}
