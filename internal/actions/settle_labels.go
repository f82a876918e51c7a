package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SettleCategory checks a category: a name, of its type once. Without a type it groups assessments.
func SettleCategory(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	c := change.Row.(*models.Category)
	if c.Type == 0 {
		c.Type = models.BusinessCategory
	}
	in := SaveCategory{Name: c.Name, Type: c.Type, Category: *c}
	if err := in.Validate(); err != nil {
		return err
	}
	c.Name = in.Name
	return in.refuseDouble(stepOf(change))
}

// SettleCustomField checks the definition of an extra field. What it belongs to and its key change only while nothing is
// stored under them.
func SettleCustomField(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	f := change.Row.(*models.CustomField)
	in := SaveCustomField{Type: f.Type, Label: f.Label, Key: f.Key, DataType: f.Kind()}
	if f.Kind() == models.URLData {
		in.DataType = models.TextData // shown as text; was set from outside
	}
	if err := in.Validate(); err != nil {
		return err
	}
	f.Label = in.Label
	was, isUpdate := change.Was.(*models.CustomField)
	if isUpdate && (was.Key != f.Key || was.Type != f.Type) {
		if err := refuseUsedKey(change, *was); err != nil {
			return err
		}
	}
	if f.IsDeleted || (isUpdate && was.Key == f.Key && was.Type == f.Type && !was.IsDeleted) {
		return nil
	}
	return refuseDoubleKey(stepOf(change), *f)
}

// refuseDoubleKey refuses a field whose key another one of its type has.
func refuseDoubleKey(w *Work, f models.CustomField) error {
	var taken int64
	err := w.Own().Model(&models.CustomField{}).Where("type = ? AND key = ? AND id <> ? AND NOT is_deleted", f.Type, f.Key, f.ID).
		Count(&taken).Error
	if err != nil {
		return fmt.Errorf("look for the key: %w", err)
	}
	if taken > 0 {
		return fault.Field("key", "There is a field with this key already.")
	}
	return nil
}

// refuseUsedKey refuses to take the key away from values that are stored under it.
func refuseUsedKey(change *resource.Change, f models.CustomField) error {
	w := stepOf(change)
	holder, what := any(&models.Candidate{}), "candidates"
	if f.Type == models.AssessmentField {
		holder, what = &models.Assessment{}, "assessments"
	}
	stored, key := database.Dialect(w.Tx.Name()).JSONText("cf", f.Key)
	var used int64
	if err := w.Own().Model(holder).Where(stored+" IS NOT NULL", key).Limit(1).Count(&used).Error; err != nil {
		return fmt.Errorf("look for values of the field: %w", err)
	}
	if used > 0 {
		return fault.New(fault.Conflict, "Values of %s are stored under this key, so it stays.", what)
	}
	return nil
}

// SettleSelectField checks an option of a drop-down list. Naming is_deleted in an update brings a deleted one back:
// only a delete removes.
func SettleSelectField(_ context.Context, change *resource.Change) error {
	if change.Verb == resource.Delete {
		return nil
	}
	o := change.Row.(*models.SelectFieldData)
	bringBack(change, &o.IsDeleted)
	if data, sent := change.Values["data"]; sent {
		o.Data = nil
		if n, ok := data.(int64); ok {
			number := int(n)
			o.Data = &number
		}
	}
	bad := fault.Fields{}
	if o.Key = strings.TrimSpace(o.Key); o.Key == "" {
		bad["key"] = "Give the option a key."
	}
	if o.Value = strings.TrimSpace(o.Value); o.Value == "" {
		bad["value"] = "Give the option a value."
	}
	if o.ParentID != nil && *o.ParentID == o.ID {
		bad["parent_id"] = "An option cannot depend on itself."
	}
	return fault.Refuse(bad)
}

// bringBack reads is_deleted in the body of an update as the wish to have the row back.
func bringBack(change *resource.Change, isDeleted *bool) {
	if _, named := change.Values["is_deleted"]; named {
		*isDeleted = false
	}
}

// SettleSelectType checks a drop-down list. It stays while it has options.
func SettleSelectType(_ context.Context, change *resource.Change) error {
	t := change.Row.(*models.SelectFieldType)
	if change.Verb != resource.Delete {
		if t.Name = strings.TrimSpace(t.Name); t.Name == "" {
			return fault.Field("name", "Give the list a name.")
		}
		return nil
	}
	var options int64
	err := change.Tx.Model(&models.SelectFieldData{}).Where("select_field_type_id = ? AND NOT is_deleted", t.ID).Limit(1).Count(&options).Error
	if err != nil {
		return fmt.Errorf("look for options: %w", err)
	}
	if options > 0 {
		return fault.New(fault.Conflict, "This list has options. Delete them first.")
	}
	return nil
}

// SettleUserCategory lets an update bring a deleted assignment back.
func SettleUserCategory(_ context.Context, change *resource.Change) error {
	bringBack(change, &change.Row.(*models.UserCategory).IsDeleted)
	return nil
}

// SettleUIFilter keeps the definitions that everybody shares as they are: an organization writes its own.
func SettleUIFilter(_ context.Context, change *resource.Change) error {
	if was, ok := change.Was.(*models.UIFilter); ok && was.OrganizationID == nil {
		return errShared
	}
	return nil
}

var errShared = fault.New(fault.Forbidden, "This one is everybody's. Create one for your organization instead.")
