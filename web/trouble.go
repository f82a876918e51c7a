package web

import (
	"net/http"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/views/layout"
	"github.com/labstack/echo/v4"
)

// guestPrefixes are where people come by a link from a message, without an account.
var guestPrefixes = []string{attendPrefix, "/live", "/event", "/shared"}

// troubleOf returns what an error page says: the fault's own words where there are some, and a way on that suits who
// asks. A guest is never led to a page behind a sign-in.
func troubleOf(c echo.Context, status int, message string) layout.Trouble {
	path := c.Request().URL.Path
	guest := isBelow(path, guestPrefixes...)
	trouble := layout.TroubleFor(status)
	if guest {
		trouble = layout.TroubleForGuest(status)
	}
	ours := status == http.StatusUnauthorized || guest && (status == http.StatusNotFound || status == http.StatusForbidden)
	if message != "" && !ours {
		trouble.Text = message
	}
	switch {
	case isAttend(c) && Actor(c).Kind == access.Candidate && trouble.Act == "":
		trouble.Act, trouble.ActHref = "Go to your sections", attendPrefix
	case status == http.StatusGone && isBelow(path, "/password/reset"):
		trouble.Act, trouble.ActHref = "Ask for a new link", "/password/forgotten"
	case status == http.StatusGone && isBelow(path, "/invitation"):
		trouble.Act, trouble.ActHref = "Go to the sign-in page", "/sign-in"
	}
	return trouble
}

func isBelow(path string, prefixes ...string) bool {
	for _, p := range prefixes {
		if path == p || strings.HasPrefix(path, p+"/") {
			return true
		}
	}
	return false
}
