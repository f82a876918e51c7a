package catalog

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/resource"
)

// withPeople adds the relations that a column's name tells of: to the user in user_id and in whatever says by whom
// (created_by as createdBy), and to the organization. What the declaration says itself under such a name stays.
func withPeople(d resource.Declaration) resource.Declaration {
	columns := wireNames(d.Model)
	hidden := strings.Fields(d.Hide)
	relations := maps.Clone(d.Expands)
	for _, column := range columns {
		name, to := personIn(column)
		_, declared := relations[name]
		_, computed := d.Fields[name]
		if to == "" || declared || computed || slices.Contains(columns, name) || slices.Contains(hidden, column) {
			continue
		}
		if relations == nil {
			relations = map[string]resource.Relation{}
		}
		relations[name] = resource.Relation{To: to, By: column}
	}
	d.Expands = relations
	return d
}

// personIn returns the name of the relation that a column holds the key of, and the resource it leads to; "" for others.
func personIn(column string) (name, to string) {
	switch column {
	case "user_id":
		return "user", "user"
	case "organization_id":
		return "organization", "user.organization"
	}
	if verb, ok := strings.CutSuffix(column, "_by"); ok {
		return verb + "By", "user"
	}
	return "", ""
}

// wireNames are the names of a struct's columns on the wire.
func wireNames(model any) []string {
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(model)) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}
