package actions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

const mostOptions = 5000

// AddListOptions puts options at the end of a drop-down list, one a line. A line that begins with blanks or a tab stands
// below the nearest line above it that is set in less. What is there already is not added twice.
type AddListOptions struct {
	ListID int64  `form:"-"`
	Lines  string `form:"lines"`

	Added int `form:"-"`
}

// Grant implements Action.
func (*AddListOptions) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (a *AddListOptions) Validate() error {
	if strings.TrimSpace(a.Lines) == "" {
		return fault.Field("lines", "Write one option a line.")
	}
	if strings.Count(a.Lines, "\n") >= mostOptions {
		return fault.Field("lines", "Add at most %d options at once.", mostOptions)
	}
	return nil
}

// Perform implements Action.
func (a *AddListOptions) Perform(ctx context.Context, w *Work) error {
	var list models.SelectFieldType
	if err := ownList(w, a.ListID, &list); err != nil {
		return err
	}
	var there []models.SelectFieldData
	if err := w.Own().Where("select_field_type_id = ? AND NOT is_deleted", list.ID).Find(&there).Error; err != nil {
		return fmt.Errorf("load options: %w", err)
	}
	order := 0
	for _, o := range there {
		if o.SortOrder != nil {
			order = max(order, *o.SortOrder)
		}
	}
	var above []placedOption
	for _, line := range strings.Split(a.Lines, "\n") {
		value := strings.TrimSpace(line)
		if value == "" {
			continue
		}
		depth := depthOf(line)
		above = slices.DeleteFunc(above, func(p placedOption) bool { return p.depth >= depth })
		order++
		option, err := a.add(ctx, w, there, above, value, order)
		if err != nil {
			return err
		}
		above = append(above, placedOption{option, depth})
	}
	return w.Audit(ledger.Entry{Verb: "add-list-options", SubjectType: "select_field_type", SubjectID: list.ID,
		Detail: map[string]any{"name": list.Name, "added": a.Added}})
}

// placedOption is an option of which others may stand below.
type placedOption struct {
	option models.SelectFieldData
	depth  int
}

// depthOf counts how far a line is set in; a tab counts as much as two blanks.
func depthOf(line string) int {
	depth := 0
	for _, r := range line {
		switch r {
		case ' ':
			depth++
		case '\t':
			depth += 2
		default:
			return depth
		}
	}
	return depth
}

// add returns the option with the value below the last of those above, which it makes where there is none.
func (a *AddListOptions) add(ctx context.Context, w *Work, there []models.SelectFieldData, above []placedOption, value string, order int) (models.SelectFieldData, error) {
	o := models.SelectFieldData{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
		SelectFieldTypeID: a.ListID, Key: wordsOf(value), Value: value, SortOrder: &order}
	if len(above) > 0 {
		parent := above[len(above)-1].option
		o.ParentID, o.ParentValue = &parent.ID, &parent.Value
	}
	for _, t := range there {
		if t.Value == value && textOfID(t.ParentID) == textOfID(o.ParentID) {
			return t, nil
		}
	}
	if err := SettleSelectField(ctx, changeOf(w, resource.Create, &o, nil)); err != nil {
		return o, err
	}
	if err := w.Tx.Create(&o).Error; err != nil {
		return o, fmt.Errorf("add an option: %w", err)
	}
	a.Added++
	return o, nil
}

// SaveListOption words an option anew. Options below it follow; what was filled in with it stays as it was.
type SaveListOption struct {
	ID    int64  `form:"-"`
	Value string `form:"value"`

	Option models.SelectFieldData `form:"-"`
}

// Grant implements Action.
func (*SaveListOption) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (*SaveListOption) Validate() error { return nil } // SettleSelectField holds the rules

// Perform implements Action.
func (a *SaveListOption) Perform(ctx context.Context, w *Work) error {
	if err := ownOption(w, a.ID, &a.Option); err != nil {
		return err
	}
	before := a.Option.Value
	a.Option.Value, a.Option.UpdatedBy = a.Value, w.Actor.UserID()
	if err := SettleSelectField(ctx, changeOf(w, resource.Update, &a.Option, nil)); err != nil {
		return err
	}
	if err := w.Tx.Save(&a.Option).Error; err != nil {
		return fmt.Errorf("save an option: %w", err)
	}
	err := w.Own().Model(&models.SelectFieldData{}).Where("parent_id = ?", a.ID).Update("parent_value", a.Option.Value).Error
	if err != nil {
		return fmt.Errorf("name the parent of options: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-list-option", SubjectType: "select_field_data", SubjectID: a.ID,
		Detail: map[string]any{"value": a.Option.Value, "before": before}})
}

func ownOption(w *Work, id int64, o *models.SelectFieldData) error {
	return database.Fault(locked(w.Own()).Where("NOT is_deleted").First(o, id).Error, "option")
}

// MoveListOption puts an option one place up or down among those of the same parent.
type MoveListOption struct {
	ID int64 `form:"-"`
	By int   `form:"by"` // -1 is up, 1 is down

	Option models.SelectFieldData `form:"-"`
}

// Grant implements Action.
func (*MoveListOption) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (a *MoveListOption) Validate() error {
	if a.By != -1 && a.By != 1 {
		return fault.Field("by", "An option moves one place up or down.")
	}
	return nil
}

// Perform implements Action.
func (a *MoveListOption) Perform(_ context.Context, w *Work) error {
	if err := ownOption(w, a.ID, &a.Option); err != nil {
		return err
	}
	siblings := w.Own().Where("select_field_type_id = ? AND NOT is_deleted", a.Option.SelectFieldTypeID)
	if a.Option.ParentID == nil {
		siblings = siblings.Where("parent_id IS NULL")
	} else {
		siblings = siblings.Where("parent_id = ?", *a.Option.ParentID)
	}
	var rows []models.SelectFieldData
	if err := siblings.Order("COALESCE(sort_order, 0), id").Find(&rows).Error; err != nil {
		return fmt.Errorf("load options: %w", err)
	}
	at := slices.IndexFunc(rows, func(o models.SelectFieldData) bool { return o.ID == a.ID })
	to := at + a.By
	if to < 0 || to >= len(rows) {
		return nil
	}
	rows[at], rows[to] = rows[to], rows[at]
	for i, row := range rows {
		if row.SortOrder != nil && *row.SortOrder == i+1 {
			continue
		}
		if err := w.Tx.Model(&row).Update("sort_order", i+1).Error; err != nil {
			return fmt.Errorf("move an option: %w", err)
		}
	}
	return w.Audit(ledger.Entry{Verb: "move-list-option", SubjectType: "select_field_data", SubjectID: a.ID, Detail: map[string]any{"to": to + 1}})
}

// DeleteListOption hides an option. One with others below it stays.
type DeleteListOption struct {
	ID   int64
	Undo bool // bring it back instead

	Option models.SelectFieldData
}

// Grant implements Action.
func (*DeleteListOption) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (*DeleteListOption) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteListOption) Perform(_ context.Context, w *Work) error {
	if err := w.Own().First(&a.Option, a.ID).Error; err != nil {
		return database.Fault(err, "option")
	}
	verb := "restore-list-option"
	if !a.Undo {
		verb = "delete-list-option"
		var below int64
		if err := w.Own().Model(&models.SelectFieldData{}).Where("parent_id = ? AND NOT is_deleted", a.ID).Count(&below).Error; err != nil {
			return fmt.Errorf("look for options below: %w", err)
		}
		if below > 0 {
			return fault.New(fault.Conflict, "Other options stand below “%s”. Delete them first.", a.Option.Value)
		}
	}
	if err := w.Tx.Model(&a.Option).Updates(map[string]any{"is_deleted": !a.Undo, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("delete an option: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "select_field_data", SubjectID: a.ID, Detail: map[string]any{"value": a.Option.Value}})
}
