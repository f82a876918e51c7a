package actions

import (
	"context"
	"fmt"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

// SaveList makes a drop-down list or names one anew.
type SaveList struct {
	ID   int64  `form:"-"` // 0 for a new one
	Name string `form:"name"`

	List models.SelectFieldType `form:"-"`
}

// Grant implements Action.
func (*SaveList) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (*SaveList) Validate() error { return nil } // SettleSelectType holds the rules

// Perform implements Action.
func (a *SaveList) Perform(ctx context.Context, w *Work) error {
	a.List = models.SelectFieldType{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w)}
	if a.ID != 0 {
		if err := ownList(w, a.ID, &a.List); err != nil {
			return err
		}
	}
	a.List.Name, a.List.UpdatedBy = a.Name, w.Actor.UserID()
	if err := SettleSelectType(ctx, changeOf(w, resource.Update, &a.List, nil)); err != nil {
		return err
	}
	var taken int64
	err := w.Own().Model(&models.SelectFieldType{}).Where("LOWER(name) = LOWER(?) AND id <> ? AND NOT is_deleted", a.List.Name, a.ID).Count(&taken).Error
	if err != nil {
		return fmt.Errorf("look for the list's name: %w", err)
	}
	if taken > 0 {
		return fault.Field("name", "There is a list with this name already.")
	}
	if err := w.Tx.Save(&a.List).Error; err != nil {
		return fmt.Errorf("save drop-down list: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-list", SubjectType: "select_field_type", SubjectID: a.List.ID, Detail: map[string]any{"name": a.List.Name}})
}

// changeOf is a change of a row by an action of ours, for the rules that the rows of declared resources are settled by.
func changeOf(w *Work, verb resource.Verb, row any, values resource.Values) *resource.Change {
	return &resource.Change{Tx: w.Tx, Ask: resource.Ask{Actor: w.Actor, Now: w.Now}, Verb: verb, Values: values, Row: row}
}

func ownList(w *Work, id int64, list *models.SelectFieldType) error {
	return database.Fault(locked(w.Own()).Where("NOT is_deleted").First(list, id).Error, "drop-down list")
}

// DeleteList hides a drop-down list that has no options.
type DeleteList struct {
	ID   int64
	Undo bool // bring it back instead

	List models.SelectFieldType
}

// Grant implements Action.
func (*DeleteList) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (*DeleteList) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteList) Perform(ctx context.Context, w *Work) error {
	if err := w.Own().First(&a.List, a.ID).Error; err != nil {
		return database.Fault(err, "drop-down list")
	}
	verb := "restore-list"
	if !a.Undo {
		verb = "delete-list"
		if err := SettleSelectType(ctx, changeOf(w, resource.Delete, &a.List, nil)); err != nil {
			return err
		}
	}
	if err := w.Tx.Model(&a.List).Updates(map[string]any{"is_deleted": !a.Undo, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("delete drop-down list: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "select_field_type", SubjectID: a.ID, Detail: map[string]any{"name": a.List.Name}})
}
