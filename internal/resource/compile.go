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

func compile(d Declaration, cache *sync.Map) (*Resource, error) {
	table, err := schema.Parse(reflect.New(reflect.TypeOf(d.Model)).Interface(), cache, schema.NamingStrategy{})
	if err != nil {
		return nil, fmt.Errorf("read the table's struct: %w", err)
	}
	r := &Resource{Declaration: d, table: table, rowType: reflect.TypeOf(d.Model), column: map[string]column{},
		filters: map[string]Filter{}, sorts: map[string]column{}, writes: map[Verb]map[string]bool{}, linked: map[string]bool{},
		key: table.Table + ".id", watched: database.IsWatched(table.Table)}
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
	r.takeLinks(check)
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

// takeLinks reads which members links need. Each must be sent: a link whose member is missing would be left out unseen.
func (r *Resource) takeLinks(check *checker) {
	for name, path := range r.Links {
		for _, rest := range strings.Split(path, "{")[1:] {
			member, _, _ := strings.Cut(rest, "}")
			_, computed := r.Fields[member]
			r.linked[member] = true
			sent := slices.ContainsFunc(r.columns, func(c column) bool { return c.name == member })
			if !sent && !computed && member != "now_epoch" {
				check.say("Links %s: a row is sent without %q", name, member)
			}
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
		to := r.set[rel.To]
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
