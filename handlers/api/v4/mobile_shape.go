package v4

import (
	"github.com/assay-hire/assay/internal/actions"

	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
)

// links are an object's links by relation.
type links map[string]href

type href struct {
	Href string `json:"href"`
}

// linksTo makes links of paths, which begin with a slash.
func linksTo(paths map[string]string) links {
	all := make(links, len(paths))
	for rel, path := range paths {
		all[rel] = href{Prefix + path}
	}
	return all
}

var (
	fieldsParameter = parameter{name: "fields", kind: resource.Text}
	idParameter     = parameter{name: "id", kind: resource.Integer}
	pageParameters  = []parameter{{name: "page", kind: resource.Integer}, {name: "pageSize", kind: resource.Integer}}
)

// shown is a struct as it is sent: with the members that the request names in fields, or all of them.
func shown(c echo.Context, v any) (resource.Object, error) {
	params, err := resource.ReadParams(c.QueryParams())
	if err != nil {
		return resource.Object{}, err
	}
	return objectOf(reflect.ValueOf(v), params.Names("fields")), nil
}

// showOne answers with one object.
func showOne(c echo.Context, status int, v any) error {
	o, err := shown(c, v)
	if err != nil {
		return err
	}
	return reply(c, status, o)
}

// showList answers with a page of what the candidate has, which is never much. With a cursor it is all on one page.
func showList[T any](c echo.Context, all []T, idOf func(T) int64) error {
	params, err := resource.ReadParams(c.QueryParams())
	if err != nil {
		return err
	}
	if all, err = withIDs(params, all, idOf); err != nil {
		return err
	}
	page, err := pageOf(params, len(all))
	if err != nil {
		return err
	}
	if _, along := params["cursor"]; !along {
		from := min((page.Number-1)*page.Size, len(all))
		all = all[from:min(from+page.Size, len(all))]
	}
	objects := make([]resource.Object, len(all))
	for i, v := range all {
		objects[i] = objectOf(reflect.ValueOf(v), params.Names("fields"))
	}
	pageHeaders(c, page)
	return reply(c, 200, objects)
}

// withIDs keeps those that the parameter id names, all where it is absent.
func withIDs[T any](params resource.Params, all []T, idOf func(T) int64) ([]T, error) {
	var wanted []int64
	for _, name := range params.Names("id") {
		id, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return nil, fault.Field("id", "This must be a whole number.")
		}
		wanted = append(wanted, id)
	}
	if len(wanted) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(v T) bool { return !slices.Contains(wanted, idOf(v)) }), nil
}

// pageOf reads which page of a list is wanted.
func pageOf(params resource.Params, total int) (resource.Page, error) {
	page := resource.Page{Number: 1, Size: resource.PageSize, Total: int64(total)}
	for name, into := range map[string]*int{"page": &page.Number, "pageSize": &page.Size, "per-page": &page.Size} {
		text := strings.TrimSpace(params.First(name))
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1<<30 {
			return page, fault.Field(name, "This must be a whole number from 1 on.")
		}
		*into = n
	}
	page.Size = min(page.Size, resource.MostPageSize)
	page.Count = (total + page.Size - 1) / page.Size
	return page, nil
}

var (
	marshaler = reflect.TypeFor[json.Marshaler]()
	timeType  = reflect.TypeFor[time.Time]()
)

func objectOf(v reflect.Value, only []string) resource.Object {
	var o resource.Object
	for _, m := range actions.MembersOf(v) {
		if len(only) == 0 || slices.Contains(only, m.Name) {
			o.Set(m.Name, wireValue(m.Field))
		}
	}
	return o
}

// wireValue writes times as the document does, and lists that are empty as lists.
func wireValue(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return wireValue(v.Elem())
	case v.Type() == timeType:
		return resource.FormatMoment(v.Interface().(time.Time))
	case v.Type().Implements(marshaler):
		return v.Interface()
	case v.Kind() == reflect.Struct:
		return objectOf(v, nil)
	case v.Kind() == reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = wireValue(v.Index(i))
		}
		return list
	}
	return v.Interface()
}

// read fills a struct from a body as senders write it: numbers as texts where that is meant, unknown members refused.
func (b body) read(into any) error {
	bad := fault.Fields{}
	known := map[string]reflect.Value{}
	for _, m := range actions.MembersOf(reflect.ValueOf(into).Elem()) {
		known[m.Name] = m.Field
	}
	for name, raw := range b.fields {
		field, ok := known[name]
		if !ok {
			bad[name] = "There is no such field."
			continue
		}
		if err := fillMember(field, raw); err != nil {
			bad[name] = err.Error()
		}
	}
	return fault.Refuse(bad)
}

// takeBody reads a JSON body, or a form, into a struct.
func takeBody(c echo.Context, into any) (body, error) {
	b, err := readBody(c, jsonBody, formBody)
	if err == nil {
		err = b.read(into)
	}
	return b, err
}
