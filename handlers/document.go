package handlers

import (
	"strings"

	v4 "github.com/assay-hire/assay/handlers/api/v4"
	"github.com/assay-hire/assay/handlers/docs"
	"github.com/assay-hire/assay/internal/openapi"
)

// Document describes every JSON API of the product, from the declarations that serve it.
func Document(p Parts) (*openapi.Document, error) {
	d := openapi.New(openapi.Info{Title: "Assay", Version: "4",
		Description: "What the program's screens do, for other programs. Every list is paged, every write leaves an entry in the organization's ledger.",
		License:     openapi.License{Name: "Apache 2.0", Identifier: "Apache-2.0"}}, "/")
	if err := v4.New(p.DB, p.Actions, p.API).Describe(d); err != nil {
		return nil, err
	}
	return d, nil
}

// documentation is for those who write programs against the APIs.
func documentation(on sitemap, p Parts) {
	document, err := Document(p)
	if err != nil {
		panic(err) // two operations at one place: a mistake of the program
	}
	s := docs.Screens{Document: document, BaseURL: strings.TrimRight(p.Actions.BaseURL, "/")}
	on.get("/docs/api", anyone, s.Guide)
	on.get("/docs/api/openapi.json", anyone, s.OpenAPI)
	on.get("/docs/api/:group", anyone, s.Reference)
}
