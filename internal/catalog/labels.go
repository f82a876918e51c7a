package catalog

import (
	"gorm.io/gorm"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// ofOrganization begins the path of what belongs to the organization that a request enters. The word narrows nothing
// itself: the actor was taken into that organization before.
const ofOrganization = "/admin/organization/{oid}"

// labels are what an organization names and files its things by.
func labels(Parts) []declared {
	return plain(
		resource.Declaration{
			Name: "admin.category", Path: ofOrganization + "/category", Model: models.Category{},
			About: "A label that groups other records of the organization.",
			Verbs: "list view create update delete", Grants: by("assessment.view", "category.manage"),
			Filters: "type external_id", Part: "name", Search: "name", Sorts: "name type",
			Create: "name! type external_id", Update: "name type external_id", Before: actions.SettleCategory,
		},
		customField("admin.custom-field-master", ofOrganization+"/custom-field-master"),
		customField("models.custom-field-master", "/models/custom-field-master"),
		selectField("admin.select-field-data", ofOrganization+"/select-field-data", "list view create update delete"),
		selectField("models.select-field-data", "/models/select-field-data", "list create delete"),
		resource.Declaration{
			Name: "select-field-type", Path: "/models/select-field-type", Model: models.SelectFieldType{},
			About: "A named drop-down list; its options are select field data.",
			Verbs: "list create delete", Grants: by("assessment.view", "field.manage"),
			Part: "name", Sorts: "name", Create: "name! isPublic", Also: map[string]string{"is_public": "isPublic"}, Accepts: map[string]string{"is_public": "isPublic"},
			Before: actions.SettleSelectType, Hide: "organization_id is_deleted",
		},
		resource.Declaration{
			Name: "admin.ui-filter", Path: ofOrganization + "/filter", Model: models.UIFilter{}, Rows: ownAndShared("ui_filters"),
			About: "The definition of a list filter in a client application: everybody's, or one organization's.",
			Verbs: "list view create update delete", Grants: by("assessment.view", "organization.update"), Deleted: resource.RestoreDeleted,
			Filters: "object_type version", Sorts: "object_type version",
			Create: "object_type! filter! version", Update: "object_type filter version is_deleted",
			Before: actions.SettleUIFilter,
		},
		userCategory("admin.user-category", ofOrganization+"/user/{uid}/category", "list view create update delete",
			map[string]string{"uid": "user_id"}),
		userCategory("models.user-category", "/models/user-category", "list view", nil),
	)
}

func customField(name, path string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.CustomField{},
		About: "The definition of a field that an organization adds to its candidates (type 1) or assessments (type 2).",
		Verbs: "list view create update delete", Grants: by("assessment.view", "field.manage"), Deleted: resource.RestoreDeleted,
		Filters: "type key", Part: "label", Sorts: "sort_order label",
		Create: "type! label! key! sort_order is_report is_hidden", Update: "type label key sort_order is_report is_hidden is_deleted",
		Before: actions.SettleCustomField, Hide: "organization_id",
	}
}

func selectField(name, path, verbs string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.SelectFieldData{},
		About: "One option of a drop-down list. With a parent it is offered once that option is chosen.",
		Verbs: verbs, Grants: by("assessment.view", "field.manage"), Deleted: resource.RestoreDeleted,
		Filters: "key parent_value parent_id select_field_type_id", Part: "value", Sorts: "sort_order value", Order: "sort_order",
		Where:  map[string]resource.Filter{"value_exact": {Kind: resource.Text, SQL: "select_field_data.value IN ?"}},
		Create: "select_field_type_id! key! value! parent_value parent_id sort_order data",
		Update: "select_field_type_id key value parent_value parent_id sort_order data is_deleted",
		Inputs: map[string]resource.Kind{"data": resource.Integer},
		Before: actions.SettleSelectField, Hide: "organization_id",
		Expands: map[string]resource.Relation{
			"selectFieldType": {To: "select-field-type", By: "select_field_type_id"}, "parent": {To: "models.select-field-data", By: "parent_id"},
		},
	}
}

func userCategory(name, path, verbs string, above map[string]string) resource.Declaration {
	return resource.Declaration{
		Name: name, Path: path, Model: models.UserCategory{}, Above: above,
		About: "Assigns a category to a user.",
		Verbs: verbs, Grants: by("user.view", "user.manage"), Deleted: resource.RestoreDeleted,
		Filters: "user_id category_id", Create: "category_id!", Update: "category_id is_deleted",
		Where:  map[string]resource.Filter{"s": {Kind: resource.Text, By: categoriesNamed}},
		Before: actions.SettleUserCategory, Hide: "organization_id",
		Expands: map[string]resource.Relation{"user": {To: "user", By: "user_id"}, "category": {To: "models.category", By: "category_id"}},
	}
}

func categoriesNamed(_ resource.Ask, db *gorm.DB, terms []any) *gorm.DB {
	for _, term := range terms {
		db = db.Where("user_categories.category_id IN (SELECT id FROM categories WHERE "+
			database.Dialect(db.Name()).Folded("name")+` LIKE ? ESCAPE '\')`, "%"+textfold.Like(textfold.Fold(term.(string)))+"%")
	}
	return db
}
