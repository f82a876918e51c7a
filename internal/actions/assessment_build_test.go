package actions_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// draft is a draft of Rita's with one timed objective section.
func draft(t *testing.T, w *testkit.World) (models.Assessment, models.AssessmentSection) {
	t.Helper()
	create := actions.CreateAssessment{Title: "Planner"}
	w.Record(t, w.As(t, w.Rita), &create)
	limit := 1500
	add := actions.AddSection{AssessmentID: create.Assessment.ID,
		SectionInput: actions.SectionInput{Title: "Knowledge", Type: models.ObjectiveSection, MaxSectionTime: &limit}}
	w.Run(t, w.As(t, w.Rita), &add)
	return create.Assessment, add.Placed
}

func skillOf(t *testing.T, w *testkit.World, name string) models.Skill {
	t.Helper()
	var skill models.Skill
	if err := w.DB.Read.Where("name = ? AND organization_id = ?", name, w.Acme.ID).First(&skill).Error; err != nil {
		t.Fatal(err)
	}
	return skill
}

func plan(t *testing.T, w *testkit.World, a models.Assessment) models.AssessmentPlan {
	t.Helper()
	if err := w.DB.Read.First(&a, a.ID).Error; err != nil {
		t.Fatal(err)
	}
	p, err := actions.LoadPlan(w.DB.Read, a)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// noted tells how many entries of the ledger have the verb.
func noted(t *testing.T, w *testkit.World, verb string) int64 {
	t.Helper()
	var n int64
	if err := w.DB.Read.Model(&models.AuditEntry{}).Where("verb = ?", verb).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnAssessmentGrowsAndIsOpened(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		assessment, section := draft(t, w)
		first, second := w.Capital(t), w.Capital(t)
		pick := actions.PickQuestions{SectionID: section.ID, Questions: []int64{first.ID, second.ID, first.ID}}
		w.Run(t, rita, &pick)
		if pick.Added != 2 {
			t.Errorf("%d questions came in, want 2", pick.Added)
		}
		w.Capital(t)
		draw := actions.AddDraw{SectionID: section.ID, At: 1, Draw: actions.Draw{SkillID: skillOf(t, w, "Geography").ID, Count: 2}}
		w.Run(t, rita, &draw)
		if err := w.Runner.Run(context.Background(), rita, &actions.SetAssessmentStatus{ID: assessment.ID, Status: models.AssessmentOpen}); fault.KindOf(err) != fault.Conflict ||
			!strings.Contains(err.Error(), "2 questions are to be drawn from Geography where 1 match") {
			t.Errorf("opening gave %v", err)
		}
		w.Run(t, rita, &actions.UpdateDraw{SectionID: section.ID, SlotID: draw.Slot.ID, Draw: actions.Draw{SkillID: *draw.Slot.SkillID, Count: 1}})
		w.Run(t, rita, &actions.MoveSlot{SectionID: section.ID, SlotID: draw.Slot.ID, To: 3})
		slots := plan(t, w, assessment).Sections[0].Slots
		if len(slots) != 3 || !slots[2].IsDrawn() || *slots[0].QuestionID != first.ID || slots[2].SortOrder != 3 {
			t.Errorf("slots: %+v", slots)
		}
		w.Run(t, rita, &actions.RemoveSlot{SectionID: section.ID, SlotID: slots[0].ID})
		rules := section.Rules()
		rules.ShuffleChoices, rules.IsSkipAllowed, rules.PositiveMark, rules.NegativeMark = true, false, 3, 1
		w.Run(t, rita, &actions.UpdateSection{ID: section.ID, Title: "What you know", SectionRules: rules})
		w.Run(t, rita, &actions.SetAssessmentStatus{ID: assessment.ID, Status: models.AssessmentOpen})
		p := plan(t, w, assessment)
		placed := p.Sections[0].Placed
		if p.Assessment.StatusID != models.AssessmentOpen || placed.PositiveMark != 3 || placed.IsSkipAllowed || !placed.ShuffleChoices ||
			p.Sections[0].Section.Title != "What you know" || p.Sections[0].Total() != 2 {
			t.Errorf("got %+v", p)
		}
		for _, verb := range []string{"create-assessment", "add-section", "pick-questions", "add-draw", "update-draw", "move-slot", "remove-slot",
			"update-section", "set-assessment-status"} {
			if noted(t, w, verb) != 1 {
				t.Errorf("the ledger has %d entries of %s", noted(t, w, verb), verb)
			}
		}
	})
}

func TestOnlyADraftIsBuilt(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		assessment := w.Assessment(t)
		p := plan(t, w, assessment)
		section, slot := p.Sections[0].Placed.ID, p.Sections[0].Slots[0].ID
		skill := skillOf(t, w, "Geography").ID
		question := w.Capital(t).ID
		one := actions.Draw{SkillID: skill, Count: 1}
		structural := []func() actions.Action{
			func() actions.Action {
				return &actions.AddSection{AssessmentID: assessment.ID, SectionInput: actions.SectionInput{Title: "x", Type: models.EssaySection}}
			},
			func() actions.Action {
				return &actions.UpdateSection{ID: section, Title: "x", SectionRules: p.Sections[0].Placed.Rules()}
			},
			func() actions.Action { return &actions.MoveSection{ID: section, To: 2} },
			func() actions.Action { return &actions.RemoveSection{ID: section} },
			func() actions.Action { return &actions.PickQuestions{SectionID: section, Questions: []int64{question}} },
			func() actions.Action { return &actions.AddDraw{SectionID: section, Draw: one} },
			func() actions.Action { return &actions.UpdateDraw{SectionID: section, SlotID: slot, Draw: one} },
			func() actions.Action { return &actions.MoveSlot{SectionID: section, SlotID: slot, To: 1} },
			func() actions.Action { return &actions.RemoveSlot{SectionID: section, SlotID: slot} },
			func() actions.Action { return &actions.SetEvaluation{SectionID: section} },
		}
		for _, make := range structural {
			for user, want := range map[*models.User]fault.Kind{&w.Rita: fault.Conflict, &w.Otto: fault.NotFound, &w.Paul: fault.Forbidden} {
				if err := w.Runner.Run(context.Background(), w.As(t, *user), make()); fault.KindOf(err) != want {
					t.Errorf("%T by %s: got %v, want %s", make(), user.Name, err, want)
				}
			}
		}
	})
}

func TestStatusForbidsAndAllows(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, assessment, cleo := w.As(t, w.Rita), w.Assessment(t), w.Candidate(t, 0)
		set := func(to models.AssessmentStatus) error {
			return w.Runner.Run(context.Background(), rita, &actions.SetAssessmentStatus{ID: assessment.ID, Status: to})
		}
		invite := func() error {
			_, err := w.Runner.Record(context.Background(), rita, &actions.Invite{AssessmentID: assessment.ID,
				EndDate: w.Clock.Now().Add(time.Hour), Candidates: []actions.CandidateRef{{ID: cleo.ID}}})
			return err
		}
		rows := []struct {
			to          models.AssessmentStatus
			want        fault.Kind
			mayInvite   bool
			mayAttendIn models.AssessmentStatus
		}{
			{models.AssessmentDraft, fault.Conflict, true, models.AssessmentOpen},
			{models.AssessmentClosed, "", false, models.AssessmentClosed},
			{models.AssessmentFilled, "", false, models.AssessmentFilled},
			{models.AssessmentOpen, "", true, models.AssessmentOpen},
			{99, fault.Invalid, true, models.AssessmentOpen},
		}
		for _, row := range rows {
			if err := set(row.to); fault.KindOf(err) != row.want {
				t.Errorf("to %s: %v, want %q", row.to.Label(), err, row.want)
			}
			if err := invite(); (err == nil) != row.mayInvite {
				t.Errorf("inviting after %s: %v", row.to.Label(), err)
			}
			now := plan(t, w, assessment).Assessment
			if now.StatusID != row.mayAttendIn || now.IsAttendableAt(w.Clock.Now()) != (now.StatusID == models.AssessmentOpen) {
				t.Errorf("after %s it is %s", row.to.Label(), now.StatusID.Label())
			}
		}
	})
}

func TestCreatingOpenAssessmentsPassesTheBlockers(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		_, err := w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.CreateAssessment{Title: "Empty", Status: models.AssessmentOpen})
		if fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), "no section") {
			t.Errorf("got %v", err)
		}
		var n int64
		w.DB.Read.Model(&models.Assessment{}).Count(&n)
		if n != 0 {
			t.Errorf("%d assessments were left behind", n)
		}
		foreign := w.Otto.ID
		_, err = w.Runner.Record(context.Background(), w.As(t, w.Rita), &actions.CreateAssessment{Title: "Foreign", OwnedBy: &foreign})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a foreign owner gave %v", err)
		}
		from := w.Assessment(t)
		again := actions.CreateAssessment{Title: "Again", TemplateID: &from.ID, Status: models.AssessmentOpen}
		w.Record(t, w.As(t, w.Rita), &again)
		if got := len(plan(t, w, again.Assessment).Sections); got != 2 {
			t.Errorf("%d sections were copied", got)
		}
	})
}

func TestDetailsChangeInEveryState(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, assessment := w.As(t, w.Rita), w.Assessment(t)
		later, past := w.Clock.Now().Add(48*time.Hour), w.Clock.Now().Add(-time.Hour)
		zero := 0
		site := models.CustomField{Owned: models.Owned{OrganizationID: w.Acme.ID}, Type: models.AssessmentField, Label: "Site", Key: "site"}
		if err := w.DB.Write.Create(&site).Error; err != nil {
			t.Fatal(err)
		}
		update := func() *actions.UpdateAssessment {
			return &actions.UpdateAssessment{ID: assessment.ID, Title: "Dispatcher, Porto", Description: "<p>Night <script>x</script></p>",
				EndDate: &later, OwnedBy: &w.Ada.ID, OutageCreditCap: &zero, CF: map[string]any{"site": "Porto"},
				Collaborators: &[]actions.Collaborator{{UserID: w.Paul.ID, Role: models.CollaboratorViews}}, Categories: &[]string{"Operations", "operations "}}
		}
		w.Run(t, rita, update())
		got := plan(t, w, assessment).Assessment
		if got.Title != "Dispatcher, Porto" || strings.Contains(got.Description, "script") || *got.OwnedBy != w.Ada.ID || got.OutageCreditCap != 0 ||
			got.CF["site"] != "Porto" {
			t.Errorf("got %+v", got)
		}
		var people, categories int64
		w.DB.Read.Model(&models.AssessmentCollaborator{}).Where("user_id = ?", w.Paul.ID).Count(&people)
		w.DB.Read.Model(&models.AssessmentCategoryLink{}).Count(&categories)
		if people != 1 || categories == 0 || noted(t, w, "update-assessment") != 1 {
			t.Errorf("%d collaborators, %d categories", people, categories)
		}
		ended, untitled, foreign, unknown := update(), update(), update(), update()
		unknown.CF = map[string]any{"nowhere": "x"}
		ended.EndDate, untitled.Title, foreign.Collaborators = &past, " ", &[]actions.Collaborator{{UserID: w.Otto.ID, Role: models.CollaboratorEdits}}
		rows := []struct {
			name string
			user models.User
			a    *actions.UpdateAssessment
			want fault.Kind
		}{
			{"ended by a date", w.Rita, ended, fault.Invalid}, {"no title", w.Rita, untitled, fault.Invalid},
			{"an unknown field", w.Rita, unknown, fault.Invalid},
			{"a foreign collaborator", w.Rita, foreign, fault.NotFound}, {"another firm", w.Otto, update(), fault.NotFound},
			{"a panelist", w.Paul, update(), fault.Forbidden},
		}
		for _, row := range rows {
			if err := w.Runner.Run(context.Background(), w.As(t, row.user), row.a); fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
	})
}

func TestCopiesAndTemplatesCarryEverything(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.As(t, w.Rita)
		assessment, section := draft(t, w)
		w.Run(t, rita, &actions.PickQuestions{SectionID: section.ID, Questions: []int64{w.Capital(t).ID}})
		three := 3
		w.Run(t, rita, &actions.SetEvaluation{SectionID: section.ID, Parameters: []actions.ParameterInput{{Name: "Clarity", MaxValue: 5, Recommended: &three, Mandatory: true}}})
		save := actions.SaveSectionTemplate{ID: section.ID, Title: "Knowledge check"}
		w.Run(t, rita, &save)
		duplicate := actions.DuplicateAssessment{ID: assessment.ID}
		w.Run(t, rita, &duplicate)
		from := actions.AddSection{AssessmentID: duplicate.Assessment.ID, TemplateID: save.Template.ID}
		w.Run(t, rita, &from)
		copied := plan(t, w, duplicate.Assessment)
		if len(copied.Sections) != 2 || copied.Assessment.Title != "Planner (copy)" {
			t.Fatalf("got %+v", copied)
		}
		for _, s := range copied.Sections {
			var parameters []models.SectionParameter
			w.DB.Read.Where("section_id = ?", s.Section.ID).Find(&parameters)
			if len(s.Slots) != 1 || len(parameters) != 1 || *parameters[0].RecommendedValue != 3 || s.Section.IsTemplate ||
				s.Placed.MaxSectionTime == nil || *s.Placed.MaxSectionTime != 1500 {
				t.Errorf("%s lost something: %+v, %+v", s.Section.Title, s, parameters)
			}
		}
		if err := w.Runner.Run(context.Background(), w.As(t, w.Otto), &actions.DuplicateAssessment{ID: assessment.ID}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another firm copies: %v", err)
		}
		w.Run(t, rita, &actions.DeleteSectionTemplate{ID: save.Template.ID})
		again := actions.AddSection{AssessmentID: assessment.ID, TemplateID: save.Template.ID}
		if err := w.Runner.Run(context.Background(), rita, &again); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a deleted template gave %v", err)
		}
		w.Run(t, rita, &actions.DeleteAssessment{ID: assessment.ID})
		if err := w.Runner.Run(context.Background(), rita, &actions.DeleteAssessment{ID: assessment.ID}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("deleting twice gave %v", err)
		}
		w.Run(t, rita, &actions.RestoreAssessment{ID: assessment.ID})
		if noted(t, w, "delete-assessment") != 1 || noted(t, w, "restore-assessment") != 1 || noted(t, w, "duplicate-assessment") != 1 {
			t.Error("the ledger lacks an entry")
		}
	})
}

func TestForeignThingsDoNotExistForASection(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		_, section := draft(t, w)
		theirs := actions.CreateQuestion{QuestionInput: actions.QuestionInput{Type: models.TrueOrFalse, Content: "x",
			Key: models.AnswerKey{Truth: new(bool)}, Skills: []string{"Theirs"}}}
		w.Run(t, w.As(t, w.Otto), &theirs)
		var skill models.Skill
		if err := w.DB.Read.Where("name = ?", "Theirs").First(&skill).Error; err != nil {
			t.Fatal(err)
		}
		essay := w.Essay(t)
		rows := []struct {
			name string
			a    actions.Action
			want fault.Kind
		}{
			{"their question", &actions.PickQuestions{SectionID: section.ID, Questions: []int64{theirs.Question.ID}}, fault.NotFound},
			{"their skill", &actions.AddDraw{SectionID: section.ID, Draw: actions.Draw{SkillID: skill.ID, Count: 1}}, fault.NotFound},
			{"an essay", &actions.PickQuestions{SectionID: section.ID, Questions: []int64{essay.ID}}, fault.Invalid},
			{"no count", &actions.AddDraw{SectionID: section.ID, Draw: actions.Draw{SkillID: 1}}, fault.Invalid},
			{"an unknown level", &actions.AddDraw{SectionID: section.ID, Draw: actions.Draw{SkillID: 1, Count: 1, Difficulty: "odd"}}, fault.Invalid},
			{"an unknown parameter", &actions.SetEvaluation{SectionID: section.ID, Parameters: []actions.ParameterInput{{ID: 999}}}, fault.NotFound},
			{"place zero", &actions.MoveSection{ID: section.ID}, fault.Invalid},
		}
		for _, row := range rows {
			if err := w.Runner.Run(context.Background(), w.As(t, w.Rita), row.a); fault.KindOf(err) != row.want {
				t.Errorf("%s: got %v, want %s", row.name, err, row.want)
			}
		}
	})
}
