package actions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// KeyHeader is the header in which a caller names a request.
const KeyHeader = "Idempotency-Key"

const (
	keyLife   = 24 * time.Hour
	claimLife = time.Minute // after which a claim whose server seems to be gone may be taken over
)

// ErrKeyBusy says that the first request under a key is not done yet.
var ErrKeyBusy = errors.New("the first request under this key is not done yet")

// errKeyTaken undoes the work of a request that took so long that another one took its key over.
var errKeyTaken = fault.New(fault.Conflict, "Another request under this %s took over. Send it again for its answer.", KeyHeader)

// KeptAnswer is what a request was answered, to be answered again.
type KeptAnswer struct {
	Status                int
	Location, ContentType string
	Body                  []byte
}

// KeyClaim is a request's hold on its key. The actions it runs note in their own transactions that the work was done.
type KeyClaim struct {
	// Foresee returns the answer that follows from an action, where one does; it is kept together with the work then.
	Foresee func(Action) (KeptAnswer, bool)

	id       int64
	held     string
	answered bool
}

// ClaimKey takes a key for a request, told by its hash. It returns the claim, or the answer that the request was given
// before. Faults: Invalid when the key named another request; Conflict when the work was done and its answer lost;
// ErrKeyBusy while the first request runs.
func (r *Runner) ClaimKey(ctx context.Context, actor access.Actor, name, requestHash string) (claim *KeyClaim, kept *KeptAnswer, err error) {
	now := r.DB.Clock.Now()
	wanted := models.IdempotencyKey{Owned: models.Owned{OrganizationID: actor.OrganizationID}, Actor: fmt.Sprintf("%s %d", actor.Kind, actor.ID),
		Name: name, RequestHash: requestHash, Claim: secrets.LinkCode(), ClaimedAt: now, ExpiresAt: now.Add(keyLife)}
	var held models.IdempotencyKey
	err = r.DB.InTx(ctx, func(tx *gorm.DB) error {
		row := wanted
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil || made.RowsAffected == 1 {
			held = row
			return made.Error
		}
		err := database.Locked(tx).Where("organization_id = ? AND actor = ? AND name = ?", row.OrganizationID, row.Actor, row.Name).First(&held).Error
		if err != nil || !mayTakeOver(held, wanted) {
			return err
		}
		wanted.ID, wanted.CreatedAt = held.ID, held.CreatedAt
		held = wanted
		return tx.Save(&held).Error // held under a lock in this transaction
	})
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("claim an idempotency key: %w", err)
	case held.Claim == wanted.Claim:
		return &KeyClaim{id: held.ID, held: held.Claim}, nil, nil
	}
	kept, err = r.keptAnswer(held, requestHash)
	return nil, kept, err
}

// mayTakeOver tells whether a key that is held is free again: its time is over, or its server stopped before the work.
func mayTakeOver(held, wanted models.IdempotencyKey) bool {
	if !held.ExpiresAt.After(wanted.ClaimedAt) {
		return true
	}
	return held.RequestHash == wanted.RequestHash && held.Status == 0 && held.PerformedAt == nil &&
		!held.ClaimedAt.Add(claimLife).After(wanted.ClaimedAt)
}

func (r *Runner) keptAnswer(held models.IdempotencyKey, requestHash string) (*KeptAnswer, error) {
	switch now := r.DB.Clock.Now(); {
	case held.RequestHash != requestHash:
		return nil, fault.Field(KeyHeader, "This key was sent with another request. A new request needs a new key.")
	case held.Status != 0:
		body, err := r.Sealer.Open(sealedAnswer(held.ID), held.Body)
		if err != nil {
			return nil, fmt.Errorf("open a kept answer: %w", err)
		}
		return &KeptAnswer{Status: held.Status, Location: held.Location, ContentType: held.ContentType, Body: []byte(body)}, nil
	case held.PerformedAt != nil && !held.ClaimedAt.Add(claimLife).After(now):
		return nil, fault.New(fault.Conflict, "This was done, but its answer was lost. Look for what it made before you send it again under another key.")
	default:
		return nil, ErrKeyBusy
	}
}

func sealedAnswer(id int64) string { return fmt.Sprintf("idempotency-key %d", id) }

// AnswerKey keeps the answer of the request that holds the claim.
func (r *Runner) AnswerKey(ctx context.Context, claim *KeyClaim, answer KeptAnswer) error {
	return claim.write(r.DB.Write.WithContext(ctx), r.Sealer, map[string]any{}, &answer)
}

// IsAnswered tells whether the answer was kept together with the work.
func (c *KeyClaim) IsAnswered() bool { return c.answered }

// ReleaseKey gives a key back whose request came to nothing. What was performed already stays noted.
func (r *Runner) ReleaseKey(ctx context.Context, claim *KeyClaim) error {
	err := r.DB.Write.WithContext(ctx).Where("id = ? AND claim = ? AND performed_at IS NULL", claim.id, claim.held).
		Delete(&models.IdempotencyKey{}).Error
	if err != nil {
		return fmt.Errorf("release an idempotency key: %w", err)
	}
	return nil
}

type claimKey struct{}

// WithClaim returns a context in which actions note the work done under a claim.
func WithClaim(ctx context.Context, claim *KeyClaim) context.Context {
	return context.WithValue(ctx, claimKey{}, claim)
}

// noteClaim notes in the work's transaction that it was done, if the request has a key.
func (w *Work) noteClaim(ctx context.Context, a Action) error {
	claim, ok := ctx.Value(claimKey{}).(*KeyClaim)
	if !ok {
		return nil
	}
	noted := map[string]any{"performed_at": w.Now}
	if claim.Foresee != nil {
		if answer, known := claim.Foresee(a); known {
			claim.answered = true
			return claim.write(w.Tx, w.World.Sealer, noted, &answer)
		}
	}
	return claim.write(w.Tx, w.World.Sealer, noted, nil)
}

func (c *KeyClaim) write(tx *gorm.DB, sealer *secrets.Sealer, values map[string]any, answer *KeptAnswer) error {
	if answer != nil {
		values["status"], values["location"], values["content_type"] = answer.Status, answer.Location, answer.ContentType
		values["body"] = sealer.Seal(sealedAnswer(c.id), string(answer.Body))
	}
	done := tx.Model(&models.IdempotencyKey{}).Where("id = ? AND claim = ?", c.id, c.held).Updates(values)
	if done.Error != nil {
		return fmt.Errorf("note an idempotency key: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return errKeyTaken
	}
	return nil
}

// CreatedAnswer is the answer of a request that creates a row of a resource: what Foresee says of a Resourceful.
func CreatedAnswer(a Action, status int, location func(id int64) string, contentType string) (KeptAnswer, bool) {
	made, ok := a.(*Resourceful)
	if !ok || made.Made == nil || made.Gone {
		return KeptAnswer{}, false
	}
	text, err := json.Marshal(made.Object)
	return KeptAnswer{Status: status, Location: location(made.Made()), ContentType: contentType, Body: text}, err == nil
}
