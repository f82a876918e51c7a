package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/labstack/echo/v4"
)

// Uploads returns the files that a form brings, by what follows prefix in their fields' names, and a function that closes
// them. A form that can bring none has none; a body that cannot be read gives an Invalid fault.
func Uploads(c echo.Context, prefix string) (uploads map[string]actions.FormUpload, done func(), err error) {
	uploads, done = map[string]actions.FormUpload{}, func() {}
	parts, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) {
		return uploads, done, nil
	}
	if err != nil {
		return nil, done, fault.New(fault.Invalid, "The form could not be read. Send it again.")
	}
	var opened []func() error
	done = func() {
		for _, shut := range opened {
			_ = shut() // read to the end by now, or not needed
		}
	}
	for name, files := range parts.File {
		id, ours := strings.CutPrefix(name, prefix)
		if !ours || len(files) == 0 || files[0].Filename == "" {
			continue
		}
		file, err := files[0].Open()
		if err != nil {
			done()
			return nil, func() {}, fault.New(fault.Invalid, "The file could not be read. Choose it again.")
		}
		opened = append(opened, file.Close)
		uploads[id] = actions.FormUpload{Name: files[0].Filename, Content: file}
	}
	return uploads, done, nil
}
