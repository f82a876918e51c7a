package actions

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

const mostFormFields = 200

// fieldTypes are what a field of a form may be; those of choices need options.
var (
	fieldTypes  = []string{"text", "textarea", "number", "date", "email", "tel", "url", "select", "radio", "checkbox", "file"}
	choiceTypes = []string{"select", "radio"}
	listTypes   = []string{"select", "radio", "checkbox"}
)

// SettleForm checks a form and completes it: every field has a key and a name of its own, a type that can be shown, and a
// place from 1. Fields named by their label in fieldKeys are required; without fieldKeys those are the required ones.
func SettleForm(_ context.Context, change *resource.Change) error {
	f, bad := change.Row.(*models.Form), fault.Fields{}
	if change.Verb == resource.Delete {
		return nil
	}
	_, says := change.Values["is_editable"]
	if change.Verb == resource.Create && !says {
		f.IsEditable = true
	}
	f.Structure = ownParts(f.Structure)
	if f.Name = strings.TrimSpace(f.Name); f.Name == "" {
		bad["name"] = "Give the form a name."
	}
	if !f.Type.Valid() {
		bad["type"] = fmt.Sprintf("Choose a type from 1 to %d.", models.EventRegistrationForm)
	}
	if f.StartDate != nil && f.EndDate != nil && !f.EndDate.After(*f.StartDate) {
		bad["end_date"] = "The end must come after the start."
	}
	_, structured := change.Values["structure"]
	problem := structureProblem(f.Structure)
	if problem == "" && structured {
		var err error
		if problem, err = unknownList(stepOf(change), *f); err != nil {
			return err
		}
	}
	if problem != "" {
		bad["structure"] = problem
	}
	if f.URL == nil || *f.URL == "" {
		f.URL = f.CustomURL
	}
	_, keyed := change.Values["fieldKeys"]
	requireFields(f, keyed)
	if was, ok := change.Was.(*models.Form); ok && !was.IsEditable && !f.IsEditable && !reflect.DeepEqual(was.Structure, f.Structure) {
		return fault.New(fault.Conflict, "This form is not to be edited.")
	}
	return fault.Refuse(bad)
}

// ownParts copies parts, so that completing them leaves alone what stood there before.
func ownParts(parts []models.FormPart) []models.FormPart {
	own := append([]models.FormPart{}, parts...)
	for i := range own {
		own[i].Fields = maps.Clone(own[i].Fields)
	}
	return own
}

// structureProblem completes the parts and fields of a form, and says what is wrong with them; "" when nothing is.
func structureProblem(parts []models.FormPart) string {
	keys, names, selects, count := map[string]bool{}, map[string]bool{}, map[string]bool{}, 0
	for i := range parts {
		if parts[i].ID == 0 {
			parts[i].ID = i + 1
		}
		count += len(parts[i].Fields)
		for n := 1; n <= len(parts[i].Fields); n++ {
			field, ok := parts[i].Fields[strconv.Itoa(n)]
			if !ok {
				return "The fields of a part are numbered from 1, without gaps."
			}
			completeField(&field)
			if problem := fieldProblem(field); problem != "" {
				return problem
			}
			if keys[field.ID] || names[field.Name] {
				return fmt.Sprintf("Two fields are called %s.", field.Name)
			}
			if field.DependsOn != "" && !selects[field.DependsOn] {
				return fmt.Sprintf("%s depends on a field that is no drop-down list before it.", field.Label)
			}
			selects[field.ID] = field.Type == "select"
			keys[field.ID], names[field.Name], parts[i].Fields[strconv.Itoa(n)] = true, true, field
		}
	}
	if count > mostFormFields {
		return fmt.Sprintf("A form has at most %d fields.", mostFormFields)
	}
	return ""
}

func completeField(f *models.FormField) {
	f.Name, f.ID, f.Type = strings.TrimSpace(f.Name), strings.TrimSpace(f.ID), strings.ToLower(strings.TrimSpace(f.Type))
	if f.ID == "" {
		f.ID = f.Name
	}
	if f.Label = strings.TrimSpace(f.Label); f.Label == "" {
		f.Label = f.Name
	}
}

func fieldProblem(f models.FormField) string {
	switch {
	case f.Name == "":
		return "Every field needs a name."
	case !slices.Contains(fieldTypes, f.Type):
		return fmt.Sprintf("%s is of type %q; a field is one of %s.", f.Name, f.Type, strings.Join(fieldTypes, ", "))
	case slices.Contains(choiceTypes, f.Type) && len(f.Options) == 0 && f.ListID == 0:
		return fmt.Sprintf("%s offers nothing to choose from: give it options.", f.Label)
	case f.ListID != 0 && !slices.Contains(listTypes, f.Type):
		return fmt.Sprintf("%s offers no choices, so it takes none from a list.", f.Label)
	case f.DependsOn != "" && (f.Type != "select" || f.ListID == 0):
		return fmt.Sprintf("%s depends on another field, so it must be a drop-down with a list.", f.Label)
	}
	return ""
}

// unknownList says which field takes its options from a list that there is not; "" when none does.
func unknownList(w *Work, f models.Form) (string, error) {
	wanted := f.Lists()
	if len(wanted) == 0 {
		return "", nil
	}
	var known []int64
	err := w.Own().Model(&models.SelectFieldType{}).Where("id IN ? AND NOT is_deleted", wanted).Pluck("id", &known).Error
	if err != nil {
		return "", fmt.Errorf("look for drop-down lists: %w", err)
	}
	for _, part := range f.Structure {
		for _, field := range part.InOrder() {
			if field.ListID != 0 && !slices.Contains(known, field.ListID) {
				return fmt.Sprintf("%s takes its options from a list that does not exist.", field.Label), nil
			}
		}
	}
	return "", nil
}

// requireFields keeps fieldKeys and what the fields say of themselves equal. Keyed tells whether the body named the keys.
func requireFields(f *models.Form, keyed bool) {
	required := []string{}
	for i := range f.Structure {
		for n := 1; n <= len(f.Structure[i].Fields); n++ {
			place := strconv.Itoa(n)
			field := f.Structure[i].Fields[place]
			if keyed {
				field.Required = slices.Contains(f.FieldKeys, field.Label)
				f.Structure[i].Fields[place] = field
			}
			if field.Required {
				required = append(required, field.Label)
			}
		}
	}
	if !keyed {
		f.FieldKeys = required
	}
}

// SettleFormFile checks which field a file answers.
func SettleFormFile(_ context.Context, change *resource.Change) error {
	f := change.Row.(*models.FormInstanceFile)
	if f.Key = strings.TrimSpace(f.Key); f.Key == "" && change.Verb != resource.Delete {
		return fault.Field("key", "Say which field the file answers.")
	}
	return nil
}
