package v4

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
)

// problem is the documented body of an error. The last two members are OAuth's own, for the token endpoint.
type problem struct {
	Name        string `json:"name"`
	Message     string `json:"message"`
	Code        int    `json:"code"`
	Status      int    `json:"status"`
	Error       string `json:"error,omitempty"`
	Description string `json:"error_description,omitempty"`
}

// fieldProblem is one entry of the body of a 422.
type fieldProblem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// messages are what an error says that brings no words of its own.
var messages = map[int]string{
	http.StatusBadRequest:            "The request could not be read.",
	http.StatusUnauthorized:          "Send a valid token: Authorization: Bearer …",
	http.StatusForbidden:             "This is not allowed.",
	http.StatusNotFound:              "There is nothing at this address.",
	http.StatusMethodNotAllowed:      "This address does not take this method. The Allow header lists those it takes.",
	http.StatusRequestEntityTooLarge: "The body is larger than is taken here.",
	http.StatusUnsupportedMediaType:  "The body must be JSON: Content-Type: application/json.",
	http.StatusTooManyRequests:       "Those were too many requests. Wait, then go on.",
	http.StatusInternalServerError:   "Something went wrong on our side. It was noted and can be found by the X-Request-Id header.",
	http.StatusServiceUnavailable:    "The server is busy. Try again soon.",
}

// writeError writes any error under Prefix in the documented form. The edge calls it once for each, after noting what is
// internal; such an error's own words never leave.
func (a API) writeError(c echo.Context, err error) error {
	h := c.Response().Header()
	allowOrigins(h)
	if h.Get(echo.HeaderCacheControl) == "" {
		h.Set(echo.HeaderCacheControl, "private, no-cache")
	}
	status, body := bodyOf(err)
	switch status {
	case http.StatusUnauthorized:
		if h.Get(echo.HeaderWWWAuthenticate) == "" {
			h.Set(echo.HeaderWWWAuthenticate, `Bearer realm="api"`)
		}
	case http.StatusTooManyRequests:
		if h.Get(echo.HeaderRetryAfter) == "" {
			h.Set(echo.HeaderRetryAfter, strconv.Itoa(waitUnlessSaid))
		}
	}
	if isSuppressed(c.Request()) {
		status, body = http.StatusOK, envelope{Success: false, Data: body}
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(status)
	}
	return c.JSON(status, body)
}

// waitUnlessSaid is the Retry-After, in seconds, of a refusal that names none.
const waitUnlessSaid = 60

// bodyOf returns the status of an error and the body that says it: a list for a 422, else a problem.
func bodyOf(err error) (int, any) {
	var before keptProblem
	if errors.As(err, &before) {
		return before.body()
	}
	var told tokenProblem
	if errors.As(err, &told) {
		p := newProblem(told.status, told.description)
		p.Error, p.Description = told.code, p.Message
		return told.status, p
	}
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		return http.StatusUnprocessableEntity, fieldProblems(f)
	}
	status, message := web.StatusOf(err)
	var he *echo.HTTPError
	if errors.As(err, &he) && message == "" && status < http.StatusInternalServerError {
		if text, ok := he.Message.(string); ok && text != http.StatusText(he.Code) {
			message = text
		}
	}
	if status >= http.StatusInternalServerError {
		message = ""
	}
	return status, newProblem(status, message)
}

func newProblem(status int, message string) problem {
	if message == "" {
		message = messages[status]
	}
	name := http.StatusText(status)
	if message == "" {
		message = name
	}
	return problem{Name: name, Message: message, Status: status}
}

// fieldProblems lists the fields at fault by name. A fault that names none comes under the name "".
func fieldProblems(f *fault.Fault) []fieldProblem {
	if len(f.Fields) == 0 {
		return []fieldProblem{{Message: f.Message}}
	}
	list := make([]fieldProblem, 0, len(f.Fields))
	for _, name := range slices.Sorted(maps.Keys(f.Fields)) {
		list = append(list, fieldProblem{Field: name, Message: f.Fields[name]})
	}
	return list
}
