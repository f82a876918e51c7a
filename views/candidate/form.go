package candidate

import (
	"fmt"

	"github.com/assay-hire/assay/views/forms"
)

// Form is the form that a section asks for before it starts.
type Form struct {
	Page
	AttemptID int64
	Name      string
	Sheet     forms.Sheet
}

func (p Form) action() string { return fmt.Sprintf("/attend/sections/%d/form", p.AttemptID) }
