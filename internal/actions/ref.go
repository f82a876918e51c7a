package actions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/fault"
)

// Ref points at a row. On the wire it is {"id": 1} or the bare number.
type Ref struct {
	ID int64 `json:"id"`
}

// UnmarshalJSON accepts both forms.
func (r *Ref) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, &r.ID); err == nil {
		return nil
	}
	var plain string
	if err := json.Unmarshal(text, &plain); err == nil {
		if r.ID, err = strconv.ParseInt(plain, 10, 64); err == nil {
			return nil
		}
	}
	var held struct {
		ID *Ref `json:"id"`
	}
	if err := json.Unmarshal(text, &held); err != nil || held.ID == nil {
		return fault.New(fault.Invalid, "A reference is {\"id\": number} or the number alone.")
	}
	*r = *held.ID
	return nil
}

// Refs is a list of references. On the wire a single one may stand without its list.
type Refs []Ref

// UnmarshalJSON accepts a list or one reference.
func (r *Refs) UnmarshalJSON(text []byte) error {
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] != '[' && !bytes.Equal(trimmed, []byte("null")) {
		var one Ref
		if err := one.UnmarshalJSON(trimmed); err != nil {
			return err
		}
		*r = Refs{one}
		return nil
	}
	var list []Ref
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*r = list
	return nil
}

// RefsTo returns references to the ids, each once, in their order.
func RefsTo(ids []int64) Refs {
	refs := make(Refs, 0, len(ids))
	seen := map[int64]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			refs = append(refs, Ref{id})
		}
	}
	return refs
}

// IDs returns the ids in their order.
func (r Refs) IDs() []int64 {
	ids := make([]int64, len(r))
	for i, ref := range r {
		ids[i] = ref.ID
	}
	return ids
}

// checkRefs refuses an empty list, and one that is longer than a request may work on.
func checkRefs(bad fault.Fields, field string, refs Refs) {
	switch {
	case len(refs) == 0:
		bad[field] = "Choose at least one candidate."
	case len(refs) > mostInvited:
		bad[field] = fmt.Sprintf("Choose at most %d candidates at once.", mostInvited)
	}
}

// chunk returns the ids from the cursor on, at most size of them, and the cursor behind them.
func (r Refs) chunk(cursor, size int) (ids []int64, next int) {
	next = min(cursor+size, len(r))
	return slices.Clone(r[cursor:next].IDs()), next
}
