package actions

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/textfold"
	"github.com/assay-hire/assay/models"
)

// SaveForm makes a form or changes one. What was filled in before keeps its values with the labels of that time.
type SaveForm struct {
	ID        int64 // 0 for a new one
	Name      string
	Type      models.FormType
	StartDate *time.Time
	EndDate   *time.Time // asked for until then
	Parts     []models.FormPart

	Form models.Form // what was stored
}

// Grant implements Action.
func (*SaveForm) Grant() access.Grant { return "form.manage" }

// Validate implements Action.
func (*SaveForm) Validate() error { return nil } // SettleForm holds the rules

// Perform implements Action.
func (a *SaveForm) Perform(ctx context.Context, w *Work) error {
	change := &resource.Change{Tx: w.Tx, Ask: resource.Ask{Actor: w.Actor, Now: w.Now}, Verb: resource.Create,
		Values: resource.Values{"structure": a.Parts}}
	a.Form = models.Form{Owned: models.Owned{OrganizationID: w.Actor.OrganizationID}, Authored: authored(w)}
	if a.ID != 0 {
		was, err := ownForm(w, a.ID)
		if err != nil {
			return err
		}
		a.Form, change.Was, change.Verb = was, &was, resource.Update
	}
	a.Form.Name, a.Form.Type, a.Form.StartDate, a.Form.EndDate = a.Name, a.Type, a.StartDate, a.EndDate
	a.Form.Structure, a.Form.UpdatedBy, change.Row = nameFields(a.Parts), w.Actor.UserID(), &a.Form
	if err := SettleForm(ctx, change); err != nil {
		return err
	}
	if err := w.Tx.Save(&a.Form).Error; err != nil {
		return fmt.Errorf("save form: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "save-form", SubjectType: "form", SubjectID: a.Form.ID, Before: change.Was, After: a.Form,
		Detail: map[string]any{"name": a.Form.Name, "type": a.Form.Type.Label()}})
}

func ownForm(w *Work, id int64) (models.Form, error) {
	var form models.Form
	err := locked(w.Own()).Where("NOT is_deleted").First(&form, id).Error
	return form, database.Fault(err, "form")
}

// nameFields gives fields without a name one of their own, made from their label.
func nameFields(parts []models.FormPart) []models.FormPart {
	parts = ownParts(parts)
	taken := map[string]bool{}
	each := func(visit func(f *models.FormField)) {
		for _, part := range parts {
			for n := 1; n <= len(part.Fields); n++ {
				field := part.Fields[strconv.Itoa(n)]
				visit(&field)
				part.Fields[strconv.Itoa(n)] = field
			}
		}
	}
	each(func(f *models.FormField) { taken[f.Name], taken[f.ID] = true, true })
	each(func(f *models.FormField) {
		if f.Name != "" || strings.TrimSpace(f.Label) == "" {
			return
		}
		begin := wordsOf(f.Label)
		for n, name := 1, begin; f.Name == ""; n++ {
			if n > 1 {
				name = fmt.Sprintf("%s_%d", begin, n)
			}
			if !taken[name] {
				f.Name, taken[name] = name, true
			}
		}
	})
	return parts
}

// wordsOf writes a label as a name: small letters and digits, joined by underscores.
func wordsOf(label string) string {
	words := strings.FieldsFunc(textfold.Fold(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(words, "_"))
	if len(name) == 0 {
		return "field"
	}
	return string(name[:min(len(name), 40)])
}

// DeleteForm hides a form. Sections no longer ask for it; what was filled in stays.
type DeleteForm struct {
	ID   int64
	Undo bool // bring it back instead

	Form models.Form
}

// Grant implements Action.
func (*DeleteForm) Grant() access.Grant { return "form.manage" }

// Validate implements Action.
func (*DeleteForm) Validate() error { return nil }

// Perform implements Action.
func (a *DeleteForm) Perform(_ context.Context, w *Work) error {
	if err := w.Own().First(&a.Form, a.ID).Error; err != nil {
		return database.Fault(err, "form")
	}
	if err := w.Tx.Model(&a.Form).Updates(map[string]any{"is_deleted": !a.Undo, "updated_by": w.Actor.UserID()}).Error; err != nil {
		return fmt.Errorf("delete form: %w", err)
	}
	verb := "delete-form"
	if a.Undo {
		verb = "restore-form"
	}
	return w.Audit(ledger.Entry{Verb: verb, SubjectType: "form", SubjectID: a.ID, Detail: map[string]any{"name": a.Form.Name}})
}

// DuplicateForm copies a form under another name. The copy can be edited also where the original cannot.
type DuplicateForm struct {
	ID int64

	Form models.Form // the copy
}

// Grant implements Action.
func (*DuplicateForm) Grant() access.Grant { return "form.manage" }

// Validate implements Action.
func (*DuplicateForm) Validate() error { return nil }

// Perform implements Action.
func (a *DuplicateForm) Perform(_ context.Context, w *Work) error {
	original, err := ownForm(w, a.ID)
	if err != nil {
		return err
	}
	a.Form = original
	a.Form.Row, a.Form.Authored, a.Form.IsEditable = models.Row{}, authored(w), true
	a.Form.Name, a.Form.URL, a.Form.CustomURL = "Copy of "+original.Name, nil, nil
	if err := w.Tx.Create(&a.Form).Error; err != nil {
		return fmt.Errorf("copy form: %w", err)
	}
	return w.Audit(ledger.Entry{Verb: "duplicate-form", SubjectType: "form", SubjectID: a.Form.ID,
		Detail: map[string]any{"name": a.Form.Name, "from": original.ID}})
}
