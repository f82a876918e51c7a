package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// allBut names every wire member of a struct's columns except some, for a resource that shows little of its table.
func allBut(model any, shown ...string) string {
	hidden := slices.DeleteFunc(wireNames(model), func(name string) bool { return slices.Contains(shown, name) })
	return strings.Join(hidden, " ")
}

// customFieldsOf shows custom values with the words of their fields: a list of key, label and value, in the fields' order.
func customFieldsOf[T any](kind models.CustomFieldType, values func(T) map[string]any) func(context.Context, resource.Load, []T) ([]any, error) {
	type shown struct {
		Key   string `json:"key"`
		Label string `json:"label"`
		Value any    `json:"value"`
	}
	return func(_ context.Context, l resource.Load, rows []T) ([]any, error) {
		var fields []models.CustomField
		err := l.DB.Scopes(access.Own(l.Ask.Actor)).Where("type = ? AND NOT is_deleted AND NOT is_hidden", kind).
			Order("sort_order IS NULL, sort_order, id").Find(&fields).Error
		if err != nil {
			return nil, fmt.Errorf("load custom fields: %w", err)
		}
		lists := make([]any, len(rows))
		for i, row := range rows {
			list, cf := []shown{}, values(row)
			for _, f := range fields {
				if value, set := cf[f.Key]; set {
					list = append(list, shown{f.Key, f.Label, value})
				}
			}
			lists[i] = list
		}
		return lists, nil
	}
}

// lookedUp returns for each row what one query finds under the row's key: a SELECT of owner and value whose last ? takes
// the keys, behind those for args. Where it finds nothing the member is otherwise.
func lookedUp[T, V any](query string, key func(T) int64, otherwise any, args ...any) func(context.Context, resource.Load, []T) ([]any, error) {
	return func(_ context.Context, l resource.Load, rows []T) ([]any, error) {
		keys := make([]int64, len(rows))
		for i, row := range rows {
			keys[i] = key(row)
		}
		var found []struct {
			Owner int64
			Value V
		}
		if err := l.DB.Raw(query, append(slices.Clone(args), keys)...).Scan(&found).Error; err != nil {
			return nil, fmt.Errorf("look a member up: %w", err)
		}
		under := make(map[int64]V, len(found))
		for _, f := range found {
			under[f.Owner] = f.Value
		}
		values := make([]any, len(rows))
		for i := range rows {
			values[i] = otherwise
			if v, ok := under[keys[i]]; ok {
				values[i] = v
			}
		}
		return values, nil
	}
}

// lowered are texts in small letters: values that are accepted in any case.
func lowered(values []any) []string {
	small := make([]string, len(values))
	for i, v := range values {
		small[i] = strings.ToLower(v.(string))
	}
	return small
}
