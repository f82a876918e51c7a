package actions

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/models"
)

// SaveView keeps the filters of a list's address under a name, for oneself or for the whole organization.
type SaveView struct {
	ObjectType string `form:"-"` // which list: "ac" for participations
	Name       string `form:"name"`
	Query      string `form:"query"` // of the address, as in "status=70&q=lin"
	IsShared   bool   `form:"shared"`

	View models.SavedFilter `form:"-"`
}

const longestViewName = 60

// Grant implements Action.
func (*SaveView) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (a *SaveView) Validate() error {
	a.Name = strings.TrimSpace(a.Name)
	if a.Name == "" || len(a.Name) > longestViewName {
		return fault.Field("name", "Give the view a name of up to %d characters.", longestViewName)
	}
	if _, err := url.ParseQuery(a.Query); err != nil {
		return fault.Field("query", "The filters could not be read.")
	}
	return nil
}

// Perform implements Action.
func (a *SaveView) Perform(_ context.Context, w *Work) error {
	values, err := url.ParseQuery(a.Query)
	if err != nil {
		return fmt.Errorf("read filters: %w", err)
	}
	filter, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("write filters: %w", err)
	}
	a.View = models.SavedFilter{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w),
		ObjectType: a.ObjectType, Filter: filter, Version: "1.0", Name: a.Name, IsShared: a.IsShared}
	if err := w.Tx.Create(&a.View).Error; err != nil {
		return fmt.Errorf("save view: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-view", SubjectType: "saved_filter", SubjectID: a.View.ID,
		Detail: map[string]any{"name": a.Name, "list": a.ObjectType}})
}

// DeleteView takes away a saved view of one's own. It returns NotFound for a colleague's.
type DeleteView struct {
	ID int64

	View models.SavedFilter // what was deleted
}

// Grant implements Action.
func (*DeleteView) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*DeleteView) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteView) Perform(_ context.Context, w *Work) (err error) {
	a.View, err = hideView(w, a.ID, true)
	return err
}

// RestoreView brings a deleted view of one's own back.
type RestoreView struct {
	ID int64

	View models.SavedFilter // what is back
}

// Grant implements Action.
func (*RestoreView) Grant() access.Grant { return "account.use" }

// Validate implements Action.
func (*RestoreView) Validate() error { return nil }

// Perform implements Action.
func (a *RestoreView) Perform(_ context.Context, w *Work) (err error) {
	a.View, err = hideView(w, a.ID, false)
	return err
}

func hideView(w *Work, id int64, deleted bool) (models.SavedFilter, error) {
	var view models.SavedFilter
	if err := w.Own().Where("created_by = ? AND is_deleted = ?", w.Actor.ID, !deleted).First(&view, id).Error; err != nil {
		return view, database.Fault(err, "saved view")
	}
	if err := w.Tx.Model(&view).Update("is_deleted", deleted).Error; err != nil {
		return view, fmt.Errorf("hide or restore the view: %w", err)
	}
	verb := "delete-view"
	if !deleted {
		verb = "restore-view"
	}
	return view, w.Audit(ledger.Entry{Verb: verb, SubjectType: "saved_filter", SubjectID: view.ID,
		Detail: map[string]any{"name": view.Name, "list": view.ObjectType}})
}
