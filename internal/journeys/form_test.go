package journeys_test

import (
	"fmt"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// TestAFormFromTheBuilderToTheEvaluation makes a form with dependent drop-downs, has a section ask for it, fills it in as
// the candidate, and reads it beside the answers.
func TestAFormFromTheBuilderToTheEvaluation(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	w.PlacesList(t)
	essay, hour := w.Essay(t), 3600
	made := actions.CreateAssessment{Title: "Harbour pilot", Sections: []actions.SectionInput{{Title: "In your words", Type: models.EssaySection,
		MaxSectionTime: &hour, Combined: []actions.SlotInput{{QuestionID: &essay.ID}}}}}
	w.Record(t, w.As(t, w.Rita), &made)
	ada := signIn(t, w, w.Ada)
	makeForm(ada)
	var placed models.AssessmentSection
	if err := w.DB.Read.Where("assessment_id = ?", made.Assessment.ID).First(&placed).Error; err != nil {
		t.Fatal(err)
	}
	attach(ada, made.Assessment.ID, placed.ID)
	open := actions.SetAssessmentStatus{ID: made.Assessment.ID, Status: models.AssessmentOpen}
	w.Run(t, w.As(t, w.Rita), &open)

	p := w.Invited(t, open.Assessment, w.Candidate(t, 0))
	attempt := w.Attempts(t, p)[0]
	cleo := w.Browser(t)
	cleo.Open(w.Link(t, p))
	fillForm(t, cleo, p.VerifyCode)

	w.Assign(t, attempt, w.Paul)
	paul := signIn(t, w, w.Paul)
	paul.Open(fmt.Sprintf("/evaluations/%d", attempt.ID))
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
	b.Show("#f-depends-3 option[value=field_1]")
	testkit.Eval[bool](b, `(() => { const e = document.getElementById("f-depends-3"); e.value = "field_1"; e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	b.Show("#form-preview select[data-depends-on]")
	b.Click("Make the form")
	b.See("Saved “Where you live”.")
}

func attach(b *testkit.Browser, assessment, section int64) {
	b.Open(fmt.Sprintf("/assessments/%d/build?section=%d", assessment, section))
	b.Click("Evaluation and forms")
	b.Choose("Form before the section", "Where you live")
	b.Click("Save evaluation")
	b.See("Evaluation saved.")
}

func fillForm(t *testing.T, b *testkit.Browser, code string) {
	t.Helper()
	b.Fill("Verification code", code)
	b.Click("Go on")
	b.Click("I have read this and agree")
	b.Click("Continue")
	b.Click("Read the instructions")
	b.Click("Fill in the form")
	b.Choose("Country", "Portugal")
	b.Show("#f-field-field_2 optgroup[label=Portugal]")
	if n := testkit.Eval[int](b, `document.querySelectorAll("#f-field-field_2 optgroup").length`); n != 1 {
		t.Errorf("%d groups of cities are offered for one country", n)
	}
	b.Choose("City", "Porto")
	b.Click("Save and go on")
	b.See("Start, the clock begins")
}
