package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleStatusReason checks a reason; one without a label is shown by its key.
func SettleStatusReason(_ context.Context, change *resource.Change) error {
	r := change.Row.(*models.StatusReason)
	if r.Key = strings.TrimSpace(r.Key); r.Key == "" {
		return fault.Field("key", "Give the reason a key.")
	}
	if r.Label = strings.TrimSpace(r.Label); r.Label == "" {
		r.Label = r.Key
	}
	return nil
}

// SettleParticipationFile refuses an attempt of another participation.
func SettleParticipationFile(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	f := change.Row.(*models.AssessmentCandidateFile)
	_, err := attemptIn(stepOf(change), f.AssessmentSectionCandidateID, f.AssessmentCandidateID)
	return err
}

// attemptIn returns the attempt, which must belong to the participation.
func attemptIn(w *Work, attemptID, participationID int64) (models.AssessmentSectionCandidate, error) {
	var attempt models.AssessmentSectionCandidate
	err := w.Own().Where("assessment_candidate_id = ?", participationID).First(&attempt, attemptID).Error
	return attempt, renamed(database.Fault(err, "attempt of this participation"), "assessment_section_candidate_id", nil)
}

// SettleParticipation checks what is written down of a participation. Whose it is, and in what, never changes.
func SettleParticipation(_ context.Context, change *resource.Change) error {
	now, was, bad := change.Row.(*models.AssessmentCandidate), change.Was.(*models.AssessmentCandidate), fault.Fields{}
	if now.AssessmentID != was.AssessmentID {
		bad["assessment_id"] = "A participation stays with its assessment. Invite the candidate to the other one."
	}
	if now.CandidateID != was.CandidateID {
		bad["candidate_id"] = "A participation stays with its candidate."
	}
	if now.ProviewRating != nil && *now.ProviewRating < 0 {
		bad["proviewRating"] = "A rating is not below zero."
	}
	notYet(bad, "attended_at", now.AttendedAt, change.Ask.Now)
	notYet(bad, "evaluated_at", now.EvaluatedAt, change.Ask.Now)
	return fault.Refuse(bad)
}

// notYet refuses a time at which nothing can have happened yet.
func notYet(bad fault.Fields, name string, at *time.Time, now time.Time) {
	if at != nil && at.After(now.Add(time.Minute)) {
		bad[name] = "This moment has not come yet."
	}
}

// SettlePanelCandidate checks an assignment: a panel of the section that the attempt is at. What was judged stays
// assigned.
func SettlePanelCandidate(_ context.Context, change *resource.Change) error {
	w, row := stepOf(change), change.Row.(*models.PanelCandidate)
	was, ok := change.Was.(*models.PanelCandidate)
	if ok && was.IsEvaluated && (row.PanelID != was.PanelID || row.AssessmentSectionCandidateID != was.AssessmentSectionCandidateID) {
		return fault.New(fault.Conflict, "The panel has evaluated this attempt; the assignment stays as it is.")
	}
	attempt, err := attemptIn(w, row.AssessmentSectionCandidateID, row.AssessmentCandidateID)
	if err != nil {
		return err
	}
	var panel models.Panel
	err = w.Own().Where("assessment_section_id = ?", attempt.AssessmentSectionID).First(&panel, row.PanelID).Error
	if err != nil {
		return renamed(database.Fault(err, "panel on the section of this attempt"), "panel_id", nil)
	}
	var rules models.AssessmentSection
	if err := w.Own().First(&rules, attempt.AssessmentSectionID).Error; err != nil {
		return fmt.Errorf("load the attempt's rules: %w", err)
	}
	if change.Verb == resource.Create {
		row.AddedBy, row.DueAt = w.Actor.UserID(), rules.EvaluationEndDate
	}
	return isJudged(w, row)
}

// isJudged marks an assignment whose panel has submitted an evaluation of the attempt already.
func isJudged(w *Work, row *models.PanelCandidate) error {
	var given int64
	err := w.Own().Model(&models.Evaluation{}).Where("panel_id = ? AND assessment_section_candidate_id = ? AND evaluated_at IS NOT NULL",
		row.PanelID, row.AssessmentSectionCandidateID).Count(&given).Error
	if err != nil {
		return fmt.Errorf("look for an evaluation: %w", err)
	}
	row.IsEvaluated = given > 0
	return nil
}
