package v4

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/labstack/echo/v4"
)

// The most bytes a body may have: in words, and with files beside them.
const (
	longestBody    = 2 << 20
	longestEncoded = 28 << 20 // of a file in base64
	longestFiles   = 30 << 20
	heldInMemory   = 4 << 20 // of files; what is more goes to the disk while it is read
)

// bodyKind is a form in which a body may come.
type bodyKind string

// The forms. Which of them a route takes, it says to readBody.
const (
	jsonBody      bodyKind = echo.MIMEApplicationJSON
	formBody      bodyKind = echo.MIMEApplicationForm
	multipartBody bodyKind = echo.MIMEMultipartForm
)

// body is what a request says, by name. Values of forms are JSON too: a text, or an array of them for a name that ends
// in [].
type body struct {
	fields map[string]json.RawMessage
	isForm bool
}

// readBody reads a body whole. It returns 415 for a form that the route does not take, 413 for too long a one, 400 with
// the place for what is malformed, and Invalid for a name that is there twice. Without a body there are no fields.
func readBody(c echo.Context, kinds ...bodyKind) (body, error) {
	return readBounded(c, longestBody, kinds...)
}

// readLongBody is readBody for JSON that holds a file.
func readLongBody(c echo.Context) (body, error) { return readBounded(c, longestEncoded, jsonBody) }

func readBounded(c echo.Context, longest int64, kinds ...bodyKind) (body, error) {
	request := c.Request()
	header := request.Header.Get(echo.HeaderContentType)
	if header == "" && request.ContentLength == 0 {
		return body{}, nil
	}
	given, _, err := mime.ParseMediaType(header)
	if err != nil || !slices.Contains(kinds, bodyKind(given)) {
		return body{}, unsupported(kinds)
	}
	if bodyKind(given) == multipartBody {
		return readMultipart(c)
	}
	text, err := io.ReadAll(http.MaxBytesReader(c.Response(), request.Body, longest))
	if err != nil {
		return body{}, unreadable(err)
	}
	if bodyKind(given) == formBody {
		return parseForm(text)
	}
	return parseObject(text)
}

func unsupported(kinds []bodyKind) error {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return echo.NewHTTPError(http.StatusUnsupportedMediaType, "The Content-Type must be "+strings.Join(names, " or ")+".")
}

func unreadable(err error) error {
	var long *http.MaxBytesError
	var he *echo.HTTPError
	switch {
	case errors.As(err, &long):
		return echo.ErrStatusRequestEntityTooLarge
	case errors.As(err, &he):
		return he
	}
	return malformed("The body ended before it was complete.")
}

// malformed is a body that cannot be understood at all.
func malformed(format string, args ...any) error {
	return echo.NewHTTPError(http.StatusBadRequest, fmt.Sprintf(format, args...))
}

// readMultipart reads the values of a form with files; the route takes the files from c.MultipartForm.
func readMultipart(c echo.Context) (body, error) {
	request := c.Request()
	request.Body = http.MaxBytesReader(c.Response(), request.Body, longestFiles)
	if err := request.ParseMultipartForm(heldInMemory); err != nil {
		var long *http.MaxBytesError
		if errors.As(err, &long) {
			return body{}, unreadable(err)
		}
		return body{}, malformed("The form and its files could not be read.")
	}
	return formFields(request.MultipartForm.Value)
}

func parseForm(text []byte) (body, error) {
	values, err := url.ParseQuery(string(text))
	if err != nil {
		return body{}, malformed("The form could not be read: %v.", err)
	}
	return formFields(values)
}

func formFields(values url.Values) (body, error) {
	b := body{fields: make(map[string]json.RawMessage, len(values)), isForm: true}
	bad := fault.Fields{}
	for name, given := range values {
		var value any = given
		plain, isList := strings.CutSuffix(name, "[]")
		if !isList {
			value = given[0]
			if len(given) > 1 {
				bad[name] = "This is there twice."
			}
		}
		if !utf8.ValidString(name+strings.Join(given, "")) || strings.Contains(strings.Join(given, ""), "\x00") {
			return b, malformed("The form holds what is no text in UTF-8.")
		}
		text, err := json.Marshal(value)
		if err != nil {
			return b, fmt.Errorf("keep form field: %w", err)
		}
		b.fields[plain] = text
	}
	return b, fault.Refuse(bad)
}

func parseObject(text []byte) (body, error) {
	b := body{fields: map[string]json.RawMessage{}}
	if len(bytes.TrimSpace(text)) == 0 {
		return b, nil
	}
	if err := inspect(text); err != nil {
		return b, err
	}
	if err := json.Unmarshal(text, &b.fields); err != nil {
		return b, malformed("The body must be a JSON object: {…}.")
	}
	return b, nil
}

// text returns a field that must be a text; "" when it is not there or null. It returns Invalid for anything else.
func (b body) text(name string) (string, error) {
	value, err := b.optionalText(name)
	if value == nil {
		return "", err
	}
	return *value, err
}

func (b body) optionalText(name string) (*string, error) {
	raw, given := b.fields[name]
	if !given {
		return nil, nil
	}
	var value *string
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, fault.Field(name, "This must be text.")
	}
	return value, nil
}
