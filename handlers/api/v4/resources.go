package v4

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/catalog"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/web"
)

// mountResources gives every declaration of the catalog its routes.
func (a API) mountResources(on routes) {
	for _, e := range a.Catalog.Entries() {
		for _, path := range append(strings.Fields(e.Resource.Alias), e.Resource.Path) {
			a.mountResource(on, e, echoPath(path))
		}
	}
}

func (a API) mountResource(on routes, e catalog.Entry, path string) {
	for verb, route := range map[resource.Verb]struct {
		method, path string
		serve        func(catalog.Entry) echo.HandlerFunc
	}{
		resource.List:   {http.MethodGet, path, a.list},
		resource.View:   {http.MethodGet, path + "/:id", a.view},
		resource.Create: {http.MethodPost, path, a.create},
		resource.Update: {http.MethodPut, path + "/:id", a.update},
		resource.Delete: {http.MethodDelete, path + "/:id", a.remove},
	} {
		if e.Resource.Can(verb) {
			on.add(route.method, route.path, route.serve(e), e.Resource.GrantFor(verb))
		}
	}
}

// echoPath writes {word} as :word.
func echoPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// ask reads what a request asks of a resource.
func (a API) ask(c echo.Context, r *resource.Resource) (resource.Ask, error) {
	params, err := resource.ReadParams(c.QueryParams())
	if err != nil {
		return resource.Ask{}, err
	}
	ask := resource.Ask{Actor: web.Actor(c), Above: map[string]int64{}, Params: params, Base: Prefix, Now: a.DB.Clock.Now()}
	for _, word := range r.Words() {
		if ask.Above[word], err = keyParam(c, word); err != nil {
			return ask, err
		}
	}
	return ask, nil
}

// keyParam reads a key in the path. What is no key names nothing.
func keyParam(c echo.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id < 1 {
		return 0, fault.New(fault.NotFound, "There is nothing at this address.")
	}
	return id, nil
}

func (a API) list(e catalog.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ask, err := a.ask(c, e.Resource)
		if err != nil {
			return err
		}
		if _, bySync := ask.Params[resource.SyncParam]; bySync {
			return a.changes(c, e, ask)
		}
		page, err := e.Resource.List(web.Context(c), a.DB.Read, ask)
		if err != nil {
			return err
		}
		pageHeaders(c, page)
		return reply(c, http.StatusOK, page.Objects)
	}
}

func (a API) view(e catalog.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ask, id, err := a.askOne(c, e.Resource)
		if err != nil {
			return err
		}
		object, err := e.Resource.View(web.Context(c), a.DB.Read, ask, id)
		if err != nil {
			return err
		}
		return reply(c, http.StatusOK, object)
	}
}

func (a API) askOne(c echo.Context, r *resource.Resource) (resource.Ask, int64, error) {
	ask, err := a.ask(c, r)
	if err != nil {
		return ask, 0, err
	}
	id, err := keyParam(c, "id")
	return ask, id, err
}

func (a API) create(e catalog.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ask, err := a.ask(c, e.Resource)
		if err != nil {
			return err
		}
		done, err := a.write(c, e, resource.Create, ask, 0)
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderLocation, strings.TrimSuffix(c.Request().URL.Path, "/")+"/"+strconv.FormatInt(done.Made(), 10))
		return reply(c, http.StatusCreated, done.Object)
	}
}

func (a API) update(e catalog.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ask, id, err := a.askOne(c, e.Resource)
		if err != nil {
			return err
		}
		done, err := a.write(c, e, resource.Update, ask, id)
		if err != nil {
			return err
		}
		return reply(c, http.StatusOK, done.Object)
	}
}

func (a API) remove(e catalog.Entry) echo.HandlerFunc {
	return func(c echo.Context) error {
		ask, id, err := a.askOne(c, e.Resource)
		if err != nil {
			return err
		}
		if _, err := a.write(c, e, resource.Delete, ask, id); err != nil {
			return err
		}
		return c.NoContent(http.StatusNoContent)
	}
}

// write performs a write of one row: the catalog says by which action. The grant comes before the body, so that who may
// not write learns nothing of what it takes.
func (a API) write(c echo.Context, e catalog.Entry, verb resource.Verb, ask resource.Ask, id int64) (*actions.Resourceful, error) {
	if err := e.Resource.Allowed(ask.Actor, verb); err != nil {
		return nil, err
	}
	in := catalog.Written{Ask: ask, Verb: verb, ID: id}
	if verb != resource.Delete {
		body, err := readBody(c, jsonBody, formBody)
		if err != nil {
			return nil, err
		}
		if in.Values, err = e.Resource.Read(verb, body.fields); err != nil {
			return nil, err
		}
	}
	does, made := e.Act(in)
	all := &actions.Resourceful{Resource: e.Resource, Ask: ask, ID: id, Does: does, Made: made, Gone: verb == resource.Delete,
		Match: c.Request().Header.Get("If-Match")}
	return all, a.Actions.Run(web.Context(c), ask.Actor, all)
}
