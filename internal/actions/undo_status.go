package actions

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// UndoStatus takes decisions back as long as the candidates were not told: those that one ChangeStatus made, or those on
// the given participations. The message that was to tell them never leaves. Who was moved again since stays there.
type UndoStatus struct {
	ActionID             int64
	AssessmentCandidates Refs
	To                   models.StatusKey // where they are expected to return to; 0 for wherever that is

	Moved []models.AssessmentCandidate // where they are now
	From  models.StatusKey             // the decision that was taken back
}

// Grant implements Action.
func (*UndoStatus) Grant() access.Grant { return "participation.decide" }

// Validate implements Action.
func (a *UndoStatus) Validate() error {
	if a.ActionID != 0 {
		return nil
	}
	bad := fault.Fields{}
	checkRefs(bad, "assessmentCandidates", a.AssessmentCandidates)
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *UndoStatus) Perform(_ context.Context, w *Work) error {
	if err := a.loadAction(w); err != nil {
		return err
	}
	invitations, err := lockInvitations(w, a.AssessmentCandidates.IDs())
	if err != nil {
		return err
	}
	if len(invitations) == 0 {
		return fault.Missing("assessment candidate")
	}
	standing := a.stillStanding(invitations)
	if len(standing) == 0 {
		return fault.New(fault.Conflict, "There is nothing to take back: the decision was changed since.")
	}
	if err := refuseTold(w, standing); err != nil {
		return err
	}
	return a.takeBack(w, standing)
}

// loadAction fills in whom a recorded change of status was about.
func (a *UndoStatus) loadAction(w *Work) error {
	if a.ActionID == 0 {
		return nil
	}
	var row models.ActionRecord
	if err := w.Own().Where("name = ?", "change-status").First(&row, a.ActionID).Error; err != nil {
		return database.Fault(err, "change of status")
	}
	if row.Status != models.ActionCompleted {
		return fault.New(fault.Conflict, "This is still being worked on. Take it back when it is done.")
	}
	var made ChangeStatus
	if err := json.Unmarshal(row.Input, &made); err != nil {
		return fmt.Errorf("read the change of status: %w", err)
	}
	a.AssessmentCandidates, a.From = made.AssessmentCandidates, made.StatusSortKey
	return nil
}

func (a *UndoStatus) stillStanding(invitations []models.AssessmentCandidate) []models.AssessmentCandidate {
	var standing []models.AssessmentCandidate
	for _, p := range invitations {
		if p.Status().IsDecision() && (a.From == 0 || p.Status() == a.From) {
			standing = append(standing, p)
		}
	}
	return standing
}

// refuseTold refuses when a message about a decision that stands has left, or is just leaving.
func refuseTold(w *Work, standing []models.AssessmentCandidate) error {
	ids := make([]int64, len(standing))
	for i, p := range standing {
		ids[i] = p.ID
	}
	var told int64
	err := w.Own("notifications").Model(&models.Notification{}).
		Joins("JOIN assessment_candidates p ON p.id = notifications.assessment_candidate_id").
		Where("p.id IN ? AND notifications.type_id IN ? AND (notifications.sent_at >= p.status_since OR notifications.claimed_at IS NOT NULL)", ids, decisionTypeIDs()).
		Count(&told).Error
	if err != nil {
		return fmt.Errorf("look for messages that left: %w", err)
	}
	if told > 0 {
		return fault.New(fault.Conflict, "The candidate was told of this already. Set another status instead.")
	}
	return nil
}

func (a *UndoStatus) takeBack(w *Work, standing []models.AssessmentCandidate) error {
	ids := make([]int64, len(standing))
	for i, p := range standing {
		ids[i] = p.ID
		from := p.Status()
		if err := p.Undo(w.Now); err != nil {
			return err
		}
		if a.To != 0 && p.Status() != a.To {
			return fault.New(fault.Conflict, "Without the decision the status is %s, not %s.", p.Status().Label(), a.To.Label())
		}
		p.UpdatedBy = w.Actor.UserID()
		if err := w.Tx.Save(&p).Error; err != nil {
			return fmt.Errorf("take back the decision on %d: %w", p.ID, err)
		}
		err := w.Audit(ledger.Entry{Verb: "undo-status", SubjectType: "assessment_candidate", SubjectID: p.ID, Before: from,
			After: p.Status(), Detail: map[string]any{"from": from.Label(), "to": p.Status().Label()}})
		if err != nil {
			return err
		}
		a.From = from
		a.Moved = append(a.Moved, p)
		w.Changed(TopicAssessment, p.AssessmentID)
	}
	return withdrawNotices(w, ids)
}
