package web

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/layout"
	"github.com/labstack/echo/v4"
)

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.Unauthorized: http.StatusUnauthorized,
	fault.Forbidden: http.StatusForbidden, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Stale: http.StatusPreconditionFailed, fault.Gone: http.StatusGone, fault.TooMany: http.StatusTooManyRequests, fault.Internal: http.StatusInternalServerError,
}

// StatusOf returns the HTTP status of an error, and the message for the person who caused it; "" when there is none to
// give.
func StatusOf(err error) (status int, message string) {
	if f, ok := fault.As(err); ok {
		return statuses[f.Kind], f.Words()
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		return he.Code, ""
	}
	return http.StatusInternalServerError, ""
}

// AnswerErrors has errors of requests under a prefix written by answer, in the form of a wire dialect: also those of
// requests that no route takes, and panics. What is internal was logged before.
func (e *Edge) AnswerErrors(prefix string, answer func(c echo.Context, err error) error) {
	if e.dialects == nil {
		e.dialects = map[string]func(echo.Context, error) error{}
	}
	e.dialects[prefix] = answer
}

// dialectOf returns how errors under a path are written; nil for pages.
func (e *Edge) dialectOf(path string) func(echo.Context, error) error {
	for prefix, answer := range e.dialects {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return answer
		}
	}
	return nil
}

// handleError is the one exit for errors. What is internal is logged here and nowhere else.
func (e *Edge) handleError(err error, c echo.Context) {
	if c.Response().Committed || Context(c).Err() != nil {
		return // answered already, or whoever asked is gone
	}
	status, message := StatusOf(err)
	if status >= http.StatusInternalServerError {
		slog.Error("request failed", "route", c.Path(), "method", c.Request().Method, "error", err,
			"id", c.Response().Header().Get(echo.HeaderXRequestID))
	}
	var answerErr error
	if answer := e.dialectOf(c.Request().URL.Path); answer != nil {
		answerErr = answer(c, err)
	} else {
		answerErr = e.answerError(c, status, message)
	}
	if answerErr != nil {
		slog.Error("error page failed", "route", c.Path(), "error", answerErr)
	}
}

func (e *Edge) answerError(c echo.Context, status int, message string) error {
	if strings.HasPrefix(c.Request().Header.Get(echo.HeaderAccept), "text/event-stream") {
		return endStream(c, status)
	}
	if status == http.StatusUnauthorized && !isAttend(c) {
		return e.askToSignIn(c)
	}
	if IsPart(c) {
		if message != "" {
			if err := toastHeader(c, message); err != nil {
				return err
			}
		}
		c.Response().Header().Set("HX-Reswap", "none")
		return c.NoContent(status)
	}
	trouble := troubleOf(c, status, message)
	trouble.Reference = c.Response().Header().Get(echo.HeaderXRequestID)
	page := layout.Page{Title: trouble.Title, Home: "/", Nonce: Nonce(c), Theme: theme(c)}
	if isBelow(c.Request().URL.Path, guestPrefixes...) {
		page.Home = ""
	}
	return render(c, status, layout.Error(page, trouble))
}

// endStream answers a live page that asks again for its stream. Where nobody is signed in any more, it is told not to:
// a browser asks forever unless the answer is empty.
func endStream(c echo.Context, status int) error {
	if status == http.StatusUnauthorized {
		status = http.StatusNoContent
	}
	return c.NoContent(status)
}

// askToSignIn leads to the sign-in page and back afterwards. A form that was being sent is not sent again by itself.
func (e *Edge) askToSignIn(c echo.Context) error {
	next := "/"
	if c.Request().Method == http.MethodGet && !IsPart(c) {
		next = c.Request().URL.RequestURI()
	}
	return Redirect(c, "/sign-in?next="+url.QueryEscape(next))
}
