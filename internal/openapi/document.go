package openapi

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Document is an OpenAPI document as it is built. Its parts are added; what it says twice is a mistake of the program.
type Document struct {
	OpenAPI    string                       `json:"openapi"`
	Info       Info                         `json:"info"`
	Servers    []Server                     `json:"servers"`
	Tags       []Tag                        `json:"tags"`
	Paths      map[string]map[string]Method `json:"paths"`
	Components Components                   `json:"components"`
	Security   []map[string][]string        `json:"security"`
}

// Info is what the document is about.
type Info struct {
	Title       string  `json:"title"`
	Version     string  `json:"version"`
	Description string  `json:"description"`
	License     License `json:"license"`
}

// License is the licence of the program.
type License struct {
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
}

// Server is where the paths begin.
type Server struct {
	URL string `json:"url"`
}

// Tag groups operations.
type Tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

// Components are what operations point at.
type Components struct {
	Schemas         map[string]Schema         `json:"schemas"`
	Responses       map[string]Answer         `json:"responses"`
	SecuritySchemes map[string]map[string]any `json:"securitySchemes"`
}

// Method is one operation.
type Method struct {
	ID         string                 `json:"operationId"`
	Summary    string                 `json:"summary"`
	About      string                 `json:"description,omitempty"`
	Tags       []string               `json:"tags"`
	Parameters []Parameter            `json:"parameters,omitempty"`
	Body       *Body                  `json:"requestBody,omitempty"`
	Responses  map[string]any         `json:"responses"`
	Security   *[]map[string][]string `json:"security,omitempty"` // an empty list for one that anybody may ask
}

// Parameter is one of a path, a query or a header.
type Parameter struct {
	Name     string `json:"name"`
	In       string `json:"in"`
	Required bool   `json:"required,omitempty"`
	About    string `json:"description,omitempty"`
	Schema   Schema `json:"schema"`
	Style    string `json:"style,omitempty"`
	Explode  *bool  `json:"explode,omitempty"`
}

// Body is what a request may send.
type Body struct {
	Required bool             `json:"required"`
	Content  map[string]Media `json:"content"`
}

// Media is a form of a body or an answer.
type Media struct {
	Schema  Schema `json:"schema"`
	Example any    `json:"example,omitempty"`
}

// Answer is a response.
type Answer struct {
	About   string            `json:"description"`
	Headers map[string]Header `json:"headers,omitempty"`
	Content map[string]Media  `json:"content,omitempty"`
}

// Header is a header of a response.
type Header struct {
	About  string `json:"description,omitempty"`
	Schema Schema `json:"schema"`
}

// New returns a document without operations.
func New(info Info, server string) *Document {
	return &Document{OpenAPI: "3.1.0", Info: info, Servers: []Server{{server}}, Tags: []Tag{},
		Paths: map[string]map[string]Method{}, Components: Components{Schemas: map[string]Schema{},
			Responses: map[string]Answer{}, SecuritySchemes: map[string]map[string]any{}}}
}

// Add puts an operation at its place. An operation that stands there already is an error.
func (d *Document) Add(method, path string, m Method) error {
	if d.Paths[path] == nil {
		d.Paths[path] = map[string]Method{}
	}
	key := strings.ToLower(method)
	if _, there := d.Paths[path][key]; there {
		return fmt.Errorf("openapi: %s %s is there twice", method, path)
	}
	if m.ID == "" {
		m.ID = idOf(method, path)
	}
	m.Parameters = append(pathParameters(path), m.Parameters...)
	d.Paths[path][key] = m
	return nil
}

var word = regexp.MustCompile(`\{([^}]*)\}`)

func pathParameters(path string) []Parameter {
	var all []Parameter
	for _, found := range word.FindAllStringSubmatch(path, -1) {
		kind := "integer"
		if !strings.HasSuffix(found[1], "id") {
			kind = "string"
		}
		all = append(all, Parameter{Name: found[1], In: "path", Required: true, Schema: Schema{"type": kind}})
	}
	return all
}

// idOf makes an operation's id of its method and path: getModelsCandidateById.
func idOf(method, path string) string {
	id := strings.ToLower(method)
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '-' || r == '_' || r == '.' }) {
		if inner, isWord := strings.CutPrefix(part, "{"); isWord {
			part = "by " + strings.TrimSuffix(inner, "}")
		}
		for _, w := range strings.Fields(part) {
			id += strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return id
}

// Good is the responses of an operation that answers with a status and a schema, or nothing, and with the shared errors.
func Good(status int, schema Schema, media string, headers map[string]Header, errors ...int) map[string]any {
	answer := Answer{About: http.StatusText(status), Headers: headers}
	if schema != nil {
		answer.Content = map[string]Media{media: {Schema: schema}}
	}
	all := map[string]any{strconv.Itoa(status): answer}
	for _, code := range errors {
		all[strconv.Itoa(code)] = map[string]string{"$ref": "#/components/responses/" + strconv.Itoa(code)}
	}
	return all
}
