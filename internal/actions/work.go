package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/notify"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
)

// Work is what an action has in hand while it performs: its transaction, who acts, what time it is.
type Work struct {
	Tx    *gorm.DB
	Actor access.Actor
	Now   time.Time
	World World

	runner   *Runner
	recordID int64
	topics   map[string]bool
	after    []func(context.Context)
	counts   Counts
	verdict  error

	events                   []occurrence // for other programs
	touched, touchedAttempts []int64      // participations and attempts that something happened to
	ended                    []models.ActionRecord
}

// Counts tell how the units of a recorded action went.
type Counts struct {
	Total, Failed int
	Refusals      []string // why units failed, one line each
}

func (r *Runner) work(actor access.Actor) *Work {
	return &Work{Actor: actor, Now: r.DB.Clock.Now(), World: r.World, runner: r, topics: map[string]bool{}}
}

func (w *Work) prepare(ctx context.Context, db *gorm.DB, a Action) error {
	p, ok := a.(Prepared)
	if !ok {
		return nil
	}
	w.Tx = db.WithContext(ctx)
	return p.Prepare(ctx, w)
}

// begin gives the work a transaction and nothing done in it yet.
func (w *Work) begin(ctx context.Context, tx *gorm.DB, actor access.Actor) {
	*w = Work{Tx: tx.WithContext(ctx), Actor: actor, Now: w.Now, World: w.World, runner: w.runner, topics: map[string]bool{}}
}

// unit does one of several things in a transaction. When it returns an error, what it wrote is taken back and the
// transaction can go on: PostgreSQL would refuse everything after a statement that failed.
func (w *Work) unit(do func() error) error {
	return w.Tx.Transaction(func(*gorm.DB) error { return do() })
}

// Own returns a query on the transaction that sees the actor's organization only.
func (w *Work) Own(table ...string) *gorm.DB { return w.Tx.Scopes(access.Own(w.Actor, table...)) }

// Also performs another action as a step of this one: same transaction, same actor, its own validation and grant.
func (w *Work) Also(ctx context.Context, a Action) error {
	if err := w.runner.admit(w.Actor, a); err != nil {
		return err
	}
	if err := w.prepare(ctx, w.Tx, a); err != nil {
		return err
	}
	return a.Perform(ctx, w)
}

// Audit appends an entry to the organization's ledger, and has other programs told of it that want to know.
func (w *Work) Audit(e ledger.Entry) error {
	w.noteEvents(e)
	return ledger.Append(w.Tx, w.Actor, w.Now, e)
}

// Notify words a message and puts it into the outbox, to leave after the commit or at its time.
func (w *Work) Notify(ctx context.Context, n notify.Notice) error {
	return w.NotifyAll(ctx, []notify.Notice{n})
}

// NotifyAll is Notify for many messages of one type about one assessment, or none. Where the organization wants text
// messages, one goes beside each mail to somebody who has a telephone.
func (w *Work) NotifyAll(ctx context.Context, notices []notify.Notice) error {
	if len(notices) == 0 {
		return nil
	}
	if err := w.post(ctx, notices); err != nil {
		return err
	}
	texts, err := w.textsBeside(notices)
	if err != nil || len(texts) == 0 {
		return err
	}
	return w.post(ctx, texts)
}

// post puts messages of one type into the outbox.
func (w *Work) post(ctx context.Context, notices []notify.Notice) error {
	words, err := notify.WordingOf(w.Tx, notices[0].Type, w.Actor.OrganizationID, notices[0].AssessmentID)
	if err != nil {
		return err
	}
	rows := make([]models.Notification, len(notices))
	for i, n := range notices {
		n.OrganizationID, n.By = w.Actor.OrganizationID, w.Actor.UserID()
		rows[i] = words.Compose(n, w.Now)
	}
	if err := w.Tx.CreateInBatches(&rows, rowsAtOnce).Error; err != nil {
		return fmt.Errorf("put messages into the outbox: %w", err)
	}
	tasks := make([]jobs.Task, len(rows))
	for i, row := range rows {
		tasks[i] = jobs.Task{Name: TaskDeliver, Subject: row.ID}
		if at := notices[i].At; !at.IsZero() {
			tasks[i].Due = &at
		}
	}
	return w.runner.Jobs.Insert(ctx, w.Tx, tasks...)
}

// Later queues a background task in the transaction; at may be zero for at once.
func (w *Work) Later(ctx context.Context, task string, subject int64, at time.Time) error {
	t := jobs.Task{Name: task, Subject: subject}
	if !at.IsZero() {
		t.Due = &at
	}
	return w.runner.Jobs.Insert(ctx, w.Tx, t)
}

// Changed tells open pages on the topic to look again after the commit.
func (w *Work) Changed(topic string, id int64) { w.topics[Topic(topic, id)] = true }

// Topic names what open pages listen to.
func Topic(kind string, id int64) string { return fmt.Sprintf("%s:%d", kind, id) }

// AfterCommit has fn called once the transaction stands. What must not be lost is a task instead.
func (w *Work) AfterCommit(fn func(context.Context)) { w.after = append(w.after, fn) }

// Done counts a unit that went well, and Refused one that did not, with the reason.
func (w *Work) Done() { w.counts.Total++ }

// Refused counts a unit that failed. What names it in the action's response.
func (w *Work) Refused(what string, err error) {
	w.counts.Total++
	w.counts.Failed++
	w.counts.Refusals = append(w.counts.Refusals, what+": "+refusal(err))
}

// Counts returns how the units went so far.
func (w *Work) Counts() Counts { return w.counts }

// followUp goes on even when the request that caused it is gone by now.
func (w *Work) followUp(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for topic := range w.topics {
		w.runner.Hub.Publish(ctx, topic)
	}
	for _, fn := range w.after {
		fn(ctx)
	}
}

// closeRecord writes how a recorded action ended.
func (w *Work) closeRecord(row *models.ActionRecord) error {
	row.Status, row.CompletedAt = models.ActionCompleted, &w.Now
	if err := w.keepCounts(row); err != nil {
		return err
	}
	if err := w.Tx.Save(row).Error; err != nil { // made in this transaction
		return fmt.Errorf("close the action's row: %w", err)
	}
	w.ended = append(w.ended, *row)
	return nil
}

const keptRefusals = 500

// keepCounts adds the units of this piece of work to the row. The response lists what failed, up to a bound.
func (w *Work) keepCounts(row *models.ActionRecord) error {
	total, failed := w.counts.Total, w.counts.Failed
	if row.TotalCount != nil {
		total += *row.SuccessCount + *row.ErrorCount
		failed += *row.ErrorCount
	}
	succeeded := total - failed
	row.TotalCount, row.ErrorCount, row.SuccessCount = &total, &failed, &succeeded
	if len(w.counts.Refusals) == 0 {
		return nil
	}
	var lines []string
	if row.Response != nil {
		if err := json.Unmarshal([]byte(*row.Response), &lines); err != nil {
			return fmt.Errorf("read the action's response: %w", err)
		}
	}
	lines = append(lines, w.counts.Refusals...)
	if len(lines) > keptRefusals {
		lines = lines[:keptRefusals]
	}
	text, err := json.Marshal(lines)
	if err != nil {
		return fmt.Errorf("write the action's response: %w", err)
	}
	response := string(text)
	row.Response = &response
	return nil
}

// RefuseButKeep has Run answer with the refusal although what was written stands: a wrong code is counted and noted.
func (w *Work) RefuseButKeep(refusal error) { w.verdict = refusal }

// Link returns the absolute address of a path of this program.
func (w *Work) Link(path string) string { return strings.TrimRight(w.World.BaseURL, "/") + path }

// optional returns nil for an empty text: what a nullable column holds.
func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
