package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// DeleteParticipation takes a candidate out of an assessment, as long as the candidate has not begun. The link in the
// invitation leads nowhere then, and messages that wait to leave stay. Who has begun is archived instead.
type DeleteParticipation struct{ ID int64 }

// Grant implements Action.
func (*DeleteParticipation) Grant() access.Grant { return "participation.decide" }

// Validate implements Action.
func (*DeleteParticipation) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteParticipation) Perform(_ context.Context, w *Work) error {
	p, err := lockParticipation(w, a.ID)
	if err != nil {
		return err
	}
	attempts, err := attemptsOf(w, []int64{p.ID})
	if err != nil {
		return err
	}
	var ids []int64
	for _, t := range attempts[p.ID] {
		if t.IsStarted() || t.IsClosed() || t.ExternalComplete {
			return fault.New(fault.Conflict, "The candidate has begun. What was answered is kept: archive the candidate instead.")
		}
		ids = append(ids, t.ID)
	}
	if err := forgetParticipation(w, p.ID, ids); err != nil {
		return err
	}
	if err := w.Tx.Delete(&p).Error; err != nil {
		return database.Fault(fmt.Errorf("delete the participation: %w", err), "participation")
	}
	w.Changed(TopicAssessment, p.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "delete-participation", SubjectType: "assessment_candidate", SubjectID: p.ID, Before: p,
		Detail: map[string]any{"assessment": p.AssessmentID, "candidate": p.CandidateID, "attempts": len(ids)}})
}

// forgetParticipation removes what hangs on a participation that nothing happened in. The outbox keeps what was sent.
func forgetParticipation(w *Work, id int64, attempts []int64) error {
	letters := func() *gorm.DB { return w.Own().Model(&models.Notification{}).Where("assessment_candidate_id = ?", id) }
	if err := letters().Where("status IN ?", waiting).Update("status", models.NotificationArchived).Error; err != nil {
		return fmt.Errorf("withdraw messages: %w", err)
	}
	err := letters().Updates(map[string]any{"assessment_candidate_id": nil, "assessment_section_candidate_id": nil}).Error
	if err != nil {
		return fmt.Errorf("keep messages without the participation: %w", err)
	}
	panels, err := openPanelsOf(w, "assessment_candidate_id = ?", id)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		model any
		where string
		ids   any
	}{
		{&models.PanelCandidate{}, "assessment_candidate_id = ?", id},
		{&models.AssessmentCandidateFile{}, "assessment_candidate_id = ?", id},
		{&models.ReportShare{}, "assessment_candidate_id = ?", id},
		{&models.Session{}, "assessment_candidate_id = ?", id},
		{&models.AccessToken{}, "assessment_candidate_id = ?", id},
		{&models.AttemptEvent{}, "assessment_section_candidate_id IN ?", attempts},
		{&models.AssessmentSectionCandidate{}, "id IN ?", attempts},
	} {
		if err := w.Own().Where(part.where, part.ids).Delete(part.model).Error; err != nil {
			return database.Fault(fmt.Errorf("remove what belongs to the participation: %w", err), "participation")
		}
	}
	return enterDue(w, panels)
}
