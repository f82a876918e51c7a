package recruiter_test

import (
	"fmt"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// bank writes questions on one skill.
func bank(t *testing.T, w *testkit.World, skill string, n int) {
	t.Helper()
	for i := range n {
		w.Question(t, actions.QuestionInput{Type: models.TrueOrFalse, Content: fmt.Sprintf("<p>%s, statement %d.</p>", skill, i+1),
			Key: models.AnswerKey{Truth: new(bool)}, Skills: []string{skill}})
	}
}

// order is the questions of the open section as they stand.
const order = `[...document.querySelectorAll(".bqs > li")].map((row) => row.querySelector(".bq-t, strong").textContent).join(" | ")`

func TestRitaBuildsInTheBrowser(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	bank(t, w.World, "Maps", 2)
	bank(t, w.World, "Law", 3)
	b := w.Browser(t)
	b.Open("/sign-in")
	b.Fill("E-mail", w.Rita.Email)
	b.Fill("Password", testkit.Password)
	b.Click("Sign in")
	b.See("Question bank")
	b.Open("/assessments")
	b.See("No assessments yet")
	b.Click("Build the first one")
	b.See("Start from")
	b.Axe()
	b.Fill("Title", "Dispatcher")
	b.Click("Start building")
	b.See("There is no section yet")
	b.Axe()

	b.Fill("Title", "Dispatcher, Porto")
	b.Press("\t")
	b.See("Details")
	testkit.Eval[bool](b, `document.querySelector("#f-new-section").value = "Knowledge"; document.querySelector("#b-new form").requestSubmit(); true`)
	b.See("Knowledge has no questions")
	b.Click("Pick questions")
	b.See("Maps, statement 1.")
	b.Axe()
	b.Click("Maps, statement 1.")
	b.Click("Maps, statement 2.")
	b.Click("Add to the section")
	b.See("2 picked, 0 drawn")
	b.Click("Draw at random")
	b.Choose("Skill", "Law (3 questions)")
	b.Axe()
	b.Click("Add the draw")
	b.See("Only 3 questions match.")
	b.Click("Draw 3")
	b.Miss("Only 3 questions match.")
	b.Fill("Time for the section", "25")
	b.Press("\t")
	b.Miss("to settle before you can open it")
	for _, size := range []int64{1440, 360} {
		for _, dark := range []bool{false, true} {
			b.Size(size, 900)
			b.Dark(dark)
			b.Axe()
		}
	}
	b.Size(1440, 900)

	first := testkit.Eval[string](b, order)
	testkit.Eval[bool](b, `(() => { const row = document.querySelector(".bqs > li"); row.focus(); row.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", altKey: true, bubbles: true})); return true })()`)
	b.See("Saved")
	for range 50 {
		if testkit.Eval[string](b, order) != first {
			break
		}
		testkit.Eval[bool](b, `new Promise((done) => requestAnimationFrame(() => done(true)))`)
	}
	if focus := testkit.Eval[string](b, `document.activeElement.id`); focus != testkit.Eval[string](b, `document.querySelectorAll(".bqs > li")[1].id`) {
		t.Errorf("the focus did not follow the moved question: %q", focus)
	}
	b.Click("Open to candidates")
	b.See("From now on its sections and questions stay as they are.")
	b.Axe()
	testkit.Eval[bool](b, `document.querySelector("dialog[open] form:not([method=dialog]) button[type=submit]").click(); true`)
	b.See("Invite the first candidates")
	b.Axe()
	b.Click("Try it")
	b.See("This is a preview.")
	b.Axe()
	b.Click("Begin")
	b.See("Question 1 of 5")
	b.Axe()
	b.Open("/assessments")
	b.See("Nobody invited")
	b.Axe()
}
