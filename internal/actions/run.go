package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"sync/atomic"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/jobs"
	"github.com/assay-hire/assay/internal/live"
	"github.com/assay-hire/assay/internal/webhook"
	"github.com/assay-hire/assay/models"
	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Action is one named operation. Its exported fields are its input, tagged for JSON and form.
type Action interface {
	// Grant is the line of the matrix that the actor needs. "" is for actions anybody may try, such as signing in.
	Grant() access.Grant
	// Validate returns an Invalid fault for input that can be refused without looking at the database.
	Validate() error
	// Perform does the work inside a transaction.
	Perform(ctx context.Context, w *Work) error
}

// Prepared is an action with slow work that needs no transaction: hashing a password, reading a file. Prepare comes
// before Perform, with the reading handle in w.Tx; it writes nothing.
type Prepared interface {
	Prepare(ctx context.Context, w *Work) error
}

// Runner runs actions. Its fields are the parts of the world that actions may touch.
type Runner struct {
	DB   *database.DB
	Jobs *jobs.Queue
	Hub  *live.Hub
	World

	imports importBoard
	founded atomic.Bool
}

// Run validates, authorises and performs an action in one transaction. It leaves no action row: exam saves, drafts and
// settings go this way.
func (r *Runner) Run(ctx context.Context, actor access.Actor, a Action) error {
	if err := r.admit(actor, a); err != nil {
		return err
	}
	w := r.work(actor)
	if err := w.prepare(ctx, r.DB.Read, a); err != nil {
		return err
	}
	anew := restorer(a)
	err := r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.begin(ctx, tx, actor)
		anew()
		if err := a.Perform(ctx, w); err != nil {
			return err
		}
		return w.conclude(ctx, a)
	})
	if err != nil {
		return err
	}
	w.followUp(ctx)
	return w.verdict
}

// Record does what Run does for one of the actions of List, and leaves its row. A Queued action goes on in the
// background when it is larger than a request should wait for.
func (r *Runner) Record(ctx context.Context, actor access.Actor, a Action) (models.ActionRecord, error) {
	return r.RecordAsked(ctx, actor, a, Asked{})
}

// Asked is what a caller may say of a recorded action beside its input.
type Asked struct {
	Comment      *string // for reference
	CallbackURL  *string // told when the action is done
	SkipCallback *bool
	Sent         map[string]json.RawMessage // the input as it was sent, for reading it back
}

// note puts what a caller said into the action's row.
func (asked Asked) note(row *models.ActionRecord) (err error) {
	row.Comment, row.SkipCallback = asked.Comment, asked.SkipCallback
	if asked.CallbackURL != nil {
		row.CallbackURL = optional(*asked.CallbackURL)
	}
	if asked.Sent != nil {
		row.Sent, err = json.Marshal(asked.Sent)
	}
	return wrapped(err, "keep what was sent")
}

// check refuses an address that no message would be sent to.
func (asked Asked) check(to *webhook.Sender) error {
	if asked.CallbackURL == nil || *asked.CallbackURL == "" {
		return nil
	}
	if err := to.CheckURL(*asked.CallbackURL); err != nil {
		return fault.Field("callbackUrl", "%s", err.Error())
	}
	return nil
}

// RecordAsked is Record for a caller who says more than the input.
func (r *Runner) RecordAsked(ctx context.Context, actor access.Actor, a Action, asked Asked) (models.ActionRecord, error) {
	if err := r.admit(actor, a); err != nil {
		return models.ActionRecord{}, err
	}
	if err := asked.check(r.Webhooks); err != nil {
		return models.ActionRecord{}, err
	}
	w := r.work(actor)
	if err := w.prepare(ctx, r.DB.Read, a); err != nil {
		return models.ActionRecord{}, err
	}
	opened, err := newRecord(actor, a, w.Now)
	if err == nil {
		err = asked.note(&opened)
	}
	if err != nil {
		return opened, err
	}
	var row models.ActionRecord
	anew := restorer(a)
	err = r.DB.InTx(ctx, func(tx *gorm.DB) error {
		w.begin(ctx, tx, actor)
		anew()
		row = opened
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("open the action's row: %w", err)
		}
		w.recordID = row.ID
		if err := a.Perform(ctx, w); err != nil {
			return err
		}
		if err := w.settleRecord(ctx, &row, a); err != nil {
			return err
		}
		return w.conclude(ctx, a)
	})
	if err != nil {
		return row, err
	}
	w.followUp(ctx)
	if q, ok := a.(Queued); ok && q.Size() <= inlineUnits {
		// What was begun is finished, even when whoever asked for it has gone.
		return row, r.performQueued(context.WithoutCancel(ctx), row.ID, true)
	}
	return row, nil
}

// settleRecord queues the units of a queued action, and closes the row of any other.
func (w *Work) settleRecord(ctx context.Context, row *models.ActionRecord, a Action) (err error) {
	if row.Links, err = linksOf(a); err != nil {
		return err
	}
	if q, ok := a.(Queued); ok {
		return w.runner.enqueue(ctx, w, row, q)
	}
	return w.closeRecord(row)
}

// restorer returns a function that puts an action back to how it is now, for a transaction that is begun anew.
func restorer(a Action) func() {
	held := reflect.ValueOf(a)
	if held.Kind() != reflect.Pointer {
		return func() {}
	}
	kept := reflect.New(held.Elem().Type()).Elem()
	kept.Set(held.Elem())
	return func() { held.Elem().Set(kept) }
}

func (r *Runner) admit(actor access.Actor, a Action) error {
	if g := a.Grant(); g != "" {
		if err := access.Check(actor, g); err != nil {
			return err
		}
	}
	return a.Validate()
}

func newRecord(actor access.Actor, a Action, now time.Time) (models.ActionRecord, error) {
	public, known := publicOf(a)
	if !known {
		return models.ActionRecord{}, fmt.Errorf("%T is not in the list of recorded actions", a)
	}
	input, err := json.Marshal(a)
	if err != nil {
		return models.ActionRecord{}, fmt.Errorf("keep the input of %s: %w", public.Name, err)
	}
	who, err := json.Marshal(actor)
	if err != nil {
		return models.ActionRecord{}, fmt.Errorf("keep the actor of %s: %w", public.Name, err)
	}
	var said struct {
		IsNotify *bool `json:"isNotify"`
	}
	if err := json.Unmarshal(input, &said); err != nil {
		return models.ActionRecord{}, fmt.Errorf("read the input of %s: %w", public.Name, err)
	}
	row := models.ActionRecord{
		Owned: models.Owned{OrganizationID: actor.OrganizationID}, Name: public.Name, Type: public.Type,
		Status: models.ActionProcessing, RequestedAt: &now, StartedAt: &now, RequestedBy: actor.UserID(),
		IsNotify: said.IsNotify, Input: input, Actor: who,
	}
	if hasJobID(a) {
		job := uuid.NewString()
		row.ExternalID = &job
	}
	return row, nil
}

// hasJobID tells whether the document shows an action with the id of a background job: what is queued, but for two
// actions on events that it shows the other way round.
func hasJobID(a Action) bool {
	switch a.(type) {
	case *EventCandidateInvite:
		return true
	case *EventCandidateNotify:
		return false
	}
	_, queued := a.(Queued)
	return queued
}

// Refusal turns a unit's error into the line that an action's response lists; nil errors give "".
func refusal(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Error()
	}
	return "Something went wrong on our side."
}
