// Package candidate answers candidates' screens, from the link in the invitation to the conclusion.
package candidate

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// Screens answers the candidate screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}
