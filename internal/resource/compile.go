package resource

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Set is declarations, checked against their tables.
type Set struct {
	all    []*Resource
	byName map[string]*Resource
}

// Resource is a declaration that was checked.
type Resource struct {
	Declaration
	set     *Set
	table   *schema.Schema
	rowType reflect.Type
	columns []column          // those sent, in the order of the struct
	column  map[string]column // every column with a wire name
	filters map[string]Filter
	sorts   map[string]column
	search  []string
	writes  map[Verb]map[string]bool // member: must be there
	verbs   []Verb
	watched bool // changes of the table's rows are written down
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
func New(declarations ...Declaration) (*Set, error) {
	set := &Set{byName: map[string]*Resource{}}
	cache := &sync.Map{}
	var mistakes []error
	for _, d := range declarations {
		r, err := compile(d, cache)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", d.Name, err))
			continue
		}
		if set.byName[d.Name] != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: declared twice", d.Name))
		}
		r.set = set
		set.all, set.byName[d.Name] = append(set.all, r), r
	}
	for _, r := range set.all {
		if err := r.checkRelations(); err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", r.Name, err))
		}
	}
	return set, errors.Join(mistakes...)
}

// All returns the resources in their order.
func (s *Set) All() []*Resource { return s.all }

// Named returns the resource of that name, nil when there is none.
func (s *Set) Named(name string) *Resource { return s.byName[name] }

func compile(d Declaration, cache *sync.Map) (*Resource, error) {
	table, err := schema.Parse(reflect.New(reflect.TypeOf(d.Model)).Interface(), cache, schema.NamingStrategy{})
	if err != nil {
		return nil, fmt.Errorf("read the table's struct: %w", err)
	}
	r := &Resource{Declaration: d, table: table, rowType: reflect.TypeOf(d.Model), column: map[string]column{},
		filters: map[string]Filter{}, sorts: map[string]column{}, writes: map[Verb]map[string]bool{}, watched: database.IsWatched(table.Table)}
	check := &checker{r: r}
	r.takeColumns(check)
	r.takeVerbs(check)
	r.takeFilters(check)
	r.takeWrites(check)
	check.names("Sorts", d.Sorts, func(c column) { r.sorts[c.name] = c })
	check.names("Order", strings.ReplaceAll(r.Order, "-", ""), func(c column) { r.sorts[c.name] = c })
	r.takeSearch(check)
	for word, name := range d.Above {
		check.column("Above", name)
		if !strings.Contains(d.Path, "{"+word+"}") {
			check.say("Above: the path has no {%s}", word)
		}
	}
	check.names("Passes", d.Passes, func(column) {})
	for _, name := range strings.Fields(d.Narrows) {
		if _, known := r.filters[name]; !known {
			check.say("Narrows: there is no parameter %q", name)
		}
	}
	for _, first := range d.Also {
		check.column("Also", first)
	}
	if r.Rows == nil {
		check.column("Rows left out, yet", "organization_id")
	}
	return r, errors.Join(check.mistakes...)
}

// checker gathers what is wrong with a declaration.
type checker struct {
	r        *Resource
	mistakes []error
}

func (k *checker) say(format string, args ...any) {
	k.mistakes = append(k.mistakes, fmt.Errorf(format, args...))
}

func (k *checker) column(where, name string) column {
	c, ok := k.r.column[name]
	if !ok {
		k.say("%s: the table has no %q", where, name)
	}
	return c
}

func (k *checker) names(where, list string, take func(column)) {
	for _, name := range strings.Fields(list) {
		if c := k.column(where, name); c.field != nil {
			take(c)
		}
	}
}

func (r *Resource) takeColumns(check *checker) {
	hidden, decimals := strings.Fields(r.Hide), strings.Fields(r.Decimals)
	for _, f := range r.table.Fields {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" || f.DBName == "" {
			continue
		}
		c := column{name: name, kind: kindOf(f.FieldType), field: f, decimal: slices.Contains(decimals, name)}
		r.column[name] = c
		if !slices.Contains(hidden, name) {
			r.columns = append(r.columns, c)
		}
		if slices.Contains([]string{"id", "created_at", "updated_at"}, name) {
			r.sorts[name] = c
		}
	}
	for _, name := range append(hidden, decimals...) {
		check.column("Hide or Decimals", name)
	}
}

func (r *Resource) takeVerbs(check *checker) {
	for _, name := range strings.Fields(r.Verbs) {
		v := Verb(name)
		if !slices.Contains([]Verb{List, View, Create, Update, Delete}, v) {
			check.say("Verbs: there is no verb %q", name)
		}
		if g := r.GrantFor(v); !access.Known(g) {
			check.say("Grant: the matrix has no line %q", g)
		}
		r.verbs = append(r.verbs, v)
	}
}

func (r *Resource) takeFilters(check *checker) {
	if c, ok := r.column["id"]; ok {
		r.filters["id"], r.filters["ids"] = r.equal(c), r.equal(c)
	}
	check.names("Filters", r.Declaration.Filters, func(c column) { r.filters[c.name] = r.equal(c) })
	check.names("Part", r.Part, func(c column) { r.filters[c.name] = r.part(c) })
	if c, ok := r.column["updated_at"]; ok {
		r.filters[SinceParam] = Filter{Kind: Moment, By: func(_ Ask, db *gorm.DB, values []any) *gorm.DB {
			return db.Where(r.sql(c)+" >= ?", values[0])
		}}
	}
	maps.Copy(r.filters, r.Where)
}

// takeSearch reads the columns that s looks through: by their name in the table, for a folded copy has none on the wire.
func (r *Resource) takeSearch(check *checker) {
	for _, name := range strings.Fields(r.Search) {
		f := r.table.FieldsByDBName[name]
		if f == nil {
			check.say("Search: the table has no column %q", name)
			continue
		}
		r.search = append(r.search, r.sql(column{field: f}))
	}
}

// takeWrites reads the members of bodies. A member must be a column, another name of one, or an input.
func (r *Resource) takeWrites(check *checker) {
	for verb, list := range map[Verb]string{Create: r.Create, Update: r.Update} {
		r.writes[verb] = map[string]bool{}
		for _, name := range strings.Fields(list) {
			name, required := strings.CutSuffix(name, "!")
			if _, ok := r.kindOfInput(name); !ok {
				check.say("%s: %q is neither a column nor an input", verb, name)
			}
			r.writes[verb][name] = required
		}
	}
}

func (r *Resource) kindOfInput(name string) (Kind, bool) {
	if k, ok := r.Inputs[name]; ok {
		return k, true
	}
	if first, ok := r.Also[name]; ok {
		name = first
	}
	c, ok := r.column[name]
	return c.kind, ok
}

func (r *Resource) checkRelations() error {
	check := &checker{r: r}
	for name, rel := range r.Expands {
		to := r.set.byName[rel.To]
		switch {
		case to == nil:
			check.say("Expands %s: there is no resource %q", name, rel.To)
		case rel.By != "":
			check.column("Expands "+name, rel.By)
		case to.table.FieldsByDBName[rel.Back] == nil:
			check.say("Expands %s: %s has no column %q", name, rel.To, rel.Back)
		}
	}
	return errors.Join(check.mistakes...)
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
func (r *Resource) Can(v Verb) bool { return slices.Contains(r.verbs, v) }

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
