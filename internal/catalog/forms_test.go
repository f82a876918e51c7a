package catalog_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestAFormHoldsFieldsThatCanBeShown(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		form := func(fields, more string) string {
			return fmt.Sprintf(`{"type":3,"name":"About you","structure":[{"name":"You","fields":{%s}}]%s}`, fields, more)
		}
		for what, body := range map[string]string{
			"no such field type": form(`"1":{"name":"a","type":"magic"}`, ""),
			"a name twice":       form(`"1":{"name":"a","type":"text"},"2":{"name":"a","type":"text"}`, ""),
			"a gap":              form(`"1":{"name":"a","type":"text"},"3":{"name":"b","type":"text"}`, ""),
			"no name":            form(`"1":{"type":"text"}`, ""),
			"nothing to choose":  form(`"1":{"name":"a","type":"select"}`, ""),
			"fields in a list":   `{"type":3,"name":"X","structure":[{"name":"You","fields":[{"name":"a"}]}]}`,
			"no such form type":  `{"type":77,"name":"X"}`,
			"an end first":       `{"type":3,"name":"X","start_date":"2026-02-01","end_date":"2026-01-01"}`,
		} {
			rita.refused(what, fault.Invalid, "models.form", resource.Create, 0, body)
		}
		made := rita.wrote("models.form", resource.Create, 0, form(`"1":{"name":"first","type":"text","label":"First name","required":true},"2":{"name":"last","type":"text"}`, `,"custom_url":"me"`))
		if said := said(t, made); !strings.Contains(said, `"fieldKeys":["First name"]`) || !strings.Contains(said, `"id":"last","name":"last","type":"text","label":"last"`) ||
			made.Get("url") != "me" || made.Get("is_editable") != true {
			t.Errorf("made %s", said)
		}
		changed := rita.wrote("models.form", resource.Update, keyOf(made), `{"fieldKeys":["last"],"is_editable":false}`)
		if said := said(t, changed); !strings.Contains(said, `"label":"last","required":true`) || strings.Count(said, `"required":true`) != 1 {
			t.Errorf("changed to %s", said)
		}
		rita.refused("what is not to be edited", fault.Conflict, "models.form", resource.Update, keyOf(made), `{"structure":[]}`)
		if empty := said(t, rita.wrote("models.form", resource.Create, 0, `{"type":1,"name":"Empty"}`)); !strings.Contains(empty, `"structure":[]`) || !strings.Contains(empty, `"fieldKeys":[]`) {
			t.Errorf("an empty form is %s", empty)
		}
		rita.wrote("models.form", resource.Delete, keyOf(made), "")
		if got := rita.ids("models.form", "is_deleted=true"); len(got) != 1 {
			t.Errorf("deleted forms: %v", got)
		}
	})
}

func said(t *testing.T, o resource.Object) string {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatACandidateFilledInIsHiddenFromBlindReview(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		c := open(t, w)
		rita, paul := asker{t, w, c, w.Rita}, asker{t, w, c, w.Paul}
		done := w.Finished(t, w.Assessment(t), 1)[0]
		essay := w.EssayOf(t, done)
		w.Assign(t, essay, w.Paul)
		instance := models.FormInstance{Owned: essay.Owned, Status: models.FormComplete, FormID: w.Form(t).ID, AssessmentCandidateID: &done.ID,
			AssessmentSectionCandidateID: &essay.ID, Data: []models.FormValue{{Key: "1", Name: "city", Label: "City", Value: "Porto"}}}
		if err := w.DB.Write.Create(&instance).Error; err != nil {
			t.Fatal(err)
		}
		see := func(when string, a asker, want int) {
			t.Helper()
			if got := a.ids("form-instance", ""); len(got) != want {
				t.Errorf("%s: %v, want %d", when, got, want)
			}
		}
		see("the panelist", paul, 1)
		if got := paul.ids("assessment-candidate", "s=cleo"); len(got) != 1 {
			t.Errorf("found by name: %v", got)
		}
		err := w.DB.Write.Model(&models.AssessmentSection{}).Where("id = ?", essay.AssessmentSectionID).Update("is_blind", true).Error
		if err != nil {
			t.Fatal(err)
		}
		see("the panelist of a blind section", paul, 0)
		paul.wrote("evaluation", resource.Create, 0, verdict(&essay, "hold"))
		see("the same, afterwards", paul, 0)
		see("the recruiter", rita, 1)
		if got := paul.ids("assessment-candidate", "s=cleo"); len(got) != 0 {
			t.Errorf("found by a hidden name: %v", got)
		}
	})
}
