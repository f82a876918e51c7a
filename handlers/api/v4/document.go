package v4

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/openapi"
	"github.com/assay-hire/assay/internal/resource"
)

// Describe adds everything the API serves to a document: the same declarations that serve it.
func (a API) Describe(d *openapi.Document) error {
	d.Components.SecuritySchemes["bearer"] = map[string]any{"type": "http", "scheme": "bearer",
		"description": "An access token from " + Prefix + "/oauth2/token, or a personal token."}
	d.Security = []map[string][]string{{"bearer": {}}}
	describeErrors(d)
	tags := map[string]bool{}
	for _, e := range a.Catalog.Entries() {
		r := e.Resource
		tags[tagOf(r.Path)] = true
		if r.Verbs == "" || r.Can(resource.List) || r.Can(resource.View) || r.Can(resource.Create) {
			d.Components.Schemas[r.Name] = objectSchema(r)
		}
		if err := describeResource(d, r); err != nil {
			return err
		}
	}
	for _, o := range a.operations() {
		tags[tagOf(o.path)] = true
		if err := a.describeOperation(d, o); err != nil {
			return err
		}
	}
	for tag := range tags {
		d.Tags = append(d.Tags, openapi.Tag{Name: tag})
	}
	slices.SortFunc(d.Tags, func(x, y openapi.Tag) int { return cmp.Compare(x.Name, y.Name) })
	return nil
}

// tagOf groups operations as a reader looks for them: a resource by its family and name, all else by its family.
func tagOf(path string) string {
	var words []string
	for _, part := range strings.Split(strings.Trim(path, "/"), "/") {
		if !strings.HasPrefix(part, "{") {
			words = append(words, part)
		}
	}
	switch {
	case words[0] == "models" && len(words) > 1:
		return "models " + words[1]
	case words[0] == "admin" && len(words) > 2 && words[1] == "organization":
		return "admin " + words[len(words)-1]
	case words[0] == "admin" && len(words) > 1:
		return "admin " + words[1]
	}
	return words[0]
}

func describeErrors(d *openapi.Document) {
	one := openapi.Object(openapi.Properties{
		{Name: "name", Schema: openapi.Schema{"type": "string", "example": "Not Found"}},
		{Name: "message", Schema: openapi.Schema{"type": "string"}},
		{Name: "code", Schema: openapi.Schema{"type": "integer", "example": 0}},
		{Name: "status", Schema: openapi.Schema{"type": "integer", "example": 404}},
	}, "name", "message", "code", "status")
	d.Components.Schemas["Problem"] = one
	d.Components.Schemas["FieldProblem"] = openapi.Object(openapi.Properties{
		{Name: "field", Schema: openapi.Schema{"type": "string"}}, {Name: "message", Schema: openapi.Schema{"type": "string"}},
	}, "field", "message")
	for status, about := range map[int]string{
		http.StatusBadRequest: "The request cannot be read.", http.StatusUnauthorized: "The token is missing, unknown or expired.",
		http.StatusForbidden: "The token's holder may not do this.", http.StatusNotFound: "There is no such thing for this caller.",
		http.StatusGone: "The token is too old: begin anew.", http.StatusConflict: "It does not go with what is there.", http.StatusPreconditionFailed: "The row changed since it was read.",
		http.StatusRequestEntityTooLarge: "The body is too long.", http.StatusUnsupportedMediaType: "The body is in another form than is taken.",
		http.StatusTooManyRequests: "Too many requests; Retry-After says when to go on.",
	} {
		d.Components.Responses[fmt.Sprint(status)] = openapi.Answer{About: about,
			Content: map[string]openapi.Media{echo.MIMEApplicationJSON: {Schema: openapi.Ref("Problem")}}}
	}
	d.Components.Responses["422"] = openapi.Answer{About: "Members or parameters that cannot be taken, each with the reason.",
		Content: map[string]openapi.Media{echo.MIMEApplicationJSON: {Schema: openapi.Ref("FieldProblem").List()}}}
}

// kinds are the schemas of members by kind, with an example each.
var kinds = map[resource.Kind]openapi.Schema{
	resource.Integer: {"type": "integer", "example": 42},
	resource.Number:  {"type": "number", "example": 4.5},
	resource.Decimal: {"type": "string", "pattern": `^-?\d+\.\d\d$`, "example": "5.00"},
	resource.Text:    {"type": "string", "example": "text"},
	resource.Boolean: {"type": "boolean", "example": true},
	resource.Moment:  {"type": "string", "format": "date-time", "example": "2026-01-31T09:30:00+00:00"},
	resource.Day:     {"type": "string", "format": "date", "example": "2026-01-31"},
	resource.Map:     {"type": []string{"object", "array"}, "description": "An object; an empty list when there is nothing in it."},
	resource.Array:   {"type": "array", "items": openapi.Schema{}},
	resource.JSON:    {},
}

func memberSchema(m resource.Member) openapi.Schema {
	s := kinds[m.Kind]
	if m.To != "" {
		s = openapi.Ref(m.To)
		if m.Many {
			s = s.List()
		}
	}
	if strings.Contains(m.Name, "email") && m.Kind == resource.Text {
		s = openapi.Schema{"type": "string", "format": "email", "example": "ann@example.org"}
	}
	if m.Null && m.Kind != resource.Map && len(s) > 0 {
		s = s.OrNull()
	}
	if m.Asked && m.To == "" {
		with := openapi.Schema{"description": "Sent when expand names it."}
		for k, v := range s {
			with[k] = v
		}
		return with
	}
	return s
}

func objectSchema(r *resource.Resource) openapi.Schema {
	var members openapi.Properties
	for _, m := range r.Members() {
		members = append(members, openapi.Property{Name: m.Name, Schema: memberSchema(m)})
	}
	if len(r.Links) > 0 {
		members = append(members, openapi.Property{Name: "_links", Schema: openapi.Schema{"type": "object",
			"additionalProperties": openapi.Schema{"type": "object", "properties": map[string]any{"href": openapi.Schema{"type": "string"}}}}})
	}
	s := openapi.Object(members)
	s["description"] = r.About
	return s
}

func bodySchema(r *resource.Resource, v resource.Verb) openapi.Schema {
	var members openapi.Properties
	var required []string
	for _, m := range r.Body(v) {
		schema := memberSchema(m)
		if m.Passed {
			schema = openapi.Schema{"description": "Taken and passed over: the server sets it.", "readOnly": true}
		}
		members = append(members, openapi.Property{Name: m.Name, Schema: schema})
		if m.Required {
			required = append(required, m.Name)
		}
	}
	return openapi.Object(members, required...)
}

// commonErrors are what any operation may answer.
var commonErrors = []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusTooManyRequests}

var writeErrors = append([]int{http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType,
	http.StatusUnprocessableEntity}, commonErrors...)

func describeResource(d *openapi.Document, r *resource.Resource) error {
	noun := strings.ReplaceAll(r.Name[strings.LastIndexByte(r.Name, '.')+1:], "-", " ")
	one, rows := openapi.Ref(r.Name), openapi.Ref(r.Name).List()
	methods := map[resource.Verb]struct {
		method, path string
		m            openapi.Method
	}{
		resource.List: {http.MethodGet, r.Path, openapi.Method{Summary: "List each " + noun, Parameters: listParameters(r),
			Responses: openapi.Good(http.StatusOK, rows, echo.MIMEApplicationJSON, listHeaders(r), listErrors(r)...)}},
		resource.View: {http.MethodGet, r.Path + "/{id}", openapi.Method{Summary: "Read one " + noun, Parameters: viewParameters(r),
			Responses: openapi.Good(http.StatusOK, one, echo.MIMEApplicationJSON, nil, commonErrors...)}},
		resource.Create: {http.MethodPost, r.Path, openapi.Method{Summary: "Create one " + noun, Parameters: append(shapeParameters(r), onceParameter),
			Body: jsonOf(bodySchema(r, resource.Create)), Responses: openapi.Good(http.StatusCreated, one, echo.MIMEApplicationJSON, nil, writeErrors...)}},
		resource.Update: {http.MethodPut, r.Path + "/{id}", openapi.Method{Summary: "Change one " + noun, Parameters: shapeParameters(r),
			Body: jsonOf(bodySchema(r, resource.Update)), Responses: openapi.Good(http.StatusOK, one, echo.MIMEApplicationJSON, nil, append([]int{412}, writeErrors...)...)}},
		resource.Delete: {http.MethodDelete, r.Path + "/{id}", openapi.Method{Summary: "Delete one " + noun,
			Responses: openapi.Good(http.StatusNoContent, nil, "", nil, append([]int{409, 412}, commonErrors...)...)}},
	}
	for verb, route := range methods {
		if !r.Can(verb) {
			continue
		}
		route.m.About, route.m.Tags = r.About, []string{tagOf(r.Path)}
		if err := d.Add(route.method, Prefix+route.path, route.m); err != nil {
			return err
		}
	}
	return nil
}

func jsonOf(s openapi.Schema) *openapi.Body {
	return &openapi.Body{Required: true, Content: map[string]openapi.Media{echo.MIMEApplicationJSON: {Schema: s}}}
}

var pagingHeaders = map[string]openapi.Header{
	"X-Pagination-Total-Count":  {About: "How many rows match in all.", Schema: openapi.Schema{"type": "integer"}},
	"X-Pagination-Page-Count":   {About: "How many pages there are.", Schema: openapi.Schema{"type": "integer"}},
	"X-Pagination-Current-Page": {About: "The page answered, from 1.", Schema: openapi.Schema{"type": "integer"}},
	"X-Pagination-Per-Page":     {About: "Rows on a page.", Schema: openapi.Schema{"type": "integer"}},
	"Link":                      {About: "Links to neighbouring pages.", Schema: openapi.Schema{"type": "string"}},
}

var syncHeaders = map[string]openapi.Header{
	headerSyncToken: {About: "Only for a list read with " + resource.SyncParam + ": where to go on.", Schema: openapi.Schema{"type": "string"}},
	headerSyncMore:  {About: "Only for a list read with " + resource.SyncParam + ": true while there is more right now.", Schema: openapi.Schema{"type": "boolean"}},
}

// listHeaders are those of a list's answer.
func listHeaders(r *resource.Resource) map[string]openapi.Header {
	headers := maps.Clone(pagingHeaders)
	if r.HasFeed() {
		maps.Copy(headers, syncHeaders)
	}
	return headers
}

// listErrors are what a list may answer beside its rows.
func listErrors(r *resource.Resource) []int {
	errors := append([]int{http.StatusUnprocessableEntity}, commonErrors...)
	if r.HasFeed() {
		errors = append(errors, http.StatusGone)
	}
	return errors
}

const syncAbout = "Read the list by what changed: empty to begin with all rows, then what X-Sync-Token said, until X-Sync-More is false, and " +
	"again whenever you like. Each row comes once, as it is now. One that is gone, or does not match any more, is {id, is_deleted: true}. " +
	"Filters apply; page, cursor and sort do not. Changes are kept for 30 days: an older token answers 410, and an empty one begins anew."

// onceParameter lets a caller send a request again without doing it twice.
var onceParameter = openapi.Parameter{Name: actions.KeyHeader, In: "header", Schema: openapi.Schema{"type": "string", "minLength": 1, "maxLength": longestKey},
	About: "Your own name for this request. Sent again within 24 hours, it does nothing and gets the same answer, with Idempotency-Replayed: true. " +
		"Another request under the same key answers 422; one that comes while the first runs answers 409 with Retry-After."}

func query(name, about string, schema openapi.Schema) openapi.Parameter {
	return openapi.Parameter{Name: name, In: "query", About: about, Schema: schema}
}

func listParameters(r *resource.Resource) []openapi.Parameter {
	var all []openapi.Parameter
	for _, m := range r.Parameters() {
		schema := kinds[m.Kind]
		if m.Many {
			schema = schema.List()
		}
		about := ""
		if m.Name == resource.SinceParam {
			about = "Only rows that were made or changed from this time on. Deleted rows are told of by " + resource.SyncParam + " only."
		}
		all = append(all, query(m.Name, about, schema))
	}
	all = append(all,
		query("page", "Number of the page, from 1.", openapi.Schema{"type": "integer", "minimum": 1, "default": 1}),
		query("pageSize", fmt.Sprintf("Rows on a page, at most %d.", resource.MostPageSize),
			openapi.Schema{"type": "integer", "minimum": 1, "default": resource.PageSize}),
		query("sort", "Members to sort by, - before one for falling order: "+strings.Join(r.Sortable(), ", ")+".", openapi.Schema{"type": "string"}),
		query("cursor", "Go by key instead of pages: empty to begin, then what X-Next-Cursor says.", openapi.Schema{"type": "string"}))
	if r.HasFeed() {
		all = append(all, query(resource.SyncParam, syncAbout, openapi.Schema{"type": "string"}))
	}
	return append(all, shapeParameters(r)...)
}

// viewParameters are those of the reading of a single row.
func viewParameters(r *resource.Resource) []openapi.Parameter {
	var all []openapi.Parameter
	for _, m := range r.Parameters() {
		if slices.Contains(strings.Fields(r.Narrows), m.Name) {
			all = append(all, query(m.Name, "", kinds[m.Kind]))
		}
	}
	return append(all, shapeParameters(r)...)
}

// shapeParameters say what of a row is sent.
func shapeParameters(r *resource.Resource) []openapi.Parameter {
	all := []openapi.Parameter{query("fields", "Only these members.", openapi.Schema{"type": "string"})}
	var names []string
	for _, m := range r.Members() {
		if m.Asked {
			names = append(names, m.Name)
		}
	}
	if len(names) > 0 {
		all = append(all, query("expand", "Also these: "+strings.Join(names, ", ")+"; nested with a dot.",
			openapi.Schema{"type": "array", "items": openapi.Schema{"type": "string"}}))
	}
	return all
}

func (a API) describeOperation(d *openapi.Document, o operation) error {
	m := openapi.Method{Summary: o.about, Tags: []string{tagOf(o.path)}}
	if o.open {
		m.Security = &[]map[string][]string{}
	}
	for _, p := range o.query {
		parameter := query(p.name, "", kinds[p.kind])
		parameter.Required = p.required
		m.Parameters = append(m.Parameters, parameter)
	}
	if o.method == http.MethodPost && !o.open {
		m.Parameters = append(m.Parameters, onceParameter)
	}
	errors := commonErrors
	if o.takes != nil || len(o.files) > 0 {
		errors = writeErrors
		m.Body = o.bodyOf()
	}
	m.Responses = openapi.Good(o.status, o.answerOf(), cmp.Or(o.media, echo.MIMEApplicationJSON), nil, errors...)
	return d.Add(o.method, Prefix+o.path, m)
}

// askedMembers is what any action may be asked with beside its input.
var askedMembers = openapi.Properties{{Name: "comment", Schema: kinds[resource.Text]}, {Name: "skipCallback", Schema: kinds[resource.Boolean]},
	{Name: "callbackUrl", Schema: kinds[resource.Text]}}

func (o operation) bodyOf() *openapi.Body {
	schema := openapi.Object(nil)
	if row, ok := o.takes.(rowBody); ok {
		schema = bodySchema(row.of, row.verb)
	} else if o.takes != nil {
		schema = openapi.Of(elemOf(o.takes))
	}
	if _, isAction := o.gives.(actionAnswer); isAction {
		held, _ := schema["properties"].(openapi.Properties)
		schema["properties"] = append(held, askedMembers...)
	}
	if len(o.files) == 0 {
		return jsonOf(schema)
	}
	var members openapi.Properties
	if held, ok := schema["properties"].(openapi.Properties); ok {
		members = append(members, held...)
	}
	for _, name := range o.files {
		members = append(members, openapi.Property{Name: name, Schema: openapi.Schema{"type": "string", "contentMediaType": "application/octet-stream"}})
	}
	return &openapi.Body{Required: true, Content: map[string]openapi.Media{echo.MIMEMultipartForm: {Schema: openapi.Object(members)}}}
}

func (o operation) answerOf() openapi.Schema {
	switch gives := o.gives.(type) {
	case nil:
		return nil
	case like:
		if gives.list {
			return openapi.Ref(gives.resource).List()
		}
		return openapi.Ref(gives.resource)
	case either:
		var forms []openapi.Schema
		for _, form := range gives {
			forms = append(forms, openapi.Of(elemOf(form)))
		}
		return openapi.Schema{"anyOf": forms}
	case actionAnswer:
		return gives.schema()
	default:
		return openapi.Of(elemOf(gives))
	}
}

func elemOf(v any) reflect.Type {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// schema is the base members of an action and those of its input.
func (a actionAnswer) schema() openapi.Schema {
	kind := map[string]resource.Kind{"name": resource.Text, "external_id": resource.Text, "comment": resource.Text, "message": resource.Text,
		"response": resource.Text, "skipCallback": resource.Boolean, "isNotify": resource.Boolean, "created_at": resource.Moment,
		"updated_at": resource.Moment, "completed_at": resource.Moment, "requested_at": resource.Moment, "started_at": resource.Moment,
		"last_attempt_at": resource.Moment, "_links": resource.JSON, "callbackUrl": resource.Text}
	var members openapi.Properties
	seen := map[string]bool{}
	for _, name := range baseMembers {
		seen[name] = true
		members = append(members, openapi.Property{Name: name, Schema: kinds[cmp.Or(kind[name], resource.Integer)].OrNull()})
	}
	if a.of != nil {
		held, _ := openapi.Of(elemOf(a.of))["properties"].(openapi.Properties)
		for _, p := range held {
			if !seen[p.Name] {
				members = append(members, openapi.Property{Name: p.Name, Schema: p.Schema.OrNull()})
			}
		}
	}
	return openapi.Object(members)
}
