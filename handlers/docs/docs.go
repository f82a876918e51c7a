// Package docs answers the pages that document the JSON APIs. They are made of the same declarations that serve, need no
// sign-in, and nothing from elsewhere.
package docs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/openapi"
	views "github.com/assay-hire/assay/views/docs"
	"github.com/assay-hire/assay/web"
)

// Screens answers the documentation.
type Screens struct {
	Document *openapi.Document
	BaseURL  string // absolute address of the program, without a slash at the end
}

// Guide shows how the API is used.
func (s Screens) Guide(c echo.Context) error {
	page, err := web.Chrome(c, "The API")
	if err != nil {
		return err
	}
	return web.Page(c, views.GuidePage(views.Guide{Page: page, Groups: s.groups(""), Base: cmp.Or(s.BaseURL, "http://localhost:8080")}))
}

// Reference shows one group of operations.
func (s Screens) Reference(c echo.Context) error {
	name := strings.ReplaceAll(c.Param("group"), "_", " ")
	if !slices.ContainsFunc(s.Document.Tags, func(t openapi.Tag) bool { return t.Name == name }) {
		return fault.Missing("part of the API")
	}
	page, err := web.Chrome(c, title(name)+", API")
	if err != nil {
		return err
	}
	r := views.Reference{Page: page, Groups: s.groups(name), Name: title(name)}
	for _, path := range s.Document.SortedPaths() {
		for _, method := range []string{"get", "post", "put", "patch", "delete"} {
			if m, there := s.Document.Paths[path][method]; there && m.Tags[0] == name {
				o, err := s.shown(method, path, m)
				if err != nil {
					return err
				}
				r.Operations = append(r.Operations, o)
			}
		}
	}
	return web.Page(c, views.ReferencePage(r))
}

// OpenAPI sends the document for tools.
func (s Screens) OpenAPI(c echo.Context) error {
	text, err := json.Marshal(s.Document)
	if err != nil {
		return fmt.Errorf("write the document: %w", err)
	}
	return c.JSONBlob(http.StatusOK, text)
}

// groups are the contents: what stands alone, then the resources under the headings of their families.
func (s Screens) groups(current string) []views.Group {
	groups := []views.Group{{Name: "How it is used", Href: "/docs/api", Current: current == ""}}
	for _, t := range s.Document.Tags {
		family, name, isPart := strings.Cut(t.Name, " ")
		if !isPart {
			family, name = "", titled(t.Name)
		}
		groups = append(groups, views.Group{Family: titled(family), Name: titled(name), Current: t.Name == current,
			Href: "/docs/api/" + strings.ReplaceAll(t.Name, " ", "_")})
	}
	slices.SortStableFunc(groups[1:], func(x, y views.Group) int { return cmp.Compare(x.Family, y.Family) })
	return groups
}

// title is what the page of a group is called.
func title(tag string) string {
	family, name, isPart := strings.Cut(tag, " ")
	if !isPart || family == "models" {
		return titled(cmp.Or(name, family))
	}
	return titled(name) + " (" + family + ")"
}

// titled writes a word of a path as a reader's: assessment-section becomes Assessment section.
func titled(word string) string {
	if word == "" {
		return ""
	}
	word = strings.ReplaceAll(word, "-", " ")
	return strings.ToUpper(word[:1]) + word[1:]
}

func (s Screens) shown(method, path string, m openapi.Method) (views.Operation, error) {
	o := views.Operation{ID: m.ID, Method: strings.ToUpper(method), Path: path, Summary: m.Summary, About: m.About, IsOpen: m.Security != nil}
	if o.About == o.Summary {
		o.About = ""
	}
	for _, p := range m.Parameters {
		if p.In == "query" {
			o.Parameters = append(o.Parameters, views.Member{Name: p.Name, Type: s.words(p.Schema), About: p.About, Needed: p.Required})
		}
	}
	if m.Body != nil {
		for form, media := range m.Body.Content {
			o.BodyForm, o.Body = form, s.members(media.Schema)
		}
	}
	for status, answer := range m.Responses {
		good, ok := answer.(openapi.Answer)
		if !ok {
			o.Statuses = append(o.Statuses, status)
			continue
		}
		o.Status = status + " " + good.About
		for form, media := range good.Content {
			o.Answer = s.members(media.Schema)
			if form == echo.MIMEApplicationJSON {
				text, err := json.MarshalIndent(s.Document.Example(media.Schema), "", "  ")
				if err != nil {
					return o, fmt.Errorf("write an example: %w", err)
				}
				o.Example = string(text)
			}
		}
	}
	slices.Sort(o.Statuses)
	return o, nil
}

// members are those of an object, or of the objects in a list.
func (s Screens) members(schema openapi.Schema) []views.Member {
	schema = s.Document.Resolved(schema)
	if items, ok := schema["items"].(openapi.Schema); ok {
		schema = s.Document.Resolved(items)
	}
	required, _ := schema["required"].([]string)
	properties, _ := schema["properties"].(openapi.Properties)
	all := make([]views.Member, len(properties))
	for i, p := range properties {
		about, _ := p.Schema["description"].(string)
		all[i] = views.Member{Name: p.Name, Type: s.words(p.Schema), About: about, Needed: slices.Contains(required, p.Name)}
	}
	return all
}

// words say what a schema takes.
func (s Screens) words(schema openapi.Schema) string {
	if ref, ok := schema["$ref"].(string); ok {
		return ref[strings.LastIndexByte(ref, '/')+1:]
	}
	if either, ok := schema["anyOf"].([]openapi.Schema); ok {
		return s.words(either[0]) + " or null"
	}
	format, _ := schema["format"].(string)
	switch kind := schema["type"].(type) {
	case string:
		if items, ok := schema["items"].(openapi.Schema); ok {
			return "list of " + cmp.Or(s.words(items), "values")
		}
		return cmp.Or(format, kind)
	case []string:
		if len(kind) == 2 && kind[1] == "null" {
			return cmp.Or(format, kind[0]) + " or null"
		}
		return strings.Join(kind, " or ")
	}
	return "any value"
}
