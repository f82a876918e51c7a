package resource

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/assay-hire/assay/internal/access"
	"gorm.io/gorm/schema"
)

// Set is declarations by their names, checked against their tables.
type Set map[string]*Resource

// Resource is a declaration that was checked.
type Resource struct {
	Declaration
	set     Set
	table   *schema.Schema
	rowType reflect.Type
	columns []column          // those sent, in the order of the struct
	column  map[string]column // every column with a wire name
	filters map[string]Filter
	sorts   map[string]column
	search  []string
	writes  map[Verb]map[string]bool // member: must be there
	linked  map[string]bool          // members that stand in the paths of links
	key     string                   // the table's key, as a condition names it
	watched bool                     // changes of the table's rows are written down
}

type column struct {
	name    string // on the wire
	kind    Kind
	field   *schema.Field
	decimal bool
}

func (c column) nullable() bool {
	return c.field.FieldType.Kind() == reflect.Pointer || c.kind == JSON || c.kind == Map
}

// sql is the column as a condition names it. "from" and its like are quoted by their table's name before them.
func (r *Resource) sql(c column) string { return r.table.Table + "." + quoted(c.field.DBName) }

func quoted(name string) string { return `"` + name + `"` }

// New checks declarations and joins them. It returns every mistake found, so that a misspelt name stops the program.
func New(declarations ...Declaration) (Set, error) {
	set, cache := Set{}, &sync.Map{}
	var mistakes []error
	for _, d := range declarations {
		r, err := compile(d, cache)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", d.Name, err))
			continue
		}
		if set[d.Name] != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: declared twice", d.Name))
		}
		r.set, set[d.Name] = set, r
	}
	for _, r := range set {
		if err := r.checkRelations(); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", r.Name, err))
		}
	}
	return set, errors.Join(mistakes...)
}

// Table returns the name of the table behind the resource.
func (r *Resource) Table() string { return r.table.Table }

// Words returns the words of the path that stand for keys of what the resource is below.
func (r *Resource) Words() []string {
	var words []string
	for _, part := range strings.Split(r.Path, "/") {
		if strings.HasPrefix(part, "{") {
			words = append(words, strings.Trim(part, "{}"))
		}
	}
	return words
}

// Can tells whether the resource has the verb.
func (r *Resource) Can(v Verb) bool { return slices.Contains(strings.Fields(r.Verbs), string(v)) }

// GrantFor returns the line of the matrix that a verb asks for.
func (r *Resource) GrantFor(v Verb) access.Grant {
	if g, ok := r.Grants[v]; ok {
		return g
	}
	if v == List {
		v = View
	}
	return access.Grant(r.Grant + "." + string(v))
}

func (r *Resource) scope(a access.Actor) access.Scope {
	if r.Rows != nil {
		return r.Rows(a)
	}
	return access.Own(a, r.table.Table)
}
