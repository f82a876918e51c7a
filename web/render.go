package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/views/ui"
	"github.com/labstack/echo/v4"
)

// Page answers with a whole page.
func Page(c echo.Context, page templ.Component) error { return render(c, http.StatusOK, page) }

// Form answers with a form that was refused, as itself, fields marked.
func Form(c echo.Context, form templ.Component) error {
	return render(c, http.StatusUnprocessableEntity, form)
}

// Part answers with pieces of a page: the one that was asked for, then those that change with it, out of band.
func Part(c echo.Context, parts ...templ.Component) error {
	return render(c, http.StatusOK, templ.Join(parts...))
}

// PageOr answers a script with the part and anybody else with the page. It is the only place where one URL does both.
func PageOr(c echo.Context, page, part templ.Component) error {
	c.Response().Header().Add("Vary", "HX-Request")
	if IsPart(c) {
		return Part(c, part)
	}
	return Page(c, page)
}

// Toast is a message that travels with a part. With an undoURL, a POST there takes back what was done.
func Toast(text, undoURL string) templ.Component {
	return ui.ToastOut(ui.ToastProps{Text: text, UndoURL: undoURL})
}

func render(c echo.Context, status int, component templ.Component) error {
	c.Response().Header().Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
	c.Response().WriteHeader(status)
	if err := component.Render(Context(c), c.Response()); err != nil {
		return fmt.Errorf("render %s: %w", c.Path(), err)
	}
	return nil
}

// toastHeader has the page show a message although nothing of it is swapped.
func toastHeader(c echo.Context, text string) error {
	header, err := json.Marshal(map[string]string{"assay:toast": text})
	if err != nil {
		return fmt.Errorf("write the toast header: %w", err)
	}
	// Header values are Latin-1 on the wire: everything else travels as JSON escapes.
	ascii := make([]byte, 0, len(header))
	for _, r := range string(header) {
		switch {
		case r < 0x80:
			ascii = append(ascii, byte(r))
		case r < 0x10000:
			ascii = fmt.Appendf(ascii, `\u%04x`, r)
		default:
			ascii = append(ascii, '?')
		}
	}
	c.Response().Header().Set("HX-Trigger", string(ascii))
	return nil
}
