package resource

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gorm.io/datatypes"
	"gorm.io/gorm/schema"
)

// Object is one row as it is sent: members in a fixed order.
type Object struct {
	names  []string
	values map[string]any
}

// Set adds a member, or changes one that is there.
func (o *Object) Set(name string, value any) {
	if o.values == nil {
		o.values = map[string]any{}
	}
	if _, there := o.values[name]; !there {
		o.names = append(o.names, name)
	}
	o.values[name] = value
}

// Get returns a member's value, nil when it has none.
func (o Object) Get(name string) any { return o.values[name] }

// MarshalJSON writes the members in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, name := range o.names {
		if i > 0 {
			out.WriteByte(',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(o.values[name])
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		out.Write(key)
		out.WriteByte(':')
		out.Write(value)
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// encode turns rows into what is sent of them.
func (r *Resource) encode(ctx context.Context, l Load, rows reflect.Value, w want) ([]Object, error) {
	objects := make([]Object, rows.Len())
	for i := range objects {
		for _, c := range r.columns {
			v, _ := c.field.ValueOf(ctx, rows.Index(i))
			objects[i].Set(c.name, c.encode(v))
		}
		for _, second := range slices.Sorted(maps.Keys(r.Also)) {
			objects[i].Set(second, objects[i].Get(r.Also[second]))
		}
	}
	if err := r.compute(ctx, l, rows, objects, w); err != nil {
		return nil, err
	}
	if len(objects) > 0 && len(w.expand) > 0 {
		if err := r.expand(ctx, l, rows, objects, w); err != nil {
			return nil, err
		}
	}
	for i := range objects {
		r.finish(&objects[i], l.Ask, w)
	}
	return objects, nil
}

// compute adds the members that are no column, in the order of their names.
func (r *Resource) compute(ctx context.Context, l Load, rows reflect.Value, objects []Object, w want) error {
	if len(objects) == 0 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.Fields)) {
		f := r.Fields[name]
		linked := r.linked[name] && w.has("_links")
		if (f.Asked && w.expand[name] == nil && !l.Ask.Written) || !w.has(name) && !linked {
			continue
		}
		values, err := f.of(ctx, l, rows.Interface())
		if err != nil {
			return fmt.Errorf("compute %s of %s: %w", name, r.Name, err)
		}
		for i := range objects {
			objects[i].Set(name, encodeKind(f.Kind, values[i]))
		}
	}
	return nil
}

// finish adds the links and leaves out what was not asked for.
func (r *Resource) finish(o *Object, ask Ask, w want) {
	if len(r.Links) > 0 && w.has("_links") {
		o.Set("_links", r.links(*o, ask))
	}
	if w.fields == nil {
		return
	}
	for _, name := range slices.Clone(o.names) {
		if w.fields[name] == nil && w.expand[name] == nil {
			delete(o.values, name)
		}
	}
	o.names = slices.DeleteFunc(o.names, func(name string) bool { _, there := o.values[name]; return !there })
}

func (r *Resource) links(o Object, ask Ask) Object {
	links := Object{values: map[string]any{}}
	hour := strconv.FormatInt(ask.Now.Truncate(time.Hour).Unix(), 10) // to the second, every answer would be another
	for _, name := range slices.Sorted(maps.Keys(r.Links)) {
		path := strings.ReplaceAll(r.Links[name], "{now_epoch}", hour)
		if path, complete := fill(path, o); complete {
			links.Set(name, map[string]string{"href": ask.Base + path})
		}
	}
	return links
}

// fill puts members into a link's path. It is not complete when one of them is null.
func fill(path string, o Object) (string, bool) {
	for {
		from := strings.IndexByte(path, '{')
		if from < 0 {
			return path, true
		}
		to := from + strings.IndexByte(path[from:], '}')
		value := o.Get(path[from+1 : to])
		if value == nil {
			return "", false
		}
		path = path[:from] + url.QueryEscape(fmt.Sprint(value)) + path[to+1:]
	}
}

func (c column) encode(v any) any {
	if c.decimal {
		return encodeKind(Decimal, v)
	}
	return encodeKind(c.kind, v)
}

// encodeKind writes a value in its kind's form on the wire.
func encodeKind(k Kind, v any) any {
	held := reflect.ValueOf(v)
	if !held.IsValid() || (held.Kind() == reflect.Pointer && held.IsNil()) {
		return nil
	}
	held = reflect.Indirect(held)
	switch plain := held.Interface().(type) {
	case time.Time:
		return FormatMoment(plain)
	case datatypes.Date:
		return time.Time(plain).Format(time.DateOnly)
	case datatypes.JSONMap:
		if len(plain) == 0 {
			return []any{} // how the document writes an empty object
		}
		return map[string]any(plain)
	case datatypes.JSON:
		if len(plain) == 0 {
			return nil
		}
		return json.RawMessage(plain)
	}
	if k == Decimal && held.CanFloat() {
		return strconv.FormatFloat(held.Float(), 'f', 2, 64)
	}
	if held.Kind() == reflect.Slice && held.IsNil() {
		return []any{}
	}
	return held.Interface()
}

// Wire returns a table's row as the API sends its columns, without what is computed or linked.
func Wire(ctx context.Context, row any) (Object, error) {
	held := reflect.ValueOf(row)
	table, err := schema.Parse(reflect.New(held.Type()).Interface(), &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		return Object{}, fmt.Errorf("read the table's struct: %w", err)
	}
	var o Object
	for _, f := range table.Fields {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" && f.DBName != "" {
			v, _ := f.ValueOf(ctx, held)
			o.Set(name, encodeKind(kindOf(f.FieldType), v))
		}
	}
	return o, nil
}
