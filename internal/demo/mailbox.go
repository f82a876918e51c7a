package demo

import (
	"context"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
)

// mailbox is the mail server of the sample's past: it takes every message and keeps none. Messages written once the demo
// runs go the way of its own settings.
type mailbox struct{}

// Send implements mail.Sender.
func (mailbox) Send(context.Context, mail.Message) error { return nil }

// unsent is how many of an assessment's last invitations stay in the outbox, so that the sample shows those too.
const unsent = 3

// deliver sends the invitations of an assessment at the time they were written, all but the last few.
func (b *builder) deliver(assessment models.Assessment, but int) {
	var waiting []models.Notification
	b.find(&waiting, "assessment_id = ? AND status = ?", assessment.ID, models.NotificationEnqueued)
	b.runner.DeliverBy(notify.Post{DB: b.runner.DB, Sender: mailbox{}, From: "Marram Logistics <hiring@marram.example.com>"})
	for _, n := range waiting[:max(0, len(waiting)-but)] {
		if b.err == nil {
			b.err = b.runner.Jobs.Perform(b.ctx, jobs.Task{Name: actions.TaskDeliver, Subject: n.ID})
		}
	}
}
