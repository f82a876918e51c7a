package v4

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// exposed are the headers that a script of another site may read.
var exposed = strings.Join([]string{
	"X-Pagination-Total-Count", "X-Pagination-Page-Count", "X-Pagination-Current-Page", "X-Pagination-Per-Page",
	"Link", "Location", "ETag", "Allow", "Content-Disposition", headerLimit, headerRemaining, headerReset, "Retry-After", headerReplayed,
	headerSyncToken, headerSyncMore, "X-Next-Cursor", "X-Request-Id",
	"WWW-Authenticate",
}, ", ")

const (
	allowedHeaders = "Authorization, Content-Type, Accept, Idempotency-Key, If-None-Match, If-Match, X-Requested-With, X-Request-Id"
	preflightLife  = "86400" // seconds a browser may remember what is allowed
)

// cross lets browsers of any site call the API. There is nothing to steal: a token is sent by a script that has it, and
// cookies are never looked at. It answers a browser's question whether it may ask, which comes without a token.
func cross(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		allowOrigins(h)
		if c.Request().Method != http.MethodOptions || c.Request().Header.Get(echo.HeaderAccessControlRequestMethod) == "" {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowMethods, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
		h.Set(echo.HeaderAccessControlAllowHeaders, allowedHeaders)
		h.Set(echo.HeaderAccessControlMaxAge, preflightLife)
		return c.NoContent(http.StatusNoContent)
	}
}

func allowOrigins(h http.Header) {
	h.Set(echo.HeaderAccessControlAllowOrigin, "*")
	h.Set(echo.HeaderAccessControlExposeHeaders, exposed)
}
