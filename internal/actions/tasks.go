package actions

import (
	"context"
	"fmt"
	"regexp"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Register says which function performs each background task, on the runner's queue. Call it once, before the queue
// starts.
func (r *Runner) Register(post notify.Post) {
	r.DeliverBy(post)
	r.Jobs.Handle(TaskPerform, r.PerformQueued)
	r.Jobs.Handle(TaskClose, r.closeIfOverdue)
	r.Jobs.Handle(TaskSweep, r.sweepOverdue)
	r.Jobs.Every(sweepEvery, TaskSweep)
	r.Jobs.Handle(TaskSessions, r.sweepSessions)
	r.Jobs.Every(sweepEvery, TaskSessions)
	r.Jobs.Handle(TaskImportQuestions, r.PerformQuestionImport)
	r.Jobs.Handle(TaskImport, r.PerformImport)
	r.Jobs.Handle(TaskWebhook, r.deliverWebhook)
	r.Jobs.Apart(TaskWebhook)
	r.Jobs.Handle(TaskTidy, r.tidy)
	r.Jobs.Every(tidyEvery, TaskTidy)
	r.Jobs.Handle(TaskFold, r.foldTallies)
	r.Jobs.Every(foldEvery, TaskFold)
	r.Jobs.Handle(TaskReset, r.sendPasswordReset)
	r.Jobs.Handle(TaskSignInRefused, r.noteRefusedSignIn)
}

// DeliverBy says how messages leave from now on.
func (r *Runner) DeliverBy(post notify.Post) {
	post.Sent, r.HasMail, r.HasTexts = r.noteSent, post.Sender != nil, post.Texts != nil
	r.Jobs.Handle(TaskDeliver, post.Deliver)
}

// accountLink is a link that opens an account, as it stands in a message.
var accountLink = regexp.MustCompile(`/(password/reset|invitation|email)/[A-Za-z0-9_-]+`)

// noteSent moves a participation on when its invitation left, of which open pipelines hear after the commit, and strikes
// out links that open accounts.
func (r *Runner) noteSent(ctx context.Context, tx *gorm.DB, n models.Notification) (after func(), err error) {
	nothing := func() {}
	if kind, _ := notify.TypeOf(n.TypeID); kind.Secret {
		return nothing, tx.Model(&models.Notification{}).Where("id = ?", n.ID).
			Update("content", accountLink.ReplaceAllString(n.Content, "/$1/…")).Error
	}
	invitation, _ := notify.TypeNamed(notify.Invitation)
	if n.TypeID != invitation.ID || n.AssessmentCandidateID == nil || n.OrganizationID == nil {
		return nothing, nil
	}
	w := r.work(access.Actor{})
	w.begin(ctx, tx, access.Program(*n.OrganizationID))
	if err := w.noteMailed(n); err != nil {
		return nothing, err
	}
	return func() { w.followUp(ctx) }, w.tellPrograms(ctx)
}

// noteMailed moves the participation on that an invitation was mailed for.
func (w *Work) noteMailed(n models.Notification) error {
	var participation models.AssessmentCandidate
	if err := locked(w.Own()).First(&participation, *n.AssessmentCandidateID).Error; err != nil {
		return fmt.Errorf("load the invited participation: %w", err)
	}
	before := models.StatusOf(participation.SystemStatusID)
	participation.Advance(models.Mailed, w.Now)
	status := models.StatusOf(participation.SystemStatusID)
	if before == status {
		return nil
	}
	if err := w.Tx.Save(&participation).Error; err != nil {
		return fmt.Errorf("move the invited participation on: %w", err)
	}
	w.Changed(TopicAssessment, participation.AssessmentID)
	return w.Audit(ledger.Entry{Verb: "mail-invitation", SubjectType: "assessment_candidate", SubjectID: participation.ID,
		Before: before, After: status, Detail: map[string]any{"notification": n.ID}})
}
