package handlers

import (
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// firstRun leads every page to /setup as long as there is no organization.
func firstRun(runner *actions.Runner) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			founded, err := runner.Founded(web.Context(c))
			if err != nil {
				return err
			}
			if path := c.Path(); founded || path == "/setup" || path == "/password/strength" {
				return next(c)
			}
			return web.Redirect(c, "/setup")
		}
	}
}
