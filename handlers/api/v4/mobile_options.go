package v4

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// option is one option of a drop-down list.
type option struct {
	ID                int64     `json:"id"`
	Key               string    `json:"key"`
	Value             string    `json:"value"`
	ParentValue       *string   `json:"parent_value"`
	ParentID          *int64    `json:"parent_id"`
	SelectFieldTypeID int64     `json:"select_field_type_id"`
	SortOrder         *int      `json:"sort_order"`
	UpdatedBy         *int64    `json:"updated_by"`
	UpdatedAt         time.Time `json:"updated_at"`
	CreatedAt         time.Time `json:"created_at"`
	CreatedBy         *int64    `json:"created_by"`
}

func (a API) optionOperations() []operation {
	return []operation{
		{method: http.MethodGet, path: "/mobile/select-field-data", grant: attends, do: a.selectOptions, status: http.StatusOK, gives: []option{},
			query: append([]parameter{{name: "select_field_type_id", kind: resource.Integer}, {name: "parent_id", kind: resource.Integer},
				{name: "parent_value", kind: resource.Text}}, append([]parameter{idParameter, fieldsParameter}, pageParameters...)...),
			about: "The options of the organization's drop-down lists."},
	}
}

func (a API) selectOptions(c echo.Context) error {
	params, err := resource.ReadParams(c.QueryParams())
	if err != nil {
		return err
	}
	rows, err := a.loadOptions(web.Context(c), web.Actor(c).OrganizationID)
	if err != nil {
		return err
	}
	for name, of := range map[string]func(models.SelectFieldData) string{
		"select_field_type_id": func(o models.SelectFieldData) string { return fmt.Sprint(o.SelectFieldTypeID) },
		"parent_id":            func(o models.SelectFieldData) string { return textOr(o.ParentID) },
		"parent_value":         func(o models.SelectFieldData) string { return textOr(o.ParentValue) },
	} {
		if wanted := params.Names(name); len(wanted) > 0 {
			rows = slices.DeleteFunc(rows, func(o models.SelectFieldData) bool { return !slices.Contains(wanted, of(o)) })
		}
	}
	return showList(c, mapped(rows, func(o models.SelectFieldData) option {
		return option{o.ID, o.Key, o.Value, o.ParentValue, o.ParentID, o.SelectFieldTypeID, o.SortOrder, o.UpdatedBy, o.UpdatedAt, o.CreatedAt, o.CreatedBy}
	}), func(o option) int64 { return o.ID })
}

func textOr[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

const mostOptions = 20_000

func (a API) loadOptions(ctx context.Context, organizationID int64) ([]models.SelectFieldData, error) {
	var rows []models.SelectFieldData
	err := a.DB.Read.WithContext(ctx).Where("organization_id = ? AND NOT is_deleted", organizationID).
		Order("select_field_type_id, sort_order IS NULL, sort_order, id").Limit(mostOptions).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load options: %w", err)
	}
	return rows, nil
}
