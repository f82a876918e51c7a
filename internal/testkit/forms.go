package testkit

import (
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/models"
)

// PlacesList makes a drop-down list of countries with their cities.
func (w *World) PlacesList(t testing.TB) models.SelectFieldType {
	t.Helper()
	list := actions.SaveList{Name: "Places"}
	w.Run(t, w.As(t, w.Ada), &list)
	w.Run(t, w.As(t, w.Ada), &actions.AddListOptions{ListID: list.List.ID, Lines: "Portugal\n  Lisbon\n  Porto\nSpain\n  Madrid"})
	return list.List
}

// PreForm makes a form of a type that asks for a phone number and, if the candidate wants to say, a day.
func (w *World) PreForm(t testing.TB, kind models.FormType) models.Form {
	t.Helper()
	form := actions.SaveForm{Name: "Before we start", Type: kind, Parts: []models.FormPart{{Name: "About you", Fields: map[string]models.FormField{
		"1": {ID: "phone", Name: "phone", Type: "tel", Label: "Telephone", Required: true},
		"2": {ID: "start", Name: "start", Type: "date", Label: "Could begin on"}}}}}
	w.Run(t, w.As(t, w.Ada), &form)
	return form.Form
}
