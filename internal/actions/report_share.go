package actions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/review"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

const (
	shareDays    = 7
	maxShareDays = 90
)

// ShareReport makes a link that shows one candidate's report without an account, for some days. The link itself is
// known only now; the database keeps its hash.
type ShareReport struct {
	AssessmentCandidateID int64
	Days                  int `form:"days"` // 7 when 0, at most 90

	Share models.ReportShare `form:"-"`
	URL   string             `form:"-"`
}

// Grant implements Action.
func (*ShareReport) Grant() access.Grant { return "report.share" }

// Validate implements Action.
func (a *ShareReport) Validate() error {
	if a.Days == 0 {
		a.Days = shareDays
	}
	if a.Days < 1 || a.Days > maxShareDays {
		return fault.Field("days", "A link lasts from 1 to %d days.", maxShareDays)
	}
	return nil
}

// Perform implements Action.
func (a *ShareReport) Perform(_ context.Context, w *Work) error {
	var p models.AssessmentCandidate
	if err := w.Own().First(&p, a.AssessmentCandidateID).Error; err != nil {
		return database.Fault(err, "assessment candidate")
	}
	veil, err := review.VeilOver(w.Tx, w.Actor, p.ID)
	if err != nil {
		return err
	}
	if veil.IsDrawn() {
		return fault.New(fault.Conflict, "You still have to evaluate this candidate. Give your evaluation first, then share the report.")
	}
	token := secrets.Token()
	a.Share = models.ReportShare{Owned: p.Owned, Authored: authored(w), AssessmentCandidateID: p.ID,
		TokenHash: secrets.HashToken(token), ExpiresAt: w.Now.Add(time.Duration(a.Days) * 24 * time.Hour)}
	if err := w.Tx.Create(&a.Share).Error; err != nil {
		return fmt.Errorf("share report: %w", err)
	}
	a.URL = w.Link("/shared/" + token)
	return w.Audit(ledger.Entry{Verb: "share-report", SubjectType: "assessment_candidate", SubjectID: p.ID,
		Detail: map[string]any{"share": a.Share.ID, "expires": a.Share.ExpiresAt.UTC().Format(time.RFC3339)}})
}

// RevokeShare ends a shared link at once.
type RevokeShare struct{ ID int64 }

// Grant implements Action.
func (*RevokeShare) Grant() access.Grant { return "report.share" }

// Validate implements Action.
func (*RevokeShare) Validate() error { return nil }

// Perform implements Action.
func (a *RevokeShare) Perform(_ context.Context, w *Work) error {
	var share models.ReportShare
	if err := w.Own().First(&share, a.ID).Error; err != nil {
		return database.Fault(err, "shared link")
	}
	if share.RevokedAt != nil {
		return nil
	}
	changes := map[string]any{"revoked_at": w.Now, "updated_by": w.Actor.UserID()}
	if err := w.Tx.Model(&share).Updates(changes).Error; err != nil {
		return fmt.Errorf("revoke a shared link: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "revoke-share", SubjectType: "assessment_candidate", SubjectID: share.AssessmentCandidateID,
		Detail: map[string]any{"share": share.ID}})
}

// OpenShare admits whoever holds a shared link to the one report it is for, and counts the visit. A link that never
// was, has expired or was revoked is Gone, all alike.
type OpenShare struct {
	Token string

	Share models.ReportShare
}

// Grant implements Action: the link is the right.
func (*OpenShare) Grant() access.Grant { return "" }

// Validate implements Action.
func (*OpenShare) Validate() error { return nil }

// Perform implements Action.
func (a *OpenShare) Perform(_ context.Context, w *Work) error {
	err := w.Tx.Where("token_hash = ?", secrets.HashToken(a.Token)).First(&a.Share).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || (err == nil && (a.Share.RevokedAt != nil || !w.Now.Before(a.Share.ExpiresAt))) {
		a.Share = models.ReportShare{}
		return fault.New(fault.Gone, "This link has expired or was taken back. Whoever sent it can send a new one.")
	}
	if err != nil {
		return fmt.Errorf("find a shared link: %w", err)
	}
	a.Share.Views++
	if err := w.Tx.Model(&models.ReportShare{}).Where("id = ?", a.Share.ID).UpdateColumn("views", gorm.Expr("views + 1")).Error; err != nil {
		return fmt.Errorf("count a visit: %w", err)
	}
	w.Actor = access.Program(a.Share.OrganizationID) // whoever holds a link is nobody's user; the entry is the organization's
	return w.Audit(ledger.Entry{Verb: "open-share",
		SubjectType: "assessment_candidate", SubjectID: a.Share.AssessmentCandidateID, Detail: map[string]any{"share": a.Share.ID}})
}
