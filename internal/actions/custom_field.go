package actions

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SaveCustomField defines an extra field of candidates or assessments, or changes one. What it belongs to and its key,
// under which values are stored, stay once it is there.
type SaveCustomField struct {
	ID        int64                  `form:"-"` // 0 for a new one
	Type      models.CustomFieldType `form:"type"`
	Label     string                 `form:"label"`
	Key       string                 `form:"key"`
	DataType  string                 `form:"data_type"`
	SortOrder int                    `form:"sort_order"`
	IsReport  bool                   `form:"is_report"`
	IsHidden  bool                   `form:"is_hidden"`

	Field models.CustomField `form:"-"`
}

var fieldKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 _-]{0,59}$`)

// Grant implements Action.
func (*SaveCustomField) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (a *SaveCustomField) Validate() error {
	bad := fault.Fields{}
	if a.Label = strings.TrimSpace(a.Label); a.Label == "" {
		bad["label"] = "Give the field a label."
	}
	if a.ID == 0 && a.Type != models.CandidateField && a.Type != models.AssessmentField {
		bad["type"] = "Choose candidates or assessments."
	}
	if a.ID == 0 && !fieldKey.MatchString(a.Key) {
		bad["key"] = "Begin with a letter, then letters, digits, blanks, - and _ only."
	}
	if !models.KnownFieldKind(a.DataType) {
		bad["data_type"] = "Choose a kind of value."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveCustomField) Perform(_ context.Context, w *Work) error {
	if err := a.load(w); err != nil {
		return err
	}
	a.Field.Label, a.Field.DataType, a.Field.SortOrder = a.Label, &a.DataType, &a.SortOrder
	a.Field.IsReport, a.Field.IsHidden, a.Field.UpdatedBy = a.IsReport, a.IsHidden, w.Actor.UserID()
	if err := w.Tx.Save(&a.Field).Error; err != nil {
		return fmt.Errorf("save custom field: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-field", SubjectType: "custom_field", SubjectID: a.Field.ID, After: a.Field,
		Detail: map[string]any{"key": a.Field.Key, "label": a.Label}})
}

func (a *SaveCustomField) load(w *Work) error {
	if a.ID != 0 {
		err := locked(w.Own()).Where("id = ? AND NOT is_deleted", a.ID).First(&a.Field).Error
		return database.Fault(err, "custom field")
	}
	var taken int64
	err := w.Own().Model(&models.CustomField{}).Where("type = ? AND key = ? AND NOT is_deleted", a.Type, a.Key).Count(&taken).Error
	if err != nil {
		return fmt.Errorf("look for the key: %w", err)
	}
	if taken > 0 {
		return fault.Field("key", "There is a field with this key already.")
	}
	a.Field = models.CustomField{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Type: a.Type, Key: a.Key}
	return nil
}

// DeleteCustomField hides a field. Values that were stored stay with their candidates and assessments.
type DeleteCustomField struct {
	ID   int64
	Undo bool // bring it back instead

	Field models.CustomField `form:"-"`
}

// Grant implements Action.
func (*DeleteCustomField) Grant() access.Grant { return "field.manage" }

// Validate implements Action.
func (*DeleteCustomField) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteCustomField) Perform(_ context.Context, w *Work) error {
	err := w.Own().Where("id = ?", a.ID).First(&a.Field).Error
	if err := database.Fault(err, "custom field"); err != nil {
		return err
	}
	if err := w.Tx.Model(&a.Field).Updates(map[string]any{"is_deleted": !a.Undo, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("delete custom field: %w", err)
	}
	verb := "delete-field"
	if a.Undo {
		verb = "restore-field"
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "custom_field", SubjectID: a.ID, Detail: map[string]any{"key": a.Field.Key}})
}
