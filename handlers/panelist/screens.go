// Package panelist answers panelists' screens: their queue and the evaluation workspace.
package panelist

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// Screens answers the panelist screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}
