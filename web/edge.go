package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// Edge is where requests come in: it knows who asks and how to answer when something went wrong.
type Edge struct {
	Runner  *actions.Runner
	BaseURL string
	// Proxies are the networks whose word on a caller's address is taken; none unless set.
	Proxies []*net.IPNet
	// Observe is told about every answer, by route and never by address; nil for nobody.
	Observe  func(method, route string, status int, took time.Duration)
	cookies  *sessions.CookieStore
	dialects map[string]func(echo.Context, error) error // who writes errors, by the beginning of the path
}

// NewEdge returns an edge whose cookies are signed and encrypted with keys of 32 bytes each. Over https they are sent
// over https only.
func NewEdge(runner *actions.Runner, baseURL string, signKey, sealKey []byte) *Edge {
	cookies := sessions.NewCookieStore(signKey, sealKey)
	cookies.Options = &sessions.Options{
		Path: "/", MaxAge: int((30 * 24 * time.Hour).Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(baseURL, "https://"),
	}
	cookies.MaxAge(cookies.Options.MaxAge)
	return &Edge{Runner: runner, BaseURL: baseURL, cookies: cookies}
}

const edgeKey = "edge"

// Echo returns a server with the middleware that every route has. Routes are added by package handlers.
func (e *Edge) Echo() *echo.Echo {
	server := echo.New()
	server.HideBanner, server.HidePort = true, true
	server.HTTPErrorHandler = e.handleError
	server.IPExtractor = e.callersAddress()
	server.Pre(middleware.RemoveTrailingSlash()) // the documents of the APIs write some paths with one
	server.Use(middleware.RequestID(), e.log, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: logPanic}))
	server.Use(middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "30M"}))
	// Without files, a form is words and ids; the longest is a pasted list of the people to invite.
	server.Use(middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "4M", Skipper: hasFiles}))
	server.Use(func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error { c.Set(edgeKey, e); return next(c) }
	})
	return server
}

// callersAddress believes a forwarding header only from our own proxies: rate limits and session lists rest on it.
func (e *Edge) callersAddress() echo.IPExtractor {
	if len(e.Proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, network := range e.Proxies {
		trust = append(trust, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

func hasFiles(c echo.Context) bool {
	return isAPI(c) || strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm)
}

func isAPI(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, "/api/") }

func logPanic(c echo.Context, err error, stack []byte) error {
	slog.Error("panic", "request", c.Response().Header().Get(echo.HeaderXRequestID), "error", err, "stack", string(stack))
	return err
}

// log writes a line per request: the route, never the address, which may hold a person's search or code.
func (e *Edge) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		if e.Observe != nil {
			e.Observe(c.Request().Method, c.Path(), c.Response().Status, time.Since(began))
		}
		slog.Info("request", "method", c.Request().Method, "route", c.Path(), "status", c.Response().Status,
			"ms", time.Since(began).Milliseconds(), "bytes", c.Response().Size,
			"id", c.Response().Header().Get(echo.HeaderXRequestID))
		return nil
	}
}

func edgeOf(c echo.Context) *Edge { return c.Get(edgeKey).(*Edge) }

// Run runs an action as whoever asks.
func Run(c echo.Context, a actions.Action) error {
	return edgeOf(c).Runner.Run(Context(c), Actor(c), a)
}

// Context returns the request's context.
func Context(c echo.Context) context.Context { return c.Request().Context() }

// Pages guards the routes that answer HTML: requests from other sites may not change anything, and headers keep a page
// from running or showing what is not ours.
func (e *Edge) Pages() []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{e.secureHeaders, e.sameSite, e.identify}
}

func (e *Edge) sameSite(next echo.HandlerFunc) echo.HandlerFunc {
	guard := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if err := guard.Check(c.Request()); err != nil {
			return fault.New(fault.Forbidden, "This form was sent from another site. Open it here and send it again.")
		}
		return next(c)
	}
}

// Needs returns the guard of a route: the actor needs the grant, or is sent to sign in.
func Needs(g access.Grant) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := access.Check(Actor(c), g); err != nil {
				return err
			}
			return next(c)
		}
	}
}
