package catalog

import (
	"fmt"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/attendlink"
	"github.com/assay-hire/assay/internal/files"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// Parts are what some declarations need of the house.
type Parts struct {
	Files   *files.Store     // signs the addresses of files
	Links   attendlink.Links // makes the codes of candidates' links
	SiteURL string           // the absolute address of the program's pages, without a slash at the end

	// WebhookSecret opens the secret of a webhook that was just made; nil where none is shown.
	WebhookSecret func(models.WebhookEndpoint) (string, error)
}

// declared is a declaration with the actions that do its writes, where a write is more than its row.
type declared struct {
	resource.Declaration
	acts map[resource.Verb]act
}

// act makes the action of a write. Made returns the key of what it created, nil where it creates nothing.
type act func(in Written) (does actions.Action, made func() int64)

// Written is a write that was asked for, its members checked against the declaration.
type Written struct {
	Resource *resource.Resource
	Ask      resource.Ask
	Verb     resource.Verb
	ID       int64 // 0 on create
	Values   resource.Values
}

// row is the write as that of a row alone.
func (in Written) row() *actions.WriteRow {
	return &actions.WriteRow{Resource: in.Resource, Verb: in.Verb, Ask: in.Ask, ID: in.ID, Values: in.Values}
}

// Entry is one resource of the catalog, ready to be served.
type Entry struct {
	Resource *resource.Resource
	acts     map[resource.Verb]act
}

// Act returns the action that does a write.
func (e Entry) Act(in Written) (does actions.Action, made func() int64) {
	in.Resource = e.Resource
	if special, ok := e.acts[in.Verb]; ok {
		return special(in)
	}
	row := in.row()
	if in.Verb == resource.Create {
		made = func() int64 { return row.ID }
	}
	return row, made
}

// Catalog is every resource of the assessment API.
type Catalog struct {
	entries []Entry
}

// New declares the resources. An error names every declaration that does not fit its table.
func New(p Parts) (*Catalog, error) {
	all := slices.Concat(people(p), bank(p), stored(p), assessments(p), sections(p), participations(p), answers(p), evaluations(p), forms(p),
		meetings(p), calendars(p), events(p), outside(p), cards(p), organizations(p), labels(p), messages(p), settings(p), users(p), webhooks(p))
	plain := make([]resource.Declaration, len(all))
	for i, d := range all {
		plain[i] = withPeople(d.Declaration)
	}
	set, err := resource.New(plain...)
	if err != nil {
		return nil, fmt.Errorf("catalog: %w", err)
	}
	c := &Catalog{}
	for _, d := range all {
		c.entries = append(c.entries, Entry{Resource: set[d.Name], acts: d.acts})
	}
	return c, nil
}

// Entries returns the resources in the order of their families.
func (c *Catalog) Entries() []Entry { return c.entries }

// Named returns the resource of that name; it panics for a name that is not declared, which is a mistake of the program.
func (c *Catalog) Named(name string) Entry {
	for _, e := range c.entries {
		if e.Resource.Name == name {
			return e
		}
	}
	panic("catalog: there is no resource " + name)
}

// plain are resources without actions of their own.
func plain(all ...resource.Declaration) []declared {
	list := make([]declared, len(all))
	for i, d := range all {
		list[i].Declaration = d
	}
	return list
}

// by returns the grants of a resource that is read by one line of the matrix and written by another.
func by(view, write access.Grant) map[resource.Verb]access.Grant {
	return map[resource.Verb]access.Grant{resource.List: view, resource.View: view, resource.Create: write,
		resource.Update: write, resource.Delete: write}
}
