package journeys_test

import (
	"fmt"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// TestAFormFromTheBuilderToTheEvaluation makes a form with dependent drop-downs, has a section ask for it, fills it in as
// the candidate, and reads it beside the answers.
func TestAFormFromTheBuilderToTheEvaluation(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.PlacesList(t)
	assessment := w.Assessment(t)
	p := w.Invited(t, assessment, w.Candidate(t, 0))
	essay := w.EssayOf(t, p)
	ada := signIn(t, w, w.Ada)
	makeForm(ada)

	var form models.Form
	if err := w.DB.Read.Where("name = ?", "Where you live").First(&form).Error; err != nil {
		t.Fatal(err)
	}
	if err := w.DB.Write.Model(&models.Section{}).Where("id = ?", essay.SectionID).Update("form_id", form.ID).Error; err != nil {
		t.Fatal(err)
	}
	cleo := w.Browser(t)
	cleo.Open(w.LinkOf(t, p))
	fillForm(cleo, w.CodeOf(t, p), essay.ID)

	w.Assign(t, essay, w.Paul)
	paul := signIn(t, w, w.Paul)
	paul.Open(fmt.Sprintf("/evaluations/%d", essay.ID))
	paul.See("Where you live")
	paul.See("Porto")
}

func makeForm(b *testkit.Browser) {
	b.Open("/admin/forms")
	b.Click("Make the first one")
	b.Fill("Name", "Where you live")
	b.Fill("Label", "Country")
	b.Choose("Kind", "Drop-down")
	b.Choose("Or from a list", "Places")
	b.Click("Add a field")
	b.Show("#f-label-3")
	testkit.Eval[bool](b, `(() => { const set = (id, v) => { const e = document.getElementById(id); e.value = v; e.dispatchEvent(new Event("change", {bubbles: true})) };
		set("f-label-3", "City"); set("f-type-3", "select"); set("f-list-3", document.getElementById("f-list-2").value); return true })()`)
	b.Click("Preview")
	b.Show("#f-depends-3 option[value=field_1]")
	testkit.Eval[bool](b, `(() => { const e = document.getElementById("f-depends-3"); e.value = "field_1"; e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	b.Show("#form-preview select[data-depends-on]")
	b.Click("Make the form")
	b.See("Saved “Where you live”.")
}

func fillForm(b *testkit.Browser, code string, attempt int64) {
	b.Fill("Verification code", code)
	b.Click("Go on")
	b.Open(fmt.Sprintf("/attend/sections/%d/form", attempt))
	b.Choose("Country", "Portugal")
	b.Show("#f-field-field_2 optgroup[label=Portugal]")
	if n := testkit.Eval[int](b, `document.querySelectorAll("#f-field-field_2 optgroup").length`); n != 1 {
		panic(fmt.Sprintf("%d groups of cities are offered for one country", n))
	}
	b.Choose("City", "Porto")
	b.Click("Save and go on")
	b.Miss("Where you live")
}
