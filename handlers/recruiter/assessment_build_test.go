package recruiter_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// drafted begins an assessment through the screen and returns its address.
func drafted(t *testing.T, c *testkit.Client, title string) string {
	t.Helper()
	reply := c.Post(t, "/assessments", url.Values{"title": {title}}).Want(http.StatusSeeOther)
	return strings.TrimSuffix(reply.Header.Get("Location"), "/build")
}

// sectioned adds an objective section and returns its address.
func sectioned(t *testing.T, c *testkit.Client, assessment, title string) string {
	t.Helper()
	reply := c.Post(t, assessment+"/sections", url.Values{"kind": {"type:6"}, "title": {title}}).Want(http.StatusSeeOther)
	to, err := url.Parse(reply.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return assessment + "/sections/" + to.Query().Get("section")
}

func rules(more url.Values) url.Values {
	form := url.Values{"max_section_time": {"25"}, "positive_mark": {"4"}, "negative_mark": {"1"}, "cut_off": {"60"},
		"multiple_answer": {"all"}, "is_review": {"1"}, "shuffle_choices": {"1"}}
	for name, values := range more {
		form[name] = values
	}
	return form
}

func TestRitaBuildsAndOpensAnAssessment(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		capital := w.Capital(t)
		river := w.Question(t, actions.QuestionInput{Type: models.TrueOrFalse, Content: "<p>The Douro ends at Porto.</p>",
			Key: models.AnswerKey{Truth: new(bool)}, Skills: []string{"Geography"}})
		rita := w.SignIn(t, w.Rita)
		assessment := drafted(t, rita, "Transport planner")
		rita.Get(t, assessment+"/build").Want(http.StatusOK).Says("There is no section yet", "Transport planner")

		section := sectioned(t, rita, assessment, "Rules of the road")
		build := assessment + "/build?section=" + section[strings.LastIndex(section, "/")+1:]
		rita.Get(t, build).Says("Rules of the road has no questions", "Rules of the road has no time limit")
		rita.Get(t, section+"/picker?q=capital").Want(http.StatusOK).Says("What is the capital of Portugal?")
		rita.Post(t, section+"/questions", url.Values{"question": {fmt.Sprint(capital.ID)}}).Want(http.StatusSeeOther)

		rita.Get(t, section+"/draw").Want(http.StatusOK).Says("Geography (1 question)")
		rita.Post(t, section+"/draws", url.Values{"skill_id": {skill(t, w, "Geography")}, "q_count": {"3"}}).Want(http.StatusSeeOther)
		page := rita.Get(t, build).Says("Only 1 question matches.", "3 questions are to be drawn from Geography where 1 match")
		if page.Find("button[aria-disabled=true][aria-describedby=blockers]").Length() != 1 {
			t.Error("opening is not blocked")
		}
		rita.Post(t, assessment+"/status", url.Values{"status": {"3"}}).Want(http.StatusSeeOther)
		rita.Get(t, build).Says("cannot be opened yet", "Draft")

		slot := page.Find("li.slot").AttrOr("id", "")
		slotURL := section + "/slots/" + strings.TrimPrefix(slot, "slot-")
		part := rita.PostPart(t, slotURL+"/draw", url.Values{"skill_id": {skill(t, w, "Geography")}, "q_count": {"1"}}).Want(http.StatusOK)
		if part.Find("#build[hx-swap-oob=morph]").Length() != 1 || strings.Contains(part.Body, "Only 1 question") {
			t.Errorf("the builder did not come back mended:\n%s", part.Body)
		}
		rita.PostPart(t, section+"/rules", rules(nil)).Want(http.StatusOK)
		rita.Get(t, build).Says("1 picked, 1 drawn for each candidate. 8 marks, at most 25 min.")
		rita.Get(t, assessment+"/preview").Want(http.StatusOK).Says("This is a preview", "25:00")
		rita.Get(t, assessment+"/preview?at=1").Says("The Douro ends at Porto.", "Draw again", "1 lost for a wrong answer")

		rita.Post(t, assessment+"/status", url.Values{"status": {"3"}}).Want(http.StatusSeeOther)
		rita.Get(t, build).Says("Open", "Invite candidates", assessment+"/invitations/new")
		rita.Post(t, section+"/questions", url.Values{"question": {fmt.Sprint(river.ID)}}).Want(http.StatusConflict)
		rita.Post(t, assessment+"/details", url.Values{"title": {"Transport planner, Porto"}, "outage_credit": {"5"}}).Want(http.StatusSeeOther)
		rita.Get(t, "/assessments").Says("Transport planner, Porto", "Rita Recruiter", "Nobody invited")
	})
}

func skill(t *testing.T, w *testkit.World, name string) string {
	t.Helper()
	var found models.Skill
	if err := w.DB.Read.Where("name = ?", name).First(&found).Error; err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(found.ID)
}

func TestWhatWasTypedComesBackWhenItIsRefused(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	assessment := drafted(t, rita, "Planner")
	section := sectioned(t, rita, assessment, "Knowledge")
	rows := []struct {
		name, path string
		form       url.Values
		says       []string
	}{
		{"no title", "/assessments", url.Values{"title": {" "}}, []string{"Give the assessment a title."}},
		{"end before start", assessment + "/details", url.Values{"title": {"Planner"}, "outage_credit": {"5"},
			"start_date_date": {"2026-04-02"}, "start_date_zone": {"UTC"}, "end_date_date": {"2026-04-01"}, "end_date_zone": {"UTC"}},
			[]string{"The end must come after the start.", `value="2026-04-02"`}},
		{"not a number", section + "/rules", rules(url.Values{"cut_off": {"most"}}), []string{"“most” is not a number.", `value="most"`}},
		{"above all marks", section + "/rules", rules(url.Values{"cut_off": {"170"}}), []string{"The cut-off is a percentage", `value="170"`}},
		{"nothing drawn", section + "/draws", url.Values{"q_count": {"0"}}, []string{"Choose the skill to draw from."}},
		{"a scale of one", section + "/evaluation", url.Values{"name": {"Clarity"}, "max_value": {"1"}, "then": {"add"}}, []string{"A scale ends at 2 to 100.", `value="Clarity"`}},
		{"a section without title", assessment + "/sections", url.Values{"kind": {"type:4"}}, []string{"Give the section a title."}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			rita.Post(t, row.path, row.form).Want(http.StatusUnprocessableEntity).Says(row.says...)
			if row.path != "/assessments" {
				part := rita.PostPart(t, row.path, row.form).Want(http.StatusUnprocessableEntity).Says(row.says...)
				if strings.Contains(part.Body, "<html") {
					t.Error("a script got a whole page")
				}
			}
		})
	}
}

func TestARemovedQuestionComesBackToItsPlace(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	section := sectioned(t, rita, drafted(t, rita, "Planner"), "Knowledge")
	form := url.Values{}
	for range 3 {
		form.Add("question", fmt.Sprint(w.Capital(t).ID))
	}
	part := rita.PostPart(t, section+"/questions", form).Want(http.StatusOK)
	first := part.Find("li.bq").First().AttrOr("id", "")
	removed := rita.PostPart(t, section+"/slots/"+strings.TrimPrefix(first, "slot-")+"/removal", nil).Want(http.StatusOK)
	undo, _ := removed.Find(".toast form").Attr("action")
	back := rita.PostPart(t, undo, nil).Want(http.StatusOK)
	if n := back.Find("li.bq").Length(); n != 3 {
		t.Fatalf("%d questions", n)
	}
	var slots []models.SectionSlot
	if err := w.DB.Read.Order("sort_order").Find(&slots).Error; err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(*slots[0].QuestionID); got != form.Get("question") || slots[2].SortOrder != 3 {
		t.Errorf("question %s stands first, want %s; last place %d", got, form.Get("question"), slots[2].SortOrder)
	}
}

func TestSectionsEvaluationAndTemplates(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	assessment := drafted(t, rita, "Planner")
	first, second := sectioned(t, rita, assessment, "First"), sectioned(t, rita, assessment, "Second")
	moved := rita.PostPart(t, second+"/position", url.Values{"to": {"1"}}).Want(http.StatusOK)
	if got := moved.Find(".bsec-row .bsec-t").First().Text(); got != "Second" {
		t.Errorf("%q stands first", got)
	}
	rita.PostPart(t, first+"/evaluation", url.Values{"name": {"Clarity"}, "max_value": {"7"}, "then": {"add"}}).Want(http.StatusOK).
		Says("Clarity", "1 to 7")
	var clarity models.Parameter
	if err := w.DB.Read.First(&clarity).Error; err != nil {
		t.Fatal(err)
	}
	id := fmt.Sprint(clarity.ID)
	rita.PostPart(t, first+"/evaluation", url.Values{"parameter": {id}, "recommended": {"5"}, "mandatory": {id}}).Want(http.StatusOK)
	var attached models.SectionParameter
	if err := w.DB.Read.First(&attached).Error; err != nil {
		t.Fatal(err)
	}
	if *attached.RecommendedValue != 5 || !*attached.IsMandatory {
		t.Errorf("got %+v", attached)
	}
	rita.PostPart(t, first+"/template", nil).Want(http.StatusOK).Says("Saved First as a section template.")
	rita.Get(t, "/assessments/new").Says("First · Objective")
	var template models.Section
	if err := w.DB.Read.Where("is_template").First(&template).Error; err != nil {
		t.Fatal(err)
	}
	reply := rita.Post(t, "/assessments", url.Values{"title": {"Other"}, "from": {fmt.Sprintf("template:%d", template.ID)}})
	rita.Follow(t, reply).Want(http.StatusOK).Says("First")
	removed := rita.PostPart(t, first+"/removal", nil).Want(http.StatusOK).Says("Removed First.")
	if n := removed.Find(".bsec-row").Length(); n != 1 {
		t.Errorf("%d sections", n)
	}
}

func TestBuilderOfAnotherFirmDoesNotExist(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita, otto, paul := w.SignIn(t, w.Rita), w.SignIn(t, w.Otto), w.SignIn(t, w.Paul)
	assessment := drafted(t, rita, "Planner")
	section := sectioned(t, rita, assessment, "Knowledge")
	for _, path := range []string{assessment, assessment + "/build", assessment + "/preview", section + "/picker", section + "/draw"} {
		otto.Get(t, path).Want(http.StatusNotFound)
		paul.Get(t, path).Want(http.StatusForbidden)
	}
	for _, path := range []string{assessment + "/details", assessment + "/status", assessment + "/copies", assessment + "/deletion",
		assessment + "/sections", section + "/rules", section + "/questions", section + "/removal"} {
		form := url.Values{"title": {"x"}, "status": {"3"}, "kind": {"type:6"}, "outage_credit": {"1"}, "question": {"1"}}
		otto.Post(t, path, form).Want(http.StatusNotFound)
		paul.Post(t, path, form).Want(http.StatusForbidden)
	}
}

func TestFormattingOfAnAssessmentStays(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	assessment := drafted(t, rita, "Transport planner")
	section := sectioned(t, rita, assessment, "Rules of the road")
	build := assessment + "/build?section=" + section[strings.LastIndex(section, "/")+1:] + "&tab=texts"
	const rich = "<p>Bring <strong>your own</strong> pen.</p><ul><li>And paper</li></ul>"
	shown := func(page, name string) string {
		t.Helper()
		return rita.Get(t, page).Want(http.StatusOK).Find("textarea[name=" + name + "]").Text()
	}
	rita.Post(t, assessment+"/details", url.Values{"title": {"Planner"}, "description": {rich}, "outage_credit": {"5"}}).Want(http.StatusSeeOther)
	rita.Post(t, section+"/texts", url.Values{"title": {"Rules"}, "intro": {rich}, "conclusion": {"Thank you.\n\nGood bye <3"}}).Want(http.StatusSeeOther)
	if got := shown(assessment+"/build", "description"); got != rich {
		t.Errorf("the description is offered as %q", got)
	}
	if intro, end := shown(build, "intro"), shown(build, "conclusion"); intro != rich || end != "Thank you.\n\nGood bye <3" {
		t.Errorf("the texts are offered as %q and %q", intro, end)
	}
	rita.Post(t, assessment+"/details", url.Values{"title": {"Another title"}, "description": {shown(assessment+"/build", "description")},
		"outage_credit": {"5"}}).Want(http.StatusSeeOther)
	var kept models.Assessment
	if err := w.DB.Read.Order("id DESC").First(&kept).Error; err != nil {
		t.Fatal(err)
	}
	if kept.Title != "Another title" || kept.Description != rich {
		t.Errorf("after saving %q the description is %q", kept.Title, kept.Description)
	}
	rita.Post(t, assessment+"/details", url.Values{"title": {"Planner"}, "description": {"<p>Now <em>short</em><script>x()</script></p>"},
		"outage_credit": {"5"}}).Want(http.StatusSeeOther)
	if got := shown(assessment+"/build", "description"); got != "<p>Now <em>short</em></p>" {
		t.Errorf("rewritten it is %q", got)
	}
}

func TestWhatPanelistsSeeIsSetForEachSection(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	rita := w.SignIn(t, w.Rita)
	assessment := drafted(t, rita, "Transport planner")
	section := sectioned(t, rita, assessment, "Rules of the road")
	tab := assessment + "/build?section=" + section[strings.LastIndex(section, "/")+1:] + "&tab=evaluation"
	checked := func(name string) bool {
		t.Helper()
		return rita.Get(t, tab).Want(http.StatusOK).Find("input[name="+name+"][checked]").Length() == 1
	}
	if !checked("hide_others") || checked("is_blind") {
		t.Error("at first others' evaluations are hidden, and names are not")
	}
	rita.Post(t, section+"/evaluation", url.Values{"is_blind": {"1"}}).Want(http.StatusSeeOther)
	if checked("hide_others") || !checked("is_blind") {
		t.Error("what was set did not stay")
	}
	copied := rita.Post(t, assessment+"/copies", nil).Want(http.StatusSeeOther)
	var sections []models.AssessmentSection
	if err := w.DB.Read.Order("id").Find(&sections).Error; err != nil {
		t.Fatal(err)
	}
	if len(sections) != 2 || !sections[1].IsBlind || sections[1].HideOthers {
		t.Errorf("the copy at %s has %+v", copied.Header.Get("Location"), sections)
	}
}
