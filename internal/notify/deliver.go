package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/calendar"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/mail"
	"github.com/assay-hire/assay/internal/textmessage"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Post hands outbox rows to the mail server, and text messages to their provider.
type Post struct {
	DB     *database.DB
	Sender mail.Sender        // nil when no server is set: messages stay in the outbox
	Texts  textmessage.Sender // nil when no provider is set: text messages stay in the outbox
	From   string             // sender where neither the organization nor the template names one
	// Sent is told after a message left, in the transaction that says so. What it returns is called after the commit.
	Sent func(ctx context.Context, tx *gorm.DB, n models.Notification) (after func(), err error)
}

// claimLife is how long a server that claimed a message is believed to be sending it: longer than any mail server takes.
const claimLife = 10 * time.Minute

var errClaimed = errors.New("another server is sending it")

// Deliver sends one outbox row. A passing failure is returned, so that the task is tried again; a bounce is final. A
// row that was sent, archived or taken back meanwhile is left alone. Of two who deliver it at once, one sends it.
func (p Post) Deliver(ctx context.Context, id int64) error {
	n, waits, err := p.claim(ctx, id)
	if err != nil {
		return fmt.Errorf("claim notification %d: %w", id, err)
	}
	if !waits {
		return nil
	}
	replyTo, err := p.answersTo(ctx, n)
	if err != nil {
		return fmt.Errorf("find who is answered by notification %d: %w", id, err)
	}
	sendErr := p.send(ctx, n, replyTo)
	if err := p.note(ctx, n, sendErr); err != nil {
		return fmt.Errorf("note the delivery of notification %d: %w", id, err)
	}
	if sendErr != nil && !permanent(sendErr) {
		return fmt.Errorf("send notification %d: %w", id, sendErr)
	}
	return nil
}

func (p Post) send(ctx context.Context, n models.Notification, replyTo string) error {
	if isText(n) {
		return p.Texts.Send(ctx, textmessage.Message{ID: messageID(n), To: n.ToAddress, Text: mail.Text(n.Content)})
	}
	m := p.message(n)
	m.ReplyTo = replyTo
	return p.Sender.Send(ctx, m)
}

// canSend tells whether there is anybody to hand a message to.
func (p Post) canSend(n models.Notification) bool {
	if isText(n) {
		return p.Texts != nil
	}
	return p.Sender != nil
}

func isText(n models.Notification) bool {
	kind, _ := TypeOf(n.TypeID)
	return kind.IsText()
}

func permanent(err error) bool { return mail.Permanent(err) || textmessage.Permanent(err) }

// messageID is the same at every try to send a message, so that a second delivery after a crash is recognised as one.
func messageID(n models.Notification) string {
	return fmt.Sprintf("%d.%d@assay", n.ID, n.CreatedAt.UnixMicro())
}

// claim returns a message that is to be sent now, and by this server alone. With nobody to hand it to there is none.
func (p Post) claim(ctx context.Context, id int64) (n models.Notification, waits bool, err error) {
	now := p.DB.Clock.Now()
	err = p.DB.InTx(ctx, func(tx *gorm.DB) error {
		n = models.Notification{}
		if err := database.Locked(tx).First(&n, id).Error; err != nil {
			return err
		}
		if waits = n.IsWaiting(); !waits {
			return nil
		}
		if !p.canSend(n) {
			waits = false
			return mark(tx, n, models.NotificationArchived, nil, nil)
		}
		if n.ClaimedAt != nil && now.Sub(*n.ClaimedAt) < claimLife {
			return errClaimed
		}
		return tx.Model(&models.Notification{}).Where("id = ?", id).UpdateColumn("claimed_at", now).Error
	})
	return n, waits, err
}

// note writes how a delivery went. It does so even when the server is stopping: what was sent must not be sent again.
func (p Post) note(ctx context.Context, n models.Notification, sendErr error) error {
	ctx = context.WithoutCancel(ctx)
	now := p.DB.Clock.Now()
	after := func() {}
	err := p.DB.InTx(ctx, func(tx *gorm.DB) (err error) {
		switch {
		case sendErr == nil:
			if err := mark(tx, n, models.NotificationSent, &now, nil); err != nil {
				return err
			}
			after, err = p.Sent(ctx, tx, n)
			return err
		case permanent(sendErr):
			return mark(tx, n, models.NotificationBounced, nil, sendErr)
		default:
			return mark(tx, n, models.NotificationFailed, nil, sendErr)
		}
	})
	if err == nil {
		after()
	}
	return err
}

func (p Post) message(n models.Notification) mail.Message {
	from := n.FromAddress
	if from == "" {
		from = p.From
	}
	m := mail.Message{From: from, To: []string{n.ToAddress}, Subject: n.Subject, HTML: n.Content,
		MessageID: messageID(n)}
	if n.Calendar != nil {
		m.Invitation = &mail.Invitation{Method: string(calendar.MethodOf(*n.Calendar)), Content: *n.Calendar}
	}
	return m
}

// answersTo returns where a candidate's answer to a message goes: our pages tell them to answer the invitation, so it must
// reach a person. A sender that the organization or a template names takes answers itself; the program's own does not,
// there it is the user who had the message sent. "" is the sender.
func (p Post) answersTo(ctx context.Context, n models.Notification) (string, error) {
	if n.FromAddress != "" || n.CandidateID == nil || n.CreatedBy == nil {
		return "", nil
	}
	var addresses []string
	err := p.DB.Read.WithContext(ctx).Model(&models.User{}).
		Where("id = ? AND organization_id = ? AND status = ? AND NOT is_deleted", *n.CreatedBy, n.OrganizationID, models.UserActive).Pluck("email", &addresses).Error
	if err != nil || len(addresses) == 0 {
		return "", err
	}
	return addresses[0], nil
}

func mark(tx *gorm.DB, n models.Notification, status models.NotificationStatus, sentAt *time.Time, failure error) error {
	changes := map[string]any{"status": status, "attempts": n.Attempts + 1, "last_error": nil, "claimed_at": nil}
	if sentAt != nil {
		changes["sent_at"] = *sentAt
	}
	if failure != nil {
		changes["last_error"] = failure.Error()
	}
	return tx.Model(&models.Notification{}).Where("id = ?", n.ID).Updates(changes).Error
}
