package resource

import (
	"maps"
	"slices"
	"strings"
)

// Member is one member of a resource's object, or of a body, for who describes the resource.
type Member struct {
	Name     string
	Kind     Kind
	Null     bool   // may be null
	Asked    bool   // sent only when expand names it
	Required bool   // must be in a body
	Passed   bool   // is taken in a body and passed over
	To       string // the resource of an expanded relation
	Many     bool   // the relation is a list
}

// Members returns what a row of the resource is sent as.
func (r *Resource) Members() []Member {
	var all []Member
	for _, c := range r.columns {
		kind := c.kind
		if c.decimal {
			kind = Decimal
		}
		if f, computed := r.Fields[c.name]; computed {
			kind = f.Kind
		}
		all = append(all, Member{Name: c.name, Kind: kind, Null: c.nullable()})
	}
	for _, name := range slices.Sorted(maps.Keys(r.Fields)) {
		if !slices.ContainsFunc(all, func(m Member) bool { return m.Name == name }) {
			all = append(all, Member{Name: name, Kind: r.Fields[name].Kind, Null: true, Asked: r.Fields[name].Asked})
		}
	}
	for _, second := range slices.Sorted(maps.Keys(r.Also)) {
		c := r.column[r.Also[second]]
		all = append(all, Member{Name: second, Kind: c.kind, Null: c.nullable()})
	}
	for _, name := range slices.Sorted(maps.Keys(r.Expands)) {
		rel := r.Expands[name]
		if !slices.ContainsFunc(all, func(m Member) bool { return m.Name == name }) {
			all = append(all, Member{Name: name, Kind: JSON, Asked: true, To: rel.To, Many: rel.By == "", Null: true})
		}
	}
	return all
}

// Body returns the members that a body of the verb may set, in the declaration's order.
func (r *Resource) Body(v Verb) []Member {
	var all []Member
	for _, name := range strings.Fields(map[Verb]string{Create: r.Create, Update: r.Update}[v]) {
		name, required := strings.CutSuffix(name, "!")
		kind, _ := r.kindOfInput(name)
		all = append(all, Member{Name: name, Kind: kind, Required: required, Null: !required})
	}
	for _, name := range strings.Fields(r.Passes) {
		kind, _ := r.kindOfInput(name)
		all = append(all, Member{Name: name, Kind: kind, Null: true, Passed: true})
	}
	return all
}

// Parameters returns the documented parameters of the list that narrow it, in the order of their names.
func (r *Resource) Parameters() []Member {
	var all []Member
	for _, name := range slices.Sorted(maps.Keys(r.filters)) {
		f := r.filters[name]
		if !f.Hidden {
			all = append(all, Member{Name: name, Kind: f.Kind, Many: name == "ids"})
		}
	}
	if _, own := r.filters["s"]; !own && len(r.search) > 0 {
		all = append(all, Member{Name: "s", Kind: Text})
	}
	if _, deletable := r.column["is_deleted"]; deletable {
		if _, own := r.filters["is_deleted"]; !own {
			all = append(all, Member{Name: "is_deleted", Kind: Boolean})
		}
	}
	return all
}

// Sortable returns the members by which the list can be sorted.
func (r *Resource) Sortable() []string { return slices.Sorted(maps.Keys(r.sorts)) }
