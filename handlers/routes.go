// Package handlers is the sitemap: every URL, the grant it needs and the function that answers it. Nothing registers
// itself; to find what answers a request, read routes.go.
package handlers

import (
	"net/http"

	"github.com/assay-hire/assay/handlers/account"
	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/static"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Parts is what the screens are built from.
type Parts struct {
	DB      *database.DB
	Actions *actions.Runner
	Edge    *web.Edge
}

// anyone marks a route that needs no grant.
const anyone access.Grant = ""

// New returns the server with every route of the product.
func New(p Parts) *echo.Echo {
	server := p.Edge.Echo()
	server.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	server.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })
	server.GET("/readyz", ready(p.DB))

	pages := sitemap{server.Group("", p.Edge.Pages()...)}
	accountPages(pages, account.Screens{DB: p.DB, Actions: p.Actions})
	return server
}

// sitemap adds routes with the grant each needs.
type sitemap struct{ group *echo.Group }

func (s sitemap) get(path string, needs access.Grant, answer echo.HandlerFunc) {
	s.add(http.MethodGet, path, needs, answer)
}

func (s sitemap) post(path string, needs access.Grant, answer echo.HandlerFunc) {
	s.add(http.MethodPost, path, needs, answer)
}

func (s sitemap) add(method, path string, needs access.Grant, answer echo.HandlerFunc) {
	if needs == anyone {
		s.group.Add(method, path, answer)
		return
	}
	if !access.Known(needs) {
		panic("handlers: " + method + " " + path + " needs a grant that the matrix does not know: " + string(needs))
	}
	s.group.Add(method, path, answer, web.Needs(needs))
}

// accountPages are everyone's own screens.
func accountPages(on sitemap, s account.Screens) {
	on.get("/sign-in", anyone, s.SignInForm)
	on.post("/sign-in", anyone, s.SignIn)
	on.post("/sign-out", anyone, s.SignOut)
}

// ready answers whether the database can be reached.
func ready(db *database.DB) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := db.Ping(web.Context(c)); err != nil {
			return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
		}
		return c.String(http.StatusOK, "ready\n")
	}
}
