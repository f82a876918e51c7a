// Package account answers everyone's own screens: signing in and out, passwords, profile, sessions.
package account

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// Screens answers the account screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}
