package web

import (
	"strconv"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/labstack/echo/v4"
)

// Bind fills form from the request's form or query, by its form and query tags. A value of the wrong kind, such as text
// for a number, gives an Invalid fault.
func Bind(c echo.Context, form any) error {
	if err := c.Bind(form); err != nil {
		return fault.New(fault.Invalid, "Part of the form could not be read. Check numbers and dates.")
	}
	return nil
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
