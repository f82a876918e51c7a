// Package textmessage sends text messages to telephones, through any provider that takes an HTTP request. It knows nothing
// of outboxes: what failed for good and what deserves another try is told apart by Permanent, so that the caller can
// decide.
package textmessage

import (
	"context"
	"errors"
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
)

// Message is one text message.
type Message struct {
	ID   string // the same at every try, so that a provider can drop the second copy
	To   string // a telephone number in any usual spelling
	Text string
}

// Sender delivers text messages.
type Sender interface {
	// Send hands the message to the provider and returns nil once the provider took it. It returns a fault.Invalid for
	// a message that cannot be sent at all and a *DeliveryError when the provider refused it or could not be reached.
	Send(ctx context.Context, message Message) error
}

// DeliveryError is the provider's refusal of one message, or the failure to reach it.
type DeliveryError struct {
	Status int    // of the answer, 0 when there was none
	Said   string // how the answer begins
	cause  error
}

// Error returns what the provider said.
func (e *DeliveryError) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("deliver text message: %v", e.cause)
	}
	return fmt.Sprintf("deliver text message: the provider answered %d: %s", e.Status, e.Said)
}

// Unwrap returns the cause.
func (e *DeliveryError) Unwrap() error { return e.cause }

// Permanent reports whether sending the same message again would fail again: it is malformed, or the provider found fault
// with the message itself. A refused key, a wrong address of the provider, too many messages at once and an empty account
// are mended elsewhere, so they are not permanent.
func Permanent(err error) bool {
	var refused *DeliveryError
	if errors.As(err, &refused) {
		switch refused.Status {
		case 400, 410, 413, 415, 422:
			return true
		}
		return false
	}
	return fault.KindOf(err) == fault.Invalid
}
