package v4

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

// The headers of a list that is read by what changed.
const (
	headerSyncToken = "X-Sync-Token" // where to go on
	headerSyncMore  = "X-Sync-More"  // "true" while there is more right now
)

// changes answers a list by what changed since a token.
func (a API) changes(c echo.Context, e catalog.Entry, ask resource.Ask) error {
	feed, err := e.Resource.Changes(web.Context(c), a.DB.Read, ask)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(headerSyncToken, feed.Token)
	h.Set(headerSyncMore, strconv.FormatBool(feed.More))
	if feed.Objects == nil {
		feed.Objects = []resource.Object{}
	}
	return reply(c, http.StatusOK, feed.Objects)
}
