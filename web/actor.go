package web

import (
	"github.com/assay-hire/assay/internal/access"
	"github.com/labstack/echo/v4"
)

const actorKey = "actor"

// Actor returns who asks; Anonymous when nobody is signed in.
func Actor(c echo.Context) access.Actor {
	if a, ok := c.Get(actorKey).(access.Actor); ok {
		return a
	}
	return access.Anonymous()
}

// ActAs has the rest of a request act as somebody who was found out otherwise than by a session: by a bearer token.
func ActAs(c echo.Context, a access.Actor) { c.Set(actorKey, a) }

// attendPrefix is where candidates are: their sign-in lives beside a user's in the same browser.
const attendPrefix = "/attend"

func isAttend(c echo.Context) bool {
	return isBelow(c.Request().URL.Path, attendPrefix)
}

func (e *Edge) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		actor, err := e.Runner.Identify(Context(c), e.token(c))
		if err != nil {
			return err
		}
		c.Set(actorKey, actor)
		return next(c)
	}
}
