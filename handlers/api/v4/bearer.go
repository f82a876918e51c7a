package v4

import (
	"net/http"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// longestToken is more than any token of ours has.
const longestToken = 256

// badToken marks a request whose token opens nothing.
const badToken = "v4.bad-token"

// identify finds out who asks by the bearer token. A token that opens nothing is refused where one is needed, and passed
// over where none is: whoever renews an expired token sends it along.
func (a API) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token, sent := bearer(c.Request())
		if !sent {
			return next(c)
		}
		actor := access.Anonymous()
		if len(token) <= longestToken {
			var err error
			if actor, err = a.Actions.IdentifyToken(web.Context(c), token); err != nil {
				return err
			}
		}
		web.ActAs(c, actor)
		c.Set(badToken, !actor.IsSignedIn())
		return next(c)
	}
}

// bearer returns the token of the Authorization header.
func bearer(r *http.Request) (token string, sent bool) {
	scheme, token, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// needsToken refuses whoever did not prove who they are.
func needsToken(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if web.Actor(c).IsSignedIn() {
			return next(c)
		}
		if bad, _ := c.Get(badToken).(bool); bad {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate,
				`Bearer realm="api", error="invalid_token", error_description="The token is unknown, expired or revoked"`)
			return echo.NewHTTPError(http.StatusUnauthorized, "The token is unknown, expired or revoked.")
		}
		return echo.ErrUnauthorized
	}
}
