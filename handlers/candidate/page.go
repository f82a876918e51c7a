package candidate

import (
	views "github.com/assay-hire/assay/views/candidate"
	"github.com/assay-hire/assay/views/ui"
	"github.com/assay-hire/assay/web"
	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"
)

// page returns what every page of a candidate knows, in a language that the browser asks for. Components rendered for
// this request speak it too.
func page(c echo.Context, title func(views.Words) string) (views.Page, error) {
	words := views.For(languages(c)...)
	chrome, err := web.Chrome(c, title(words))
	if err != nil {
		return views.Page{}, err
	}
	chrome.Lang, chrome.Dir, chrome.Read = words.Lang, words.Dir, true
	chrome.Home, chrome.Organization = "/attend", web.Actor(c).Organization
	c.SetRequest(c.Request().WithContext(ui.WithWords(web.Context(c), words.Parts)))
	return views.Page{Page: chrome, Words: words, Zone: web.Zone(c)}, nil
}

// languages returns what the browser asks for, best first.
func languages(c echo.Context) []string {
	tags, _, err := language.ParseAcceptLanguage(c.Request().Header.Get("Accept-Language"))
	if err != nil {
		return nil // a header that cannot be read asks for nothing
	}
	found := make([]string, len(tags))
	for i, t := range tags {
		found[i] = t.String()
	}
	return found
}

// titled is a title that is somebody's own words and the same in every language.
func titled(text string) func(views.Words) string {
	return func(views.Words) string { return text }
}
