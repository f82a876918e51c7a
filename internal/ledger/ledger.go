// Package ledger keeps each organization's audit chain: every action, answer batch, score, rating, decision, sign-in and
// change of rights is an entry, and each entry's hash covers the one before it.
//
// Append writes an entry in the transaction of what it tells of, without a place in the chain, so that unrelated writers
// never wait for each other. Seal gives the waiting entries of an organization their places in one short transaction;
// it runs about once a second, at shutdown and before Verify. Within that second an entry is protected by the database
// alone. An entry's hash is SHA-256 over its fields and the previous entry's hash, each preceded by its length.
package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// Entry is what a writer says; the rest of the row is filled in by Append.
type Entry struct {
	Verb        string // "change-status", "sign-in" …
	SubjectType string // the subject's table-like name, as in "assessment_candidate"
	SubjectID   int64
	Before      any // state before and after; stored as digests only. nil for none.
	After       any
	Detail      map[string]any // what a reader of the log needs to see; no secrets, no free text of candidates
}

// Append writes an entry for the actor at a time, in tx.
func Append(tx *gorm.DB, actor access.Actor, at time.Time, e Entry) error {
	before, err := Digest(e.Before)
	if err != nil {
		return err
	}
	after, err := Digest(e.After)
	if err != nil {
		return err
	}
	row := models.AuditEntry{
		OrganizationID: actor.OrganizationID, At: at.UTC().Truncate(time.Microsecond), ActorKind: string(actor.Kind),
		ActorID: actor.ID, ActorName: actor.Name, Verb: e.Verb, SubjectType: e.SubjectType, SubjectID: e.SubjectID,
		Before: before, After: after, Detail: e.Detail,
	}
	if row.Detail == nil {
		row.Detail = datatypes.JSONMap{}
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("append to the ledger: %w", err)
	}
	return nil
}

// Digest returns the SHA-256 of v's JSON in hexadecimal, or "" for nil.
func Digest(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("digest %T: %w", v, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// Hash returns an entry's hash, given the one of the entry before it.
func Hash(prev string, e models.AuditEntry) (string, error) {
	detail, err := canonical(e.Detail)
	if err != nil {
		return "", err
	}
	var seq int64
	if e.Seq != nil {
		seq = *e.Seq
	}
	h := sha256.New()
	for _, field := range []string{
		prev, strconv.FormatInt(e.OrganizationID, 10), strconv.FormatInt(seq, 10),
		e.At.UTC().Format(time.RFC3339Nano), e.ActorKind, strconv.FormatInt(e.ActorID, 10), e.ActorName, e.Verb,
		e.SubjectType, strconv.FormatInt(e.SubjectID, 10), e.Before, e.After, detail,
	} {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(field)))
		h.Write(length[:])
		h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// canonical renders a detail the same before and after a round trip through either database: keys sorted, numbers as
// JSON numbers.
func canonical(detail map[string]any) (string, error) {
	first, err := json.Marshal(detail)
	if err != nil {
		return "", fmt.Errorf("render an entry's detail: %w", err)
	}
	var plain any
	if err := json.Unmarshal(first, &plain); err != nil {
		return "", fmt.Errorf("render an entry's detail: %w", err)
	}
	text, err := json.Marshal(plain)
	return string(text), err
}

// Chain is an organization's chain as Verify found it.
type Chain struct {
	OrganizationID int64
	Entries        int64
	Head           string  // hash of the last entry; keep it elsewhere to prove later that nothing before it changed
	Broken         *Broken // nil when the chain is whole
}

// Broken names the first entry that is not as it was sealed.
type Broken struct {
	EntryID int64
	Seq     int64
	Why     string
}

const verifyBatch = 1000

// Verify recomputes an organization's chain from its first entry. It seals nothing; call Seal first.
func Verify(ctx context.Context, db *gorm.DB, organizationID int64) (Chain, error) {
	chain := Chain{OrganizationID: organizationID}
	var head models.AuditHead
	if err := db.WithContext(ctx).Where("organization_id = ?", organizationID).Limit(1).Find(&head).Error; err != nil {
		return chain, fmt.Errorf("read the head of the chain: %w", err)
	}
	for {
		var batch []models.AuditEntry
		err := db.WithContext(ctx).Where("organization_id = ? AND seq > ?", organizationID, chain.Entries).
			Order("seq").Limit(verifyBatch).Find(&batch).Error
		if err != nil {
			return chain, fmt.Errorf("read the chain: %w", err)
		}
		for _, e := range batch {
			if chain.Broken = check(chain, e); chain.Broken != nil {
				return chain, nil
			}
			chain.Entries, chain.Head = *e.Seq, e.Hash
		}
		if len(batch) < verifyBatch {
			break
		}
	}
	if chain.Entries != head.Seq || chain.Head != head.Hash {
		chain.Broken = &Broken{Seq: chain.Entries + 1, Why: fmt.Sprintf(
			"the chain ends at entry %d, but its head says %d: the last entries are missing or the head was changed",
			chain.Entries, head.Seq)}
	}
	return chain, nil
}

func check(chain Chain, e models.AuditEntry) *Broken {
	broken := func(why string) *Broken { return &Broken{EntryID: e.ID, Seq: *e.Seq, Why: why} }
	if *e.Seq != chain.Entries+1 {
		return broken(fmt.Sprintf("entry %d is missing", chain.Entries+1))
	}
	if e.PrevHash != chain.Head {
		return broken("it does not follow from the entry before it")
	}
	hash, err := Hash(chain.Head, e)
	if err != nil {
		return broken(err.Error())
	}
	if hash != e.Hash {
		return broken("its content is not what was sealed")
	}
	return nil
}
