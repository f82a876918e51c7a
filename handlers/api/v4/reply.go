package v4

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/resource"
)

// reply sends an answer with its entity tag. A read whose tag the caller has already is answered 304.
func reply(c echo.Context, status int, answer any) error {
	tag, err := actions.Tag(answer)
	if err != nil {
		return err
	}
	c.Response().Header().Set("ETag", tag)
	if c.Request().Method == http.MethodGet && heldAlready(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return c.JSONBlob(status, text)
}

func heldAlready(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// pageHeaders tells where in a list an answer is: the documented headers, and a link to each neighbouring page.
func pageHeaders(c echo.Context, page resource.Page) {
	h, here := c.Response().Header(), *c.Request().URL
	if _, along := c.QueryParams()["cursor"]; along {
		if page.Next != "" {
			h.Set("X-Next-Cursor", page.Next)
			h.Set("Link", link(here, "cursor", page.Next, "next"))
		}
		return
	}
	h.Set("X-Pagination-Total-Count", strconv.FormatInt(page.Total, 10))
	h.Set("X-Pagination-Page-Count", strconv.Itoa(page.Count))
	h.Set("X-Pagination-Current-Page", strconv.Itoa(page.Number))
	h.Set("X-Pagination-Per-Page", strconv.Itoa(page.Size))
	links := []string{link(here, "page", strconv.Itoa(page.Number), "self")}
	add := func(number int, rel string) { links = append(links, link(here, "page", strconv.Itoa(number), rel)) }
	if page.Count > 0 {
		add(1, "first")
	}
	if page.Number > 1 && page.Count > 0 {
		add(min(page.Number-1, page.Count), "prev")
	}
	if page.Number < page.Count {
		add(page.Number+1, "next")
	}
	if page.Count > 0 {
		add(page.Count, "last")
	}
	h.Set("Link", strings.Join(links, ", "))
}

func link(here url.URL, name, value, rel string) string {
	query := here.Query()
	query.Set(name, value)
	return "<" + here.Path + "?" + query.Encode() + ">; rel=" + rel
}
