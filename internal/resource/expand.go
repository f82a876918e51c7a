package resource

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Expansion is bounded, so that no request grows without end.
const (
	deepest      = 4
	mostExpanded = 100 // rows of one list under one row
)

// tree is what expand asks for: names, and below each what is asked of it.
type tree map[string]tree

// grow adds a dotted name to the tree.
func (t tree) grow(path string, depth int) {
	name, rest, nested := strings.Cut(path, ".")
	if name == "" || depth >= deepest {
		return
	}
	if t[name] == nil {
		t[name] = tree{}
	}
	if nested {
		t[name].grow(rest, depth+1)
	}
}

// want is what of each row is to be sent.
type want struct {
	expand tree
	fields tree // nil for all
}

func wanted(params Params) want {
	w := want{expand: tree{}}
	for _, name := range params.Names("expand") {
		w.expand.grow(name, 0)
	}
	if names := params.Names("fields"); len(names) > 0 {
		w.fields = tree{}
		for _, name := range names {
			w.fields.grow(name, 0)
		}
	}
	return w
}

// below is what is wanted of an expanded row.
func (w want) below(name string) want {
	next := want{expand: w.expand[name]}
	if len(w.fields[name]) > 0 {
		next.fields = w.fields[name]
	}
	return next
}

// has tells whether a member is to be sent.
func (w want) has(name string) bool { return w.fields == nil || w.fields[name] != nil }

// expand adds the relations that were asked for, in the order of their names: a query each for all rows, under the other
// resource's own grant and scope. Names that are no relation, and those the actor may not see, are passed over.
func (r *Resource) expand(ctx context.Context, l Load, rows reflect.Value, objects []Object, w want) error {
	for _, name := range slices.Sorted(maps.Keys(w.expand)) {
		rel, known := r.Expands[name]
		to := r.set[rel.To]
		if !known || !access.Can(l.Ask.Actor, to.GrantFor(View)) {
			continue
		}
		related := to.relatedMany
		keyOf := func(i int) int64 { return keyAt(rows, i) }
		if rel.By != "" {
			related, keyOf = to.relatedOne, func(i int) int64 { return keyIn(ctx, r.column[rel.By].field, rows.Index(i)) }
		}
		keys := make([]int64, len(objects))
		for i := range keys {
			keys[i] = keyOf(i)
		}
		found, err := related(ctx, l, rel, keys, w.below(name))
		if err != nil {
			return fmt.Errorf("expand %s of %s: %w", name, r.Name, err)
		}
		for i := range objects {
			objects[i].Set(name, found(keys[i]))
		}
	}
	return nil
}

// relatedOne loads the rows of the resource that have the keys, deleted ones too: what refers to them still does.
func (r *Resource) relatedOne(ctx context.Context, l Load, _ Relation, keys []int64, w want) (func(int64) any, error) {
	q := r.scope(l.Ask.Actor)(l.DB.Table(r.table.Table)).Where(r.key+" IN ?", distinct(keys))
	rows, objects, err := r.read(ctx, l, q, w)
	found := make(map[int64]any, len(objects))
	for i, o := range objects {
		found[keyAt(rows, i)] = o
	}
	return func(key int64) any { return found[key] }, err
}

// relatedMany loads the first rows of the resource under each of the keys.
func (r *Resource) relatedMany(ctx context.Context, l Load, rel Relation, keys []int64, w want) (func(int64) any, error) {
	back := r.table.FieldsByDBName[rel.Back]
	ranked := r.among(l.Ask.plain(), l.DB, HideDeleted).
		Select(fmt.Sprintf("%s.*, row_number() OVER (PARTITION BY %s ORDER BY id) AS place", r.table.Table, quoted(rel.Back))).
		Where(r.table.Table+"."+quoted(rel.Back)+" IN ?", distinct(keys))
	if rel.Only != "" {
		ranked = ranked.Where(rel.Only)
	}
	q := l.DB.Session(&gorm.Session{NewDB: true}).WithContext(ctx).Table("(?) AS ranked", ranked).Where("place <= ?", mostExpanded).Order("id")
	rows, objects, err := r.read(ctx, l, q, w)
	under := map[int64][]Object{}
	for i, o := range objects {
		key := keyIn(ctx, back, rows.Index(i))
		under[key] = append(under[key], o)
	}
	return func(key int64) any { return append([]Object{}, under[key]...) }, err
}

// keyIn returns the key that a column holds, 0 for none.
func keyIn(ctx context.Context, f *schema.Field, row reflect.Value) int64 {
	v, zero := f.ValueOf(ctx, row)
	if zero {
		return 0
	}
	held := reflect.Indirect(reflect.ValueOf(v))
	if !held.IsValid() || !held.CanInt() {
		return 0
	}
	return held.Int()
}

func distinct(keys []int64) []int64 {
	seen, list := map[int64]bool{0: true}, []int64{}
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	return list
}
