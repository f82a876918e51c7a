package resource

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"gorm.io/gorm"
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

// expand adds the relations that were asked for: a query each for all rows, under the other resource's own grant and
// scope. Names that are no relation, and those the actor may not see, are passed over.
func (r *Resource) expand(ctx context.Context, l Load, rows reflect.Value, objects []Object, w want) error {
	for name := range w.expand {
		rel, known := r.Expands[name]
		if !known {
			continue
		}
		to := r.set.byName[rel.To]
		if !access.Can(l.Ask.Actor, to.GrantFor(View)) {
			continue
		}
		var err error
		if rel.By != "" {
			err = r.expandOne(ctx, l, rows, objects, name, rel, w.below(name))
		} else {
			err = to.expandMany(ctx, l, rows, objects, name, rel, w.below(name))
		}
		if err != nil {
			return fmt.Errorf("expand %s of %s: %w", name, r.Name, err)
		}
	}
	return nil
}

func (r *Resource) expandOne(ctx context.Context, l Load, rows reflect.Value, objects []Object, name string, rel Relation, w want) error {
	to, by := r.set.byName[rel.To], r.column[rel.By]
	keys := make([]int64, rows.Len())
	for i := range keys {
		keys[i] = keyIn(ctx, by, rows.Index(i))
	}
	found, err := to.byKey(ctx, l, keys, w)
	if err != nil {
		return err
	}
	for i := range objects {
		if o, ok := found[keys[i]]; ok {
			objects[i].Set(name, o)
		} else {
			objects[i].Set(name, nil)
		}
	}
	return nil
}

// byKey loads rows of the resource by their keys, as the actor may see them.
func (to *Resource) byKey(ctx context.Context, l Load, keys []int64, w want) (map[int64]Object, error) {
	q := l.DB.Table(to.table.Table).Scopes(to.scope(l.Ask.Actor)).Where(to.table.Table+".id IN ?", distinct(keys))
	rows := reflect.New(reflect.SliceOf(to.rowType))
	if err := q.Find(rows.Interface()).Error; err != nil {
		return nil, err
	}
	objects, err := to.encode(ctx, l, rows.Elem(), w)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]Object, len(objects))
	for i, o := range objects {
		found[rows.Elem().Index(i).FieldByName("ID").Int()] = o
	}
	return found, nil
}

// expandMany loads the first rows of the resource under each of the rows.
func (to *Resource) expandMany(ctx context.Context, l Load, rows reflect.Value, objects []Object, name string, rel Relation, w want) error {
	keys := make([]int64, rows.Len())
	for i := range keys {
		keys[i] = rows.Index(i).FieldByName("ID").Int()
	}
	ranked := to.among(Ask{Actor: l.Ask.Actor, Above: l.Ask.Above}, l.DB.Table(to.table.Table), HideDeleted).
		Select(fmt.Sprintf("%s.*, row_number() OVER (PARTITION BY %s ORDER BY id) AS place", to.table.Table, quoted(rel.Back))).
		Where(quoted(rel.Back)+" IN ?", distinct(keys))
	if rel.Only != "" {
		ranked = ranked.Where(rel.Only)
	}
	found := reflect.New(reflect.SliceOf(to.rowType))
	q := l.DB.Session(&gorm.Session{NewDB: true, Context: ctx}).Table("(?) AS "+to.table.Table, ranked).Where("place <= ?", mostExpanded)
	if err := q.Order("id").Find(found.Interface()).Error; err != nil {
		return err
	}
	inner, err := to.encode(ctx, l, found.Elem(), w)
	if err != nil {
		return err
	}
	back := column{field: to.table.FieldsByDBName[rel.Back]}
	under := map[int64][]Object{}
	for i, o := range inner {
		key := keyIn(ctx, back, found.Elem().Index(i))
		under[key] = append(under[key], o)
	}
	for i := range objects {
		list := under[keys[i]]
		if list == nil {
			list = []Object{}
		}
		objects[i].Set(name, list)
	}
	return nil
}

// keyIn returns the key that a column holds, 0 for none.
func keyIn(ctx context.Context, c column, row reflect.Value) int64 {
	v, zero := c.field.ValueOf(ctx, row)
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
