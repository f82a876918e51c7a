package v4

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ratelimit"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// Prefix stands before every documented path.
const Prefix = "/api/v4"

// Settings is what an operator can say about the API.
type Settings struct {
	PerMinute int // requests a minute for each token, and for each address without one; 600 when 0
}

// API answers version 4. New makes it, Mount adds its routes.
type API struct {
	DB      *database.DB
	Actions *actions.Runner
	Catalog *catalog.Catalog

	perMinute         int
	tokens, addresses *ratelimit.Limiter
}

// New returns the API over a database and the actions that change it. It panics when a declaration of the catalog does not
// fit its table: a mistake of the program.
func New(db *database.DB, runner *actions.Runner, s Settings) API {
	resources, err := catalog.New(catalog.Parts{Files: runner.Files, Links: runner.Links, SiteURL: strings.TrimRight(runner.BaseURL, "/"),
		WebhookSecret: func(e models.WebhookEndpoint) (string, error) { return actions.EndpointSecret(runner.Sealer, e) }})
	if err != nil {
		panic(err)
	}
	a := API{DB: db, Actions: runner, Catalog: resources, perMinute: s.PerMinute}
	if a.perMinute < 1 {
		a.perMinute = defaultPerMinute
	}
	a.tokens, a.addresses = a.limiter(), a.limiter()
	return a
}

// Mount adds the routes under Prefix, and answers every error there in the API's own form.
func (a API) Mount(server *echo.Echo, edge *web.Edge) {
	edge.AnswerErrors(Prefix, a.writeError)
	group := server.Group(Prefix, cross, a.transport, suppress, version, a.identify, a.limit, a.enter, ownOnly)
	on := routes{group, a.once}
	a.mountResources(on)
	a.mountOperations(on)
	// Last, in the place of the groups' own: what no route answers.
	group.RouteNotFound("", noRoute(server))
	group.RouteNotFound("/*", noRoute(server))
}

// routes adds routes under Prefix, by their documented paths.
type routes struct {
	group *echo.Group
	once  echo.MiddlewareFunc // guards what is sent to create or to do something
}

// add adds a route that needs a token, and the grants named.
func (r routes) add(method, path string, answer echo.HandlerFunc, grants ...access.Grant) {
	guards := []echo.MiddlewareFunc{needsToken}
	for _, g := range grants {
		if !access.Known(g) {
			panic("api/v4: " + method + " " + path + " needs a grant that the matrix does not know: " + string(g))
		}
		guards = append(guards, web.Needs(g))
	}
	if method == http.MethodPost {
		guards = append(guards, r.once)
	}
	r.group.Add(method, path, answer, guards...)
}

// open adds a route that anybody may ask. A token that is sent all the same says who asks, if it is good.
func (r routes) open(method, path string, answer echo.HandlerFunc) { r.group.Add(method, path, answer) }

// methods are those a path is tried with to find out what it allows.
var methods = []string{http.MethodDelete, http.MethodGet, http.MethodHead, http.MethodPatch, http.MethodPost, http.MethodPut}

// noRoute answers a path that is not there with 404, and one that is there under another method with 405.
func noRoute(server *echo.Echo) echo.HandlerFunc {
	return func(c echo.Context) error {
		allowed := allowedMethods(server, c.Request().URL.Path)
		if len(allowed) == 0 {
			return echo.ErrNotFound
		}
		c.Response().Header().Set(echo.HeaderAllow, strings.Join(append(allowed, http.MethodOptions), ", "))
		if c.Request().Method == http.MethodOptions {
			return c.NoContent(http.StatusNoContent)
		}
		return echo.ErrMethodNotAllowed
	}
}

func allowedMethods(server *echo.Echo, path string) []string {
	var allowed []string
	for _, method := range methods {
		probe := server.NewContext(nil, nil)
		server.Router().Find(method, path, probe)
		if found := probe.Path(); strings.HasPrefix(found, Prefix+"/") && found != Prefix+"/*" {
			allowed = append(allowed, method)
		}
	}
	return allowed
}

// transport says of every answer how it may be kept and read. Where the program is reached over https, it refuses what
// a proxy says came in the clear: the token was shown to everybody on the way.
func (a API) transport(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set(echo.HeaderCacheControl, "private, no-cache")
		if strings.HasPrefix(a.Actions.BaseURL, "https://") {
			h.Set(echo.HeaderStrictTransportSecurity, "max-age=31536000")
			if c.Request().Header.Get(echo.HeaderXForwardedProto) == "http" {
				return echo.NewHTTPError(http.StatusForbidden, "Use https. Renew the token that was sent in the clear.")
			}
		}
		return next(c)
	}
}

// versions are how a caller may name the version it wants, as a parameter of Accept.
var versions = []string{"", "4", "4.0", "v4"}

// version refuses a version that is asked for and is not this one.
func version(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, accepted := range strings.Split(c.Request().Header.Get(echo.HeaderAccept), ",") {
			if _, parameters, err := mime.ParseMediaType(accepted); err == nil && !slices.Contains(versions, parameters["version"]) {
				return echo.NewHTTPError(http.StatusUnsupportedMediaType, "This is version 4 of the API. There is no version "+parameters["version"]+" here.")
			}
		}
		return next(c)
	}
}
