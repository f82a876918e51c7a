package v4

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// envelope is what an answer becomes for a caller who cannot read statuses.
type envelope struct {
	Success bool `json:"success"`
	Data    any  `json:"data"`
}

// isSuppressed tells whether the caller wants every answer under status 200.
func isSuppressed(r *http.Request) bool {
	query := r.URL.Query()
	for _, name := range []string{"suppress_error_code", "suppress_response_code"} {
		if on, err := strconv.ParseBool(query.Get(name)); err == nil && on {
			return true
		}
	}
	return false
}

// suppress wraps a successful JSON answer where the caller asked for it; writeError does so for errors. Files and what
// has no body by its status (304) pass as they are.
func suppress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !isSuppressed(c.Request()) {
			return next(c)
		}
		response := c.Response()
		held := &heldAnswer{ResponseWriter: response.Writer, status: http.StatusOK}
		response.Writer = held
		err := next(c)
		response.Writer = held.ResponseWriter
		if err != nil || !response.Committed || held.passes {
			return err
		}
		response.Committed, response.Size, response.Status = false, 0, 0
		response.Header().Del(echo.HeaderContentLength)
		data := json.RawMessage(held.body.Bytes())
		if len(data) == 0 {
			data = json.RawMessage("null")
		}
		return c.JSON(http.StatusOK, envelope{Success: held.status < http.StatusBadRequest, Data: data})
	}
}

// heldAnswer keeps a JSON answer until it is wrapped.
type heldAnswer struct {
	http.ResponseWriter
	status int
	passes bool
	body   bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (h *heldAnswer) WriteHeader(status int) {
	h.status = status
	kind := h.Header().Get(echo.HeaderContentType)
	if status == http.StatusNotModified || (kind != "" && !strings.HasPrefix(kind, echo.MIMEApplicationJSON)) {
		h.passes = true
		h.ResponseWriter.WriteHeader(status)
	}
}

// Write implements http.ResponseWriter.
func (h *heldAnswer) Write(b []byte) (int, error) {
	if h.passes {
		return h.ResponseWriter.Write(b)
	}
	return h.body.Write(b)
}

// Unwrap lets a passing answer be streamed.
func (h *heldAnswer) Unwrap() http.ResponseWriter { return h.ResponseWriter }
