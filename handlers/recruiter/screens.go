// Package recruiter answers recruiters' screens: the question bank, assessments, candidates, the pipeline, reports.
package recruiter

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"gorm.io/gorm"
)

// Screens answers the recruiter screens.
type Screens struct {
	DB      *database.DB
	Actions *actions.Runner
}

// own returns a reading query that sees the actor's organization only.
func (s Screens) own(c echo.Context, table ...string) *gorm.DB {
	return s.DB.Read.WithContext(web.Context(c)).Scopes(access.Own(web.Actor(c), table...))
}
