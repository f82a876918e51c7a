package v4

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/resource"
)

// operation is a route that is no resource: what it takes and answers, for who reads the documentation, and what does it.
type operation struct {
	method, path string       // the documented path, {word} for a variable
	about        string       // a sentence
	grant        access.Grant // "" for whoever has a token
	open         bool         // needs no token
	query        []parameter
	takes        any      // zero value of the body's struct; nil for none
	files        []string // parts of a form that are files
	gives        any      // zero value of what is answered, a like, or nil for nothing
	media        string   // of the answer, when it is not JSON
	status       int      // of a good answer
	do           echo.HandlerFunc
}

// parameter is one that an operation documents.
type parameter struct {
	name     string
	kind     resource.Kind
	required bool
}

// like says that an operation answers what a resource is, or a list of it.
type like struct {
	resource string
	list     bool
}

// either says that an operation answers in one of several forms, depending on what it is asked.
type either []any

// rowBody says that an operation takes what a write of a resource takes.
type rowBody struct {
	of   *resource.Resource
	verb resource.Verb
}

// operations are all of them, in the order of their families.
func (a API) operations() []operation {
	return slices.Concat(a.tokenOperations(), a.actionOperations(), a.accountOperations(), a.resetOperations(), a.pictureOperations(),
		a.settingsInForceOperations(), a.grantOperations(), a.outboxOperations(), a.processingOperations(), a.catalogueOperations(),
		a.metricsOperations(), a.attendOperations(), a.mobileOperations(), a.uploadOperations(), a.spreadsheetOperations(), a.webhookOperations())
}

// mountOperations gives every operation its route.
func (a API) mountOperations(on routes) {
	for _, o := range a.operations() {
		switch {
		case o.open:
			on.open(o.method, echoPath(o.path), o.do)
		case o.grant == "":
			on.add(o.method, echoPath(o.path), o.do)
		case o.grant == attends && !strings.HasSuffix(o.path, "/heartbeat"):
			on.add(o.method, echoPath(o.path), a.alive(o.do), o.grant)
		default:
			on.add(o.method, echoPath(o.path), o.do, o.grant)
		}
	}
}
