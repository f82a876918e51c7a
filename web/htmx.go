package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// IsPart tells whether a script asks for a part of the page it is on.
func IsPart(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") != "true"
}

// Redirect leads to another page of ours after a form was taken.
func Redirect(c echo.Context, path string) error {
	if IsPart(c) {
		c.Response().Header().Set("HX-Redirect", path)
		return c.NoContent(http.StatusNoContent)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// Back leads to where the form was, when that is a page of ours, else to otherwise.
func Back(c echo.Context, otherwise string) error {
	from, err := url.Parse(c.Request().Referer())
	if err == nil && from.Host == c.Request().Host && from.Path != "" {
		return Redirect(c, LocalPath(from.RequestURI(), otherwise))
	}
	return Redirect(c, otherwise)
}

// LocalPath returns path when it leads to a page of this program, else otherwise: what a "next" parameter may say.
func LocalPath(path, otherwise string) string {
	u, err := url.Parse(path)
	if err != nil || u.Host != "" || u.Scheme != "" || len(path) < 1 || path[0] != '/' ||
		(len(path) > 1 && (path[1] == '/' || path[1] == '\\')) {
		return otherwise
	}
	return path
}
