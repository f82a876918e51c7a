// Package fault is the error vocabulary of Assay. It imports nothing of ours, so every room may use it.
//
// A fault carries a kind, a sentence for the person who caused it, and, for Invalid, the fields at fault. Any error that
// is not a fault is internal: it is logged once at the edge and shown as "something went wrong".
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind says which family of refusal a fault belongs to. Wire dialects map it to their own status.
type Kind string

// The kinds. Someone else's row is NotFound, never Forbidden.
const (
	Invalid      Kind = "invalid"
	Unauthorized Kind = "unauthorized"
	Forbidden    Kind = "forbidden"
	NotFound     Kind = "not_found"
	Conflict     Kind = "conflict"
	Stale        Kind = "stale" // what a caller saw of a row is no longer so
	Gone         Kind = "gone"
	TooMany      Kind = "too_many"
	Internal     Kind = "internal"
)

// Fields maps a field's wire name to what is wrong with it.
type Fields map[string]string

// Note marks a field as wrong if there was an error in reading it.
func (f Fields) Note(name string, err error) {
	if err != nil {
		f[name] = "This cannot be read."
	}
}

// Fault is an error a person can act on.
type Fault struct {
	Kind    Kind
	Message string
	Fields  Fields
}

// Error returns the message, followed by the fields at fault in name order.
func (f *Fault) Error() string {
	if len(f.Fields) == 0 {
		return f.Message
	}
	names := slices.Sorted(maps.Keys(f.Fields))
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = name + ": " + f.Fields[name]
	}
	return strings.TrimSpace(f.Message + " (" + strings.Join(parts, "; ") + ")")
}

// Words is the message with what is wrong with each field, as sentences for people: without the fields' names.
func (f *Fault) Words() string {
	names := slices.Sorted(maps.Keys(f.Fields))
	parts := []string{f.Message}
	for _, name := range names {
		parts = append(parts, f.Fields[name])
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// New returns a fault of the kind with a message built like fmt.Sprintf.
func New(kind Kind, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Refuse returns an Invalid fault for the fields, or nil when fields is empty, so that a validator can end with it.
func Refuse(fields Fields) error {
	if len(fields) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Message: "Some entries need another look.", Fields: fields}
}

// Field returns an Invalid fault about one field.
func Field(name, format string, args ...any) error {
	return Refuse(Fields{name: fmt.Sprintf(format, args...)})
}

// Missing returns the NotFound fault for a thing that does not exist for the caller.
func Missing(what string) error {
	return New(NotFound, "There is no such %s.", what)
}

// KindOf returns the kind of the first fault in err's chain; Internal for any other error, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// As returns the first fault in err's chain.
func As(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}
