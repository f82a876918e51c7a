package mail

import (
	"errors"
	"fmt"

	"github.com/wneessen/go-mail"

	"github.com/assay-hire/assay/internal/fault"
)

// DeliveryError is the mail server's refusal of one message, or the failure to reach it.
type DeliveryError struct {
	// Code is the server's three-digit answer, 0 when there was none.
	Code int
	// Bounce says that the server refused a recipient for good.
	Bounce bool
	cause  error
}

// Error returns what the server said.
func (e *DeliveryError) Error() string { return fmt.Sprintf("deliver mail: %v", e.cause) }

// Unwrap returns the cause.
func (e *DeliveryError) Unwrap() error { return e.cause }

// Permanent reports whether sending the same message again would fail again: the server answered 5xx to it, or the
// message itself is malformed. A refused login is not permanent, because it is mended in the settings.
func Permanent(err error) bool {
	var refused *DeliveryError
	if errors.As(err, &refused) {
		return refused.Code >= 500
	}
	return fault.KindOf(err) == fault.Invalid
}

func deliveryError(err error) error {
	refused := &DeliveryError{cause: err}
	var answer *mail.SendError
	if errors.As(err, &answer) {
		refused.Code = answer.ErrorCode()
		refused.Bounce = answer.Reason == mail.ErrSMTPRcptTo && refused.Code >= 500
	}
	return refused
}
