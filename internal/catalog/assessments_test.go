package catalog_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func (a asker) refused(what string, kind fault.Kind, name string, verb resource.Verb, id int64, body string) {
	a.t.Helper()
	if _, err := a.write(name, verb, id, body); fault.KindOf(err) != kind {
		a.t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

func (a asker) wrote(name string, verb resource.Verb, id int64, body string) resource.Object {
	a.t.Helper()
	o, err := a.write(name, verb, id, body)
	if err != nil {
		a.t.Fatalf("%s %s %s: %v", verb, name, body, err)
	}
	return o
}

func keyOf(o resource.Object) int64 { return o.Get("id").(int64) }

func TestAnAssessmentKeepsWhatABodyDoesNotName(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		made := rita.wrote("assessment", resource.Create, 0, `{"title":"Dispatcher","description":"<p>Two parts</p><script>x</script>","external_id":"D1","end_date":"2026-05-01 10:00:00+00"}`)
		id := keyOf(made)
		if made.Get("status_id") != models.AssessmentDraft || made.Get("description") != "<p>Two parts</p>" || made.Get("owned_by") != w.Rita.ID {
			t.Errorf("made %v", made)
		}
		changed := rita.wrote("assessment", resource.Update, id, `{"title":"Night dispatcher","status_id":null}`)
		if changed.Get("title") != "Night dispatcher" || changed.Get("external_id") != "D1" || changed.Get("end_date") != "2026-05-01T10:00:00+00:00" {
			t.Errorf("changed to %v", changed)
		}
		if changed.Get("invitedCount") != int64(0) || changed.Get("hasLargeForm") != false {
			t.Errorf("the answer to a write has no counts: %v", changed)
		}
		rita.refused("an assessment that asks nothing is opened", fault.Conflict, "assessment", resource.Update, id, `{"status_id":3}`)
		rita.refused("an unknown status", fault.Invalid, "assessment", resource.Update, id, `{"status":"upside down"}`)
		rita.refused("another firm's owner", fault.Invalid, "assessment", resource.Update, id, `{"owned_by":`+str(w.Otto.ID)+`}`)
		rita.refused("an end before the start", fault.Invalid, "assessment", resource.Update, id, `{"start_date":"2026-06-01"}`)
		for query, finds := range map[string]bool{"status=draft": true, "status[id]=1": true, "status=3": false, "title=NIGHT": true, "title=day": false} {
			if got := slices.Contains(rita.ids("assessment", query), id); got != finds {
				t.Errorf("assessment?%s finds it: %v", query, got)
			}
		}
		rita.wrote("assessment", resource.Delete, id, "")
		if got := rita.ids("assessment", "id="+str(id)); len(got) != 0 {
			t.Errorf("listed after it was deleted: %v", got)
		}
	})
}

func TestAssessmentsCountTheirCandidatesWhenAsked(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		assessment := w.Assessment(t)
		w.Finished(t, assessment, 2)
		w.Invited(t, assessment, w.Candidate(t, 4))
		plain := rita.list("assessment", "id="+str(assessment.ID)).Objects[0]
		if plain.Get("attendedCount") != nil || plain.Get("hasLive") != false || plain.Get("first_assessment_section_id") == nil {
			t.Errorf("without asking: %v", plain)
		}
		asked := rita.list("assessment", "id="+str(assessment.ID)+"&expand=attendedCount,invitedCount,addedCount").Objects[0]
		if asked.Get("attendedCount") != int64(2) || asked.Get("invitedCount") != int64(0) || asked.Get("addedCount") != int64(1) {
			t.Errorf("counted %v, %v, %v", asked.Get("attendedCount"), asked.Get("invitedCount"), asked.Get("addedCount"))
		}
	})
}

func TestAssessmentsAreFoundByCustomValues(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		field := models.CustomField{Owned: models.Owned{OrganizationID: w.Acme.ID}, Key: "site", Label: "Site", Type: models.AssessmentField}
		if err := w.DB.Write.Create(&field).Error; err != nil {
			t.Fatal(err)
		}
		id := keyOf(rita.wrote("assessment", resource.Create, 0, `{"title":"A","description":"","cf":{"site":"Porto"}}`))
		rita.wrote("assessment", resource.Create, 0, `{"title":"B","description":""}`)
		if got := rita.ids("assessment", "cf[site]=porto"); !slices.Equal(got, []int64{id}) {
			t.Errorf("found %v, want %d", got, id)
		}
		if got := rita.ids("assessment", "cf[site]=Lisbon"); len(got) != 0 {
			t.Errorf("found %v by another value", got)
		}
		rita.refused("an unknown custom field", fault.Invalid, "assessment", resource.Update, id, `{"cf":{"colour":"red"}}`)
	})
}

// placed is a body that places a section.
func placed(assessment, section int64, more string) string {
	return fmt.Sprintf(`{"is_review":true,"isSkipAllowed":true,"isRetake":true,"isPlaylist":true,"section_id":%d,"assessment_id":%d,
		"questionDisplayTime":0,"evaluation_end_date":"2026-09-01","section_type_id":6%s}`, section, assessment, more)
}

const objective = `,"max_section_time":600,"cut_off":40,"positive_mark":2,"negative_mark":0.5`

func TestSectionsArePlacedInDraftsOnly(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		running := w.Assessment(t)
		used := rita.list("models.assessment-section", "assessment_id="+str(running.ID)+"&section_type_id[0]=6&section_type_id[1]=9").Objects
		if len(used) != 1 {
			t.Fatalf("%d objective sections", len(used))
		}
		section, placedID := used[0].Get("section_id").(int64), keyOf(used[0])
		rita.refused("a section of an open assessment is changed", fault.Conflict, "models.assessment-section", resource.Update, placedID, `{"cut_off":10}`)
		rita.refused("a section of an open assessment is removed", fault.Conflict, "models.assessment-section", resource.Delete, placedID, "")
		rita.refused("a section comes into an open assessment", fault.Conflict, "models.assessment-section", resource.Create, 0, placed(running.ID, section, objective))

		draft := keyOf(rita.wrote("assessment", resource.Create, 0, `{"title":"Draft","description":""}`))
		rita.refused("no limits", fault.Invalid, "models.assessment-section", resource.Create, 0, placed(draft, section, ""))
		rita.refused("no such section", fault.Invalid, "models.assessment-section", resource.Create, 0, placed(draft, 999999, objective))
		rita.refused("no such assessment", fault.Invalid, "models.assessment-section", resource.Create, 0, placed(999999, section, objective))
		rita.refused("another type", fault.Invalid, "models.assessment-section", resource.Create, 0,
			placed(draft, rita.list("models.assessment-section", "assessment_id="+str(running.ID)+"&section_type_id=4").Objects[0].Get("section_id").(int64), objective))
		made := rita.wrote("models.assessment-section", resource.Create, 0, placed(draft, section, objective))
		if made.Get("section_id") == section || made.Get("positive_mark") != "2.00" || made.Get("negative_mark") != "0.50" || made.Get("isRetake") != true || made.Get("is_visible") != true {
			t.Errorf("placed %v", made)
		}
		if got := rita.ids("section-question", "section_id="+str(made.Get("section_id").(int64))); len(got) != 1 {
			t.Errorf("the copy has slots %v", got)
		}
		rita.refused("the limit is taken away", fault.Invalid, "models.assessment-section", resource.Update, keyOf(made), `{"max_section_time":null}`)
		if changed := rita.wrote("models.assessment-section", resource.Update, keyOf(made), `{"isRetake":false}`); changed.Get("is_retake") != false || changed.Get("max_section_time") != 600 {
			t.Errorf("changed to %v", changed)
		}
		essay := rita.list("models.assessment-section", "assessment_id="+str(running.ID)+"&section_type_id=4").Objects[0].Get("section_id").(int64)
		before := made.Get("section_id").(int64)
		replaced := rita.wrote("models.assessment-section", resource.Update, keyOf(made), `{"section_id":`+str(essay)+`}`)
		if now := replaced.Get("section_id"); now == before || now == essay || len(rita.ids("section", "id="+str(before))) != 0 || len(rita.ids("section", "id="+str(essay))) != 1 {
			t.Errorf("another section in its place: %v", replaced)
		}
		rita.wrote("models.assessment-section", resource.Delete, keyOf(made), "")
		if got := rita.ids("models.assessment-section", "assessment_id="+str(draft)); len(got) != 0 {
			t.Errorf("still placed: %v", got)
		}
	})
}

func TestSlotsAreThreeViewsOfOneList(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		running := w.Assessment(t)
		section := rita.list("models.assessment-section", "assessment_id="+str(running.ID)+"&section_type_id=6").Objects[0].Get("section_id").(int64)
		draft := keyOf(rita.wrote("assessment", resource.Create, 0, `{"title":"Draft","description":""}`))
		mine := rita.wrote("models.assessment-section", resource.Create, 0, placed(draft, section, objective)).Get("section_id").(int64)
		question := rita.list("section-question", "section_id="+str(mine)).Objects[0].Get("question_id").(int64)
		skill := rita.ids("skill", "")[0]

		slot := fmt.Sprintf(`{"section_id":%d,"skill_id":%d,"q_count":2,"q_order":5}`, mine, skill)
		drawn := rita.wrote("section-skill", resource.Create, 0, slot)
		if drawn.Get("q_order") != 5 || drawn.Get("is_mandatory") != nil {
			t.Errorf("drawn %v", drawn)
		}
		for name, want := range map[string]int{"section-question": 1, "section-skill": 1, "section-combined": 2} {
			if got := rita.ids(name, "section_id="+str(mine)); len(got) != want {
				t.Errorf("%s: %v, want %d", name, got, want)
			}
		}
		rita.refused("a question twice", fault.Conflict, "section-question", resource.Create, 0, fmt.Sprintf(`{"section_id":%d,"question_id":%d,"question_order":9}`, mine, question))
		rita.refused("an essay among choices", fault.Invalid, "section-question", resource.Create, 0,
			fmt.Sprintf(`{"section_id":%d,"question_id":%d,"question_order":9}`, mine, w.Essay(t).ID))
		rita.refused("nothing in the slot", fault.Invalid, "section-combined", resource.Create, 0, fmt.Sprintf(`{"section_id":%d,"sort_order":1}`, mine))
		rita.refused("nothing drawn", fault.Invalid, "section-skill", resource.Update, keyOf(drawn), `{"q_count":0}`)
		rita.refused("into an open assessment", fault.Conflict, "section-skill", resource.Create, 0, fmt.Sprintf(`{"section_id":%d,"skill_id":%d,"q_count":1,"q_order":1}`, section, skill))
		rita.refused("moved into an open assessment", fault.Conflict, "section-skill", resource.Update, keyOf(drawn), `{"section_id":`+str(section)+`}`)
		if _, err := rita.c.Named("section-skill").Resource.View(context.Background(), w.DB.Read, rita.ask(""), rita.ids("section-question", "section_id="+str(mine))[0]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a question is seen as a skill: %v", err)
		}
		if got := rita.list("section", "id="+str(mine)).Objects[0]; got.Get("questionsCount") != int64(3) || got.Get("type") != "Objective" || got.Get("type_id") != got.Get("section_type_id") {
			t.Errorf("the section says %v", got)
		}
		rita.wrote("section-skill", resource.Delete, keyOf(drawn), "")
	})
}

func TestParametersLieOnTheirScale(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := asker{t, w, open(t, w), w.Rita}
		p := rita.wrote("parameter", resource.Create, 0, `{"name":" Calm  voice "}`)
		if p.Get("name") != "Calm voice" || p.Get("type") != models.NumericParameter || p.Get("max_value") != nil {
			t.Errorf("made %v", p)
		}
		rita.refused("beyond the scale", fault.Invalid, "parameter", resource.Create, 0, `{"name":"X","max_value":5,"recommended_value":6}`)
		rita.refused("no such type", fault.Invalid, "parameter", resource.Create, 0, `{"name":"X","type":3}`)
		running := w.Assessment(t)
		section := rita.list("models.assessment-section", "assessment_id="+str(running.ID)+"&section_type_id=4").Objects[0].Get("section_id").(int64)
		rita.refused("attached to an open assessment", fault.Conflict, "section-parameter", resource.Create, 0,
			fmt.Sprintf(`{"parameter_id":%d,"section_id":%d}`, keyOf(p), section))
	})
}
