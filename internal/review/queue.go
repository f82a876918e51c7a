package review

import (
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Task is an attempt that a panelist was asked to evaluate.
type Task struct {
	Attempt, Participation int64
	Candidate              models.Candidate `gorm:"embedded;embeddedPrefix:c_"`
	Assessment, Section    string
	IsBlind, IsEvaluated   bool
	DueAt, CompletedAt     *time.Time
	HasDraft               bool
	Answers                int
}

// IsReady tells whether the candidate has finished and the panelist has not.
func (t Task) IsReady() bool { return !t.IsEvaluated && t.CompletedAt != nil }

// Name is how the candidate is called: by name, or by number where review is blind. Blind stays blind afterwards for
// those who see candidates nowhere else.
func (t Task) Name(actor access.Actor) string {
	if t.IsBlindTo(actor) {
		return Alias(t.Participation)
	}
	return t.Candidate.Name()
}

// mostTasks bounds a queue as shown; what is due first comes first.
const mostTasks = 500

// Queue returns what the actor was asked to evaluate: open before done, then by the day it is needed. One query.
func Queue(db *gorm.DB, actor access.Actor) ([]Task, error) {
	var found []Task
	err := db.Table("panel_candidates pc").Scopes(access.Own(actor, "pc")).
		Select(`t.id AS attempt, pc.assessment_candidate_id AS participation, c.email AS c_email, c.first_name AS c_first_name,
			c.middle_name AS c_middle_name, c.last_name AS c_last_name, a.title AS assessment, b.title AS section, s.is_blind,
			pc.is_evaluated, pc.due_at, t.completed_at, COALESCE(e.revision, 0) > 0 AS has_draft,
			(SELECT COUNT(*) FROM answers n WHERE n.assessment_section_candidate_id = t.id) AS answers`).
		Joins("JOIN panels p ON p.id = pc.panel_id").
		Joins("JOIN assessment_section_candidates t ON t.id = pc.assessment_section_candidate_id").
		Joins("JOIN assessment_candidates ac ON ac.id = pc.assessment_candidate_id").Joins("JOIN candidates c ON c.id = ac.candidate_id").
		Joins("JOIN assessment_sections s ON s.id = p.assessment_section_id").Joins("JOIN sections b ON b.id = s.section_id").
		Joins("JOIN assessments a ON a.id = s.assessment_id").
		Joins("LEFT JOIN evaluations e ON e.panel_id = pc.panel_id AND e.assessment_section_candidate_id = t.id AND e.evaluated_at IS NULL").
		Where("p.user_id = ? AND NOT a.is_deleted", actor.UserID()).
		Order("pc.is_evaluated, pc.due_at IS NULL, pc.due_at, pc.id").Limit(mostTasks).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load the evaluation queue: %w", err)
	}
	return found, nil
}

// IsBlindTo tells whether the actor is not to know who the candidate is.
func (t Task) IsBlindTo(actor access.Actor) bool {
	return t.IsBlind && (!t.IsEvaluated || !access.Can(actor, "pipeline.view"))
}
