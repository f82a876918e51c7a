package resource

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"gorm.io/gorm"
)

// Values are the members that a body sets, in their kinds' Go types; nil for null.
type Values map[string]any

// Read checks a body against what the declaration lets the verb set. Members that the row has but a body cannot set are
// passed over: a caller may send back what it got. Anything else unknown is refused with its name.
func (r *Resource) Read(v Verb, body map[string]json.RawMessage) (Values, error) {
	values, bad := Values{}, fault.Fields{}
	for sent, raw := range body {
		name := sent
		if member, ok := r.Accepts[sent]; ok {
			name = member
		}
		if _, settable := r.writes[v][name]; !settable {
			if !r.knows(name) {
				bad[sent] = "There is no such member."
			}
			continue
		}
		kind, _ := r.kindOfInput(name)
		value, err := parseJSON(kind, raw)
		if err != nil {
			bad[sent] = err.Error()
			continue
		}
		values[name] = value
	}
	for name, required := range r.writes[v] {
		if required && values[name] == nil && bad[name] == "" {
			bad[name] = "This is needed."
		}
	}
	return values, fault.Refuse(bad)
}

// knows tells whether a row has the member.
func (r *Resource) knows(name string) bool {
	_, column := r.column[name]
	_, field := r.Fields[name]
	_, second := r.Also[name]
	_, relation := r.Expands[name]
	return column || field || second || relation || name == "_links" || slices.Contains([]string{
		"organization_id", "created_by", "updated_by", "created_at", "updated_at", "is_deleted"}, name)
}

// Created writes a new row and returns its key. Faults: Invalid, Conflict.
func (r *Resource) Created(ctx context.Context, tx *gorm.DB, ask Ask, values Values) (row any, id int64, err error) {
	made := reflect.New(r.rowType)
	stamps := map[string]any{"organization_id": ask.Actor.OrganizationID, "created_by": ask.Actor.UserID(), "updated_by": ask.Actor.UserID()}
	for word, name := range r.Above {
		stamps[r.column[name].field.DBName] = ask.Above[word]
	}
	if err := r.stamp(ctx, made, stamps); err != nil {
		return nil, 0, err
	}
	change := &Change{Tx: tx, Ask: ask, Verb: Create, Values: values, Row: made.Interface()}
	if err := r.settle(ctx, change); err != nil {
		return nil, 0, err
	}
	if err := tx.Create(made.Interface()).Error; err != nil {
		return nil, 0, database.Fault(fmt.Errorf("create %s: %w", r.Name, err), r.noun())
	}
	return made.Interface(), made.Elem().FieldByName("ID").Int(), nil
}

// stamp sets those of the columns, by their name in the table, that there are.
func (r *Resource) stamp(ctx context.Context, row reflect.Value, values map[string]any) error {
	for name, value := range values {
		if f := r.table.FieldsByDBName[name]; f != nil {
			if err := f.Set(ctx, row.Elem(), value); err != nil {
				return fmt.Errorf("stamp %s: %w", r.Name, err)
			}
		}
	}
	return nil
}

// Updated changes the members of a row that the body set. Faults: NotFound, Invalid, Conflict.
func (r *Resource) Updated(ctx context.Context, tx *gorm.DB, ask Ask, id int64, values Values) (was, row any, err error) {
	before, err := r.hold(tx, ask, id)
	if err != nil {
		return nil, nil, err
	}
	after := reflect.New(r.rowType)
	after.Elem().Set(before.Elem())
	if err := r.stamp(ctx, after, map[string]any{"updated_by": ask.Actor.UserID()}); err != nil {
		return nil, nil, err
	}
	change := &Change{Tx: tx, Ask: ask, Verb: Update, Values: values, Row: after.Interface(), Was: before.Interface()}
	if err := r.settle(ctx, change); err != nil {
		return nil, nil, err
	}
	if err := tx.Save(after.Interface()).Error; err != nil { // read under a lock in this transaction
		return nil, nil, database.Fault(fmt.Errorf("update %s %d: %w", r.Name, id, err), r.noun())
	}
	return before.Interface(), after.Interface(), nil
}

// Removed hides a row that can be hidden, and removes any other. Faults: NotFound, Conflict while something refers to it.
func (r *Resource) Removed(ctx context.Context, tx *gorm.DB, ask Ask, id int64) (was any, err error) {
	before, err := r.hold(tx, ask, id)
	if err != nil {
		return nil, err
	}
	row := before.Interface()
	if r.Before != nil {
		if err := r.Before(ctx, &Change{Tx: tx, Ask: ask, Verb: Delete, Row: row, Was: row}); err != nil {
			return nil, err
		}
	}
	remove := tx.Delete
	if r.table.FieldsByDBName["is_deleted"] != nil {
		if err := r.stamp(ctx, before, map[string]any{"is_deleted": true, "updated_by": ask.Actor.UserID()}); err != nil {
			return nil, err
		}
		remove = func(row any, _ ...any) *gorm.DB { return tx.Save(row) }
	}
	return row, database.Fault(wrap(remove(row).Error, "delete "+r.Name), r.noun())
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// hold reads a row that is about to change and keeps others from changing it meanwhile.
func (r *Resource) hold(tx *gorm.DB, ask Ask, id int64) (reflect.Value, error) {
	row := reflect.New(r.rowType)
	deleted := HideDeleted
	if r.Declaration.Deleted != HideDeleted {
		deleted = RestoreDeleted
	}
	err := r.among(ask.plain(), database.Locked(tx), deleted).Where(r.key+" = ?", id).First(row.Interface()).Error
	return row, database.Fault(wrap(err, "hold "+r.Name), r.noun())
}

// settle puts values into the row, has the declaration's hook look at it, and checks what it refers to.
func (r *Resource) settle(ctx context.Context, c *Change) error {
	row, bad := reflect.ValueOf(c.Row).Elem(), fault.Fields{}
	for name, value := range c.Values {
		if _, input := r.Inputs[name]; input {
			continue
		}
		first, second := r.Also[name]
		if !second {
			first = name
		}
		if err := r.column[first].put(ctx, row, value); err != nil {
			bad[name] = err.Error()
		}
	}
	if err := fault.Refuse(bad); err != nil {
		return err
	}
	if r.Before != nil {
		if err := r.Before(ctx, c); err != nil {
			return err
		}
	}
	return r.checkReferences(ctx, c)
}

const errNull = refusal("This cannot be null.")

// put sets a column. A null where the column has none leaves it as it is on create, where it has a default.
func (c column) put(ctx context.Context, row reflect.Value, value any) error {
	if value == nil && !c.nullable() {
		if c.field.HasDefaultValue {
			return nil
		}
		return errNull
	}
	if raw, ok := value.(json.RawMessage); ok {
		value = []byte(raw)
	}
	if err := c.field.Set(ctx, row, value); err != nil {
		return wrong(c.kind)
	}
	if value == nil {
		return nil
	}
	held, _ := c.field.ValueOf(ctx, row)
	if v, ok := reflect.Indirect(reflect.ValueOf(held)).Interface().(interface{ Valid() bool }); ok && !v.Valid() {
		return refusal("This is none of the values that the document lists.")
	}
	return nil
}

// checkReferences refuses keys of rows that do not exist for the actor, whatever the database would say of them.
func (r *Resource) checkReferences(ctx context.Context, c *Change) error {
	bad := fault.Fields{}
	row := reflect.ValueOf(c.Row).Elem()
	for _, rel := range r.Expands {
		if _, set := c.Values[rel.By]; rel.By == "" || !set {
			continue
		}
		key := keyIn(ctx, r.column[rel.By].field, row)
		if key == 0 && c.Values[rel.By] == nil {
			continue
		}
		to := r.set[rel.To]
		var found int64
		if err := to.among(c.Ask.plain(), c.Tx, HideDeleted).Where(to.key+" = ?", key).Count(&found).Error; err != nil {
			return fmt.Errorf("look for the %s: %w", to.noun(), err)
		}
		if found == 0 {
			bad[rel.By] = "There is no such " + to.noun() + "."
		}
	}
	return fault.Refuse(bad)
}

// Shown returns a row that was just written as the actor is answered, read by the transaction that wrote it.
func (r *Resource) Shown(ctx context.Context, tx *gorm.DB, ask Ask, id int64) (Object, error) {
	ask.Written = true
	return r.show(ctx, tx, ask, id)
}

// Allowed is access.Check for a verb.
func (r *Resource) Allowed(a access.Actor, v Verb) error { return access.Check(a, r.GrantFor(v)) }
