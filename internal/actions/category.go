package actions

import (
	"context"
	"fmt"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// SaveCategory names a category, new or there already. Its type stays.
type SaveCategory struct {
	ID   int64               `form:"-"` // 0 for a new one
	Type models.CategoryType `form:"type"`
	Name string              `form:"name"`

	Category models.Category `form:"-"`
}

// Grant implements Action.
func (*SaveCategory) Grant() access.Grant { return "category.manage" }

// Validate implements Action.
func (a *SaveCategory) Validate() error {
	bad := fault.Fields{}
	if a.Name = strings.TrimSpace(a.Name); a.Name == "" {
		bad["name"] = "Give the category a name."
	}
	if a.ID == 0 && !a.Type.Valid() {
		bad["type"] = "Choose what the category groups."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveCategory) Perform(_ context.Context, w *Work) error {
	if a.ID != 0 {
		err := locked(w.Own()).Where("id = ? AND NOT is_deleted", a.ID).First(&a.Category).Error
		if err := database.Fault(err, "category"); err != nil {
			return err
		}
	} else {
		a.Category = models.Category{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w), Type: a.Type}
	}
	if err := a.refuseDouble(w); err != nil {
		return err
	}
	a.Category.Name, a.Category.UpdatedBy = a.Name, w.Actor.UserID()
	if err := w.Tx.Save(&a.Category).Error; err != nil {
		return fmt.Errorf("save category: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-category", SubjectType: "category", SubjectID: a.Category.ID,
		Detail: map[string]any{"name": a.Name}})
}

func (a *SaveCategory) refuseDouble(w *Work) error {
	var names []string
	err := w.Own().Model(&models.Category{}).Where("type = ? AND id <> ? AND NOT is_deleted", a.Category.Type, a.Category.ID).
		Pluck("name", &names).Error
	if err != nil {
		return fmt.Errorf("look for the category's name: %w", err)
	}
	for _, name := range names {
		if textfold.Fold(name) == textfold.Fold(a.Name) {
			return fault.Field("name", "There is a category of this name already.")
		}
	}
	return nil
}

// DeleteCategory hides a category, or brings it back. What it groups keeps the link.
type DeleteCategory struct {
	ID   int64
	Undo bool
}

// Grant implements Action.
func (*DeleteCategory) Grant() access.Grant { return "category.manage" }

// Validate implements Action.
func (*DeleteCategory) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteCategory) Perform(_ context.Context, w *Work) error {
	var category models.Category
	err := w.Own().Where("id = ?", a.ID).First(&category).Error
	if err := database.Fault(err, "category"); err != nil {
		return err
	}
	if err := w.Tx.Model(&category).Updates(map[string]any{"is_deleted": !a.Undo, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("delete category: %w", err)
	}
	verb := "delete-category"
	if a.Undo {
		verb = "restore-category"
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "category", SubjectID: a.ID, Detail: map[string]any{"name": category.Name}})
}

// SaveStatusReason offers a reason where a status is set.
type SaveStatusReason struct {
	StatusID int64  `form:"status_id"`
	Label    string `form:"label"`

	Reason models.StatusReason `form:"-"`
}

// Grant implements Action.
func (*SaveStatusReason) Grant() access.Grant { return "category.manage" }

// Validate implements Action.
func (a *SaveStatusReason) Validate() error {
	bad := fault.Fields{}
	if a.Label = strings.TrimSpace(a.Label); a.Label == "" {
		bad["label"] = "Write the reason."
	}
	if !models.StatusOf(a.StatusID).IsDecision() {
		bad["status_id"] = "Choose a status that people set."
	}
	return fault.Refuse(bad)
}

// Perform implements Action.
func (a *SaveStatusReason) Perform(_ context.Context, w *Work) error {
	a.Reason = models.StatusReason{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
		StatusID: &a.StatusID, Label: a.Label, Key: strings.ReplaceAll(textfold.Fold(a.Label), " ", "-")}
	if err := w.Tx.Create(&a.Reason).Error; err != nil {
		return database.Fault(fmt.Errorf("save status reason: %w", err), "reason")
	}
	return w.Audit(ledger.Entry{Verb: "save-status-reason", SubjectType: "status_reason", SubjectID: a.Reason.ID,
		Detail: map[string]any{"label": a.Label}})
}

// DeleteStatusReason takes a reason from the offer, unless a participation refers to it.
type DeleteStatusReason struct {
	ID int64
}

// Grant implements Action.
func (*DeleteStatusReason) Grant() access.Grant { return "category.manage" }

// Validate implements Action.
func (*DeleteStatusReason) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteStatusReason) Perform(_ context.Context, w *Work) error {
	var reason models.StatusReason
	err := w.Own().Where("id = ?", a.ID).First(&reason).Error
	if err := database.Fault(err, "status reason"); err != nil {
		return err
	}
	var used int64
	if err := w.Own().Model(&models.AssessmentCandidate{}).Where("status_reason_id = ?", a.ID).Limit(1).Count(&used).Error; err != nil {
		return fmt.Errorf("look for uses of the reason: %w", err)
	}
	if used > 0 {
		return fault.New(fault.Conflict, "Candidates were given this reason, so it stays.")
	}
	if err := w.Tx.Delete(&reason).Error; err != nil {
		return fmt.Errorf("delete status reason: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "delete-status-reason", SubjectType: "status_reason", SubjectID: a.ID,
		Detail: map[string]any{"label": reason.Label}})
}
