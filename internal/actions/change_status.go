package actions

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/richtext"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// ChangeStatus sets the decision on participations, with a reason, and tells the candidates if IsNotify: at once, or at
// NotifyAt, until when UndoStatus takes the message back too.
type ChangeStatus struct {
	StatusSortKey        models.StatusKey `json:"statusSortKey" needs:"yes"`
	AssessmentCandidates Refs             `json:"assessmentCandidates" needs:"yes"`
	ReasonText           string           `json:"reasonText"`
	ReasonKey            string           `json:"reasonKey"`
	IsNotify             bool             `json:"isNotify" needs:"yes"`
	// Subject and Content word this one message; empty takes the template. Content is HTML and may hold tags.
	Subject  string     `json:"subject,omitempty"`
	Content  string     `json:"content,omitempty"`
	NotifyAt *time.Time `json:"notifyAt,omitempty"`
}

const (
	statusBatch   = 100
	longestReason = 2000
)

// Grant implements Action.
func (*ChangeStatus) Grant() access.Grant { return "participation.decide" }

// Size implements Queued.
func (a *ChangeStatus) Size() int { return len(a.AssessmentCandidates) }

// Validate implements Action.
func (a *ChangeStatus) Validate() error {
	bad := fault.Fields{}
	a.ReasonText, a.Subject = strings.TrimSpace(a.ReasonText), strings.TrimSpace(a.Subject)
	a.Content = richtext.Sanitize(a.Content)
	if !a.StatusSortKey.IsDecision() {
		bad["statusSortKey"] = "Choose one of 70 (select), 80 (hold), 90 (reject), 100 (suspend) and 120 (archive). Other statuses are reached, not set."
	}
	checkRefs(bad, "assessmentCandidates", a.AssessmentCandidates)
	if len(a.ReasonText) > longestReason {
		bad["reasonText"] = fmt.Sprintf("Keep the reason under %d characters.", longestReason)
	}
	if a.IsNotify {
		a.checkNotice(bad)
	}
	return fault.Refuse(bad)
}

// Perform implements Action: what must hold before anybody is moved.
func (a *ChangeStatus) Perform(_ context.Context, w *Work) error {
	a.AssessmentCandidates = RefsTo(a.AssessmentCandidates.IDs())
	if _, err := a.loadReason(w); err != nil {
		return err
	}
	invitations, err := loadInvitations(w, a.AssessmentCandidates.IDs())
	if err != nil {
		return err
	}
	if len(invitations) < len(a.AssessmentCandidates) {
		return fault.Missing("assessment candidate")
	}
	return a.refuseForbiddenMoves(invitations)
}

// Batch implements Queued.
func (a *ChangeStatus) Batch(ctx context.Context, w *Work, cursor int) (int, error) {
	ids, next := a.AssessmentCandidates.chunk(cursor, statusBatch)
	reason, err := a.loadReason(w)
	if err != nil {
		return cursor, err
	}
	invitations, err := lockInvitations(w, ids)
	if err != nil {
		return cursor, err
	}
	moves, err := a.moveEach(w, invitations, reason)
	if err != nil {
		return cursor, err
	}
	if err := a.writeHistory(w, moves, reason); err != nil {
		return cursor, err
	}
	return next, a.queueNotices(ctx, w, moves)
}

// loadReason returns the organization's reason that was chosen, or nil when none was.
func (a *ChangeStatus) loadReason(w *Work) (*models.StatusReason, error) {
	if a.ReasonKey == "" {
		return nil, nil
	}
	var found []models.StatusReason
	err := w.Own().Where("key = ? AND (status_id IS NULL OR status_id = ?)", a.ReasonKey, a.StatusSortKey.ID()).
		Limit(1).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load status reason: %w", err)
	}
	if len(found) == 0 {
		return nil, fault.Field("reasonKey", "There is no such reason for this status.")
	}
	return &found[0], nil
}

// loadInvitations returns the participations of the actor's organization among the ids, in the order of their ids.
func loadInvitations(w *Work, ids []int64) ([]models.AssessmentCandidate, error) {
	return readInvitations(func() *gorm.DB { return w.Own() }, ids)
}

// lockInvitations is loadInvitations for those about to be changed: held until the transaction ends.
func lockInvitations(w *Work, ids []int64) ([]models.AssessmentCandidate, error) {
	return readInvitations(func() *gorm.DB { return locked(w.Own()) }, ids)
}

func readInvitations(query func() *gorm.DB, ids []int64) ([]models.AssessmentCandidate, error) {
	var found []models.AssessmentCandidate
	for len(ids) > 0 {
		n := min(len(ids), 1000)
		var some []models.AssessmentCandidate
		if err := query().Where("id IN ?", ids[:n]).Order("id").Find(&some).Error; err != nil {
			return nil, fmt.Errorf("load participations: %w", err)
		}
		found, ids = append(found, some...), ids[n:]
	}
	return found, nil
}

// refuseForbiddenMoves refuses the whole when not one of the moves is allowed. Where some are, the others are refused
// one by one.
func (a *ChangeStatus) refuseForbiddenMoves(invitations []models.AssessmentCandidate) error {
	for _, p := range invitations {
		if p.Status() == a.StatusSortKey || models.MayFollow(p.Status(), a.StatusSortKey) {
			return nil
		}
	}
	return fault.New(fault.Conflict, "%s cannot follow %s.", a.StatusSortKey.Label(), invitations[0].Status().Label())
}

// move is one participation that changed its status.
type move struct {
	participation models.AssessmentCandidate
	from          models.StatusKey
}

func (a *ChangeStatus) moveEach(w *Work, invitations []models.AssessmentCandidate, reason *models.StatusReason) ([]move, error) {
	var moves []move
	for _, p := range invitations {
		m := move{p, p.Status()}
		if m.from == a.StatusSortKey {
			w.Done()
			continue
		}
		if err := m.participation.MoveTo(a.StatusSortKey, w.Now); err != nil {
			w.Refused(fmt.Sprintf("assessment candidate %d", p.ID), err)
			continue
		}
		m.participation.ReasonText, m.participation.UpdatedBy = optional(a.ReasonText), w.Actor.UserID()
		if reason != nil {
			m.participation.StatusReasonID = &reason.ID
		}
		if err := w.Tx.Save(&m.participation).Error; err != nil {
			return nil, fmt.Errorf("move participation %d: %w", p.ID, err)
		}
		w.Changed(TopicAssessment, p.AssessmentID)
		w.Done()
		moves = append(moves, m)
	}
	return moves, nil
}

// TopicAssessment is the topic of everything that happens to the participations of one assessment, TopicAttempt of what
// happens to the clock of one attempt.
const (
	TopicAssessment = "assessment"
	TopicAttempt    = "attempt"
)

func (a *ChangeStatus) writeHistory(w *Work, moves []move, reason *models.StatusReason) error {
	for _, m := range moves {
		detail := map[string]any{"from": m.from.Label(), "to": a.StatusSortKey.Label(), "action": w.recordID}
		if reason != nil {
			detail["reason"] = reason.Label
		}
		if a.IsNotify {
			detail["told"] = a.tellAt(w.Now).UTC().Format(time.RFC3339)
		}
		err := w.Audit(ledger.Entry{Verb: "change-status", SubjectType: "assessment_candidate", SubjectID: m.participation.ID,
			Before: m.from, After: a.StatusSortKey, Detail: detail})
		if err != nil {
			return err
		}
	}
	return nil
}
