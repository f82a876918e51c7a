// Package recruiter answers recruiters' screens: the question bank, assessments, candidates, the pipeline, reports.
package recruiter

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
)

// Screens answers the recruiter screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}
