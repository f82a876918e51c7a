package web

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/labstack/echo/v4"
)

// Bind fills form from the request's form or query, by its form and query tags; a field tagged "-" is never filled. A
// value of the wrong kind, such as text for a number, and a body that is no form give an Invalid fault.
func Bind(c echo.Context, form any) error {
	if err := bind(c, form); err != nil {
		return fault.New(fault.Invalid, "Part of the form could not be read. Check numbers and dates.")
	}
	return nil
}

// untouchable is the tag of fields that the server fills in. To the binder it is a name like any other, so what a
// request sends under it is dropped first.
const untouchable = "-"

func bind(c echo.Context, form any) error {
	binder, request := echo.DefaultBinder{}, c.Request()
	if request.Method == http.MethodGet || request.Method == http.MethodHead {
		c.QueryParams().Del(untouchable)
		return binder.BindQueryParams(c, form)
	}
	if request.ContentLength == 0 {
		return nil
	}
	// Other kinds of bodies would be filled in by the names of fields, those of the server included.
	switch kind, _, _ := mime.ParseMediaType(request.Header.Get(echo.HeaderContentType)); kind {
	case echo.MIMEMultipartForm:
		parts, err := c.MultipartForm()
		if err != nil {
			return err
		}
		delete(parts.Value, untouchable)
	case echo.MIMEApplicationForm:
		values, err := c.FormParams()
		if err != nil {
			return err
		}
		values.Del(untouchable)
	default:
		return echo.ErrUnsupportedMediaType
	}
	return binder.BindBody(c, form)
}

// ID returns a path parameter that is a row's id; NotFound for anything else.
func ID(c echo.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return id, nil
}

// Refused returns the fields of an Invalid fault, for showing the form again. A fault that names no field comes under
// the name "".
func Refused(err error) (fault.Fields, bool) {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		return nil, false
	}
	if len(f.Fields) == 0 {
		return fault.Fields{"": f.Message}, true
	}
	return f.Fields, true
}

// Settings returns what a form says of settings, by setting: the fields "setting-" and its id.
func Settings(c echo.Context) (map[int64]string, error) {
	sent, err := c.FormParams()
	if err != nil {
		return nil, fault.New(fault.Invalid, "The form could not be read. Send it again.")
	}
	values := map[int64]string{}
	for name := range sent {
		text, is := strings.CutPrefix(name, "setting-")
		if id, err := strconv.ParseInt(text, 10, 64); is && err == nil {
			values[id] = strings.TrimSpace(sent.Get(name))
		}
	}
	return values, nil
}
