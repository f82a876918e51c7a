package actions

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
)

// WriteRow creates, changes or deletes one row of a declared resource, where the declaration says all there is to it.
type WriteRow struct {
	Resource *resource.Resource
	Verb     resource.Verb
	Ask      resource.Ask
	ID       int64 // 0 on create
	Values   resource.Values
}

// Grant implements Action.
func (a *WriteRow) Grant() access.Grant { return a.Resource.GrantFor(a.Verb) }

// Validate implements Action.
func (a *WriteRow) Validate() error { return nil }

// Perform implements Action.
func (a *WriteRow) Perform(ctx context.Context, w *Work) error {
	entry := ledger.Entry{Verb: string(a.Verb) + "-row", SubjectType: a.Resource.Table(), SubjectID: a.ID,
		Detail: map[string]any{"resource": a.Resource.Name}}
	var err error
	switch a.Verb {
	case resource.Create:
		entry.After, a.ID, err = a.Resource.Created(ctx, w.Tx, a.Ask, a.Values)
		entry.SubjectID = a.ID
	case resource.Update:
		entry.Before, entry.After, err = a.Resource.Updated(ctx, w.Tx, a.Ask, a.ID, a.Values)
	case resource.Delete:
		entry.Before, err = a.Resource.Removed(ctx, w.Tx, a.Ask, a.ID)
	default:
		err = fmt.Errorf("a row cannot be written by %q", a.Verb)
	}
	if err != nil {
		return err
	}
	w.noteWhole(cmp.Or(entry.After, entry.Before))
	return w.Audit(entry)
}

// Resourceful performs an action that writes a row of a resource, in one transaction with the check that the row is
// still what the caller saw, and with reading what the caller is answered.
type Resourceful struct {
	Resource *resource.Resource
	Ask      resource.Ask
	ID       int64        // of the row that is written; 0 on create
	Match    string       // tags that the row must have one of, as If-Match holds them; "" for any row
	Does     Action       // the write
	Made     func() int64 // the key of what Does created; nil for what it changed or deleted
	Gone     bool         // the row is not shown afterwards

	Object resource.Object // the row afterwards
}

// Grant implements Action.
func (a *Resourceful) Grant() access.Grant { return a.Does.Grant() }

// Validate implements Action.
func (a *Resourceful) Validate() error { return nil } // Does is validated as a step

// Perform implements Action.
func (a *Resourceful) Perform(ctx context.Context, w *Work) error {
	if err := a.checkMatch(ctx, w); err != nil {
		return err
	}
	if err := w.Also(ctx, a.Does); err != nil {
		return err
	}
	id := a.ID
	if a.Made != nil {
		id = a.Made()
	}
	if a.Gone {
		return nil
	}
	a.Ask.Made = a.Made != nil
	var err error
	a.Object, err = a.Resource.Shown(ctx, w.Tx, a.Ask, id)
	return err
}

func (a *Resourceful) checkMatch(ctx context.Context, w *Work) error {
	if a.Match == "" || a.Match == "*" {
		return nil
	}
	plain := resource.Ask{Actor: a.Ask.Actor, Above: a.Ask.Above, Base: a.Ask.Base, Now: a.Ask.Now}
	now, err := a.Resource.View(ctx, w.Tx, plain, a.ID)
	if err != nil {
		return err
	}
	tag, err := Tag(now)
	if err != nil {
		return err
	}
	for _, t := range strings.Split(a.Match, ",") {
		if strings.TrimPrefix(strings.TrimSpace(t), "W/") == strings.TrimPrefix(tag, "W/") {
			return nil
		}
	}
	return fault.New(fault.Stale, "This changed since you read it. Read it again, then send your change.")
}

// Tag returns the entity tag of what is sent: a digest of its JSON.
func Tag(sent any) (string, error) {
	text, err := json.Marshal(sent)
	if err != nil {
		return "", fmt.Errorf("tag an answer: %w", err)
	}
	sum := sha256.Sum256(text)
	return `W/"` + hex.EncodeToString(slices.Clone(sum[:12])) + `"`, nil
}
