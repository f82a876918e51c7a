// Package admin answers administrators' screens: people, settings, messages, the audit log.
package admin

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// Screens answers the admin screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}
