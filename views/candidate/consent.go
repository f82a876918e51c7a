package candidate

import "github.com/assay-hire/assay/internal/fault"

// Consent tells what is recorded and asks for agreement.
type Consent struct {
	Page
	Proctored bool
	Refused   fault.Fields
}
