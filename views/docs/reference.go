package docs

import (
	"strings"

	"github.com/assay-hire/assay/views/layout"
)

// Guide is the first page: how the API is used.
type Guide struct {
	layout.Page
	Groups []Group
	Base   string // absolute address of the program
}

// Reference is the operations of one group.
type Reference struct {
	layout.Page
	Groups     []Group
	Name       string
	Operations []Operation
}

// Group is an entry of the navigation.
type Group struct {
	Family, Name, Href string // Family is "" for what stands first
	Current            bool
}

// family is the groups of one heading.
type family struct {
	name   string
	groups []Group
}

// families gathers groups, which come sorted, under their headings.
func families(groups []Group) []family {
	var all []family
	for _, g := range groups {
		if len(all) == 0 || all[len(all)-1].name != g.Family {
			all = append(all, family{name: g.Family})
		}
		last := &all[len(all)-1]
		last.groups = append(last.groups, g)
	}
	return all
}

// Operation is one method of one path.
type Operation struct {
	ID, Method, Path, Summary, About string
	IsOpen                           bool // needs no token
	Parameters, Body, Answer         []Member
	BodyForm                         string // media type
	Status                           string
	Statuses                         []string // of errors
	Example                          string   // JSON of the answer
}

// Member is a parameter or a member of an object.
type Member struct {
	Name, Type, About string
	Needed            bool
}

func (o Operation) anchor() string { return "#" + o.ID }

// tone is how a method is coloured, beside its word.
func (o Operation) tone() string { return "docs-method docs-" + strings.ToLower(o.Method) }

func (g Guide) curl(path string) string {
	return "curl " + g.Base + "/api/v4" + path + " \\\n  -H 'Authorization: Bearer TOKEN'"
}
