package journeys_test

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/ledger"
	"github.com/assay-hire/assay/internal/mail/mailtest"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// TestFromAQuestionBankToADecision walks the whole job: import, build, invite by mail, attend, score, evaluate, decide,
// and the ledger that tells of it, each person in a browser of their own.
func TestFromAQuestionBankToADecision(t *testing.T) {
	t.Parallel()
	w := testkit.NewLiveWorld(t)
	rita := signIn(t, w, w.Rita)
	importBank(t, rita)
	build(rita)
	checkTimes(t, w)
	invite(rita)
	cleo := attend(t, w)
	assignPanel(rita)
	evaluate(t, w)
	decide(rita)
	answer := w.Inbox.WaitFor(t, func(m mailtest.Message) bool { return strings.Contains(m.Subject, "good news") })
	if !strings.Contains(answer.HTML, "Cleo") {
		t.Errorf("the answer to Cleo says:\n%s", answer.HTML)
	}
	auditLog(t, w)
	cleo.Open("/attend")
	cleo.See("You have submitted everything.")
}

func signIn(t *testing.T, w *testkit.LiveWorld, u models.User) *testkit.Browser {
	t.Helper()
	b := w.Browser(t)
	b.Open("/sign-in")
	b.Fill("E-mail", u.Email)
	b.Fill("Password", testkit.Password)
	b.Click("Sign in")
	b.Miss("Password")
	return b
}

func importBank(t *testing.T, b *testkit.Browser) {
	t.Helper()
	file, err := filepath.Abs("testdata/depot.gift")
	if err != nil {
		t.Fatal(err)
	}
	b.Open("/questions")
	b.Open("/questions/imports/new")
	b.Upload("files", file)
	b.Click("Look at the questions")
	b.See("4 questions can come in.")
	b.Click("Import these questions")
	b.See("4 questions came in.")
}

func build(b *testkit.Browser) {
	b.Open("/assessments")
	b.Click("Build the first one")
	b.Fill("Title", "Depot shift lead")
	b.Click("Start building")
	b.See("There is no section yet")
	addSection(b, "Knowledge", "Objective")
	b.Click("Draw at random")
	b.Choose("Skill", "Depot (3 questions)")
	b.Fill("How many", "3")
	b.Click("Add the draw")
	b.See("0 picked, 3 drawn")
	b.Fill("Time for the section", "20")
	b.Press("\t")
	addSection(b, "In your words", "Essay")
	b.Click("Pick questions")
	b.Click("Tell of a call at work that was hard")
	b.Click("Add to the section")
	b.See("1 picked, 0 drawn")
	b.Fill("Time for the section", "30")
	b.Press("\t")
	b.Miss("to settle before you can open it")
	b.Click("Open to candidates")
	b.See("From now on its sections and questions stay as they are.")
	testkit.Eval[bool](b, `document.querySelector("dialog[open] form:not([method=dialog]) button[type=submit]").click(); true`)
	b.See("Invite the first candidates")
}

// checkTimes holds what was typed into the rules against what is stored.
func checkTimes(t *testing.T, w *testkit.LiveWorld) {
	t.Helper()
	var minutes []int
	if err := w.DB.Read.Model(&models.AssessmentSection{}).Order("sort_order").Pluck("max_section_time / 60", &minutes).Error; err != nil {
		t.Fatal(err)
	}
	if len(minutes) != 2 || minutes[0] != 20 || minutes[1] != 30 {
		t.Errorf("the sections take %v minutes, want what was typed: 20 and 30", minutes)
	}
}

func addSection(b *testkit.Browser, title, kind string) {
	testkit.Eval[bool](b, `document.querySelector("#f-new-section").focus(); true`)
	b.See("Add a section")
	testkit.Eval[bool](b, `(() => { const f = document.querySelector("#b-new form"); f.querySelector("#f-new-section").value = `+"`"+title+"`"+`;
const s = f.querySelector("select"); if (s) s.value = [...s.options].find((o) => o.text.startsWith("`+kind+`")).value; f.requestSubmit(); return true })()`)
	b.See(title)
	b.See("has no questions")
}

func invite(b *testkit.Browser) {
	b.Click("Invite the first candidates")
	b.See("Who")
	b.Fill("Their e-mail addresses", "Cleo Costa <cleo@example.org>, Dev Das <dev@example.org>")
	b.See("2 people get a link")
	b.Click("Invite 2 people")
	b.See("2 people invited.")
}

var attendLink = regexp.MustCompile(`href="([^"]+/attend/[^"]+)"`)
var mailedCode = regexp.MustCompile(`<strong>(\d{6,})</strong>`)

// attend opens the link in Cleo's mail and sits both sections.
func attend(t *testing.T, w *testkit.LiveWorld) *testkit.Browser {
	t.Helper()
	letter := w.Inbox.WaitForRecipient(t, "cleo@example.org")
	link, code := attendLink.FindStringSubmatch(letter.HTML), mailedCode.FindStringSubmatch(letter.HTML)
	if link == nil || code == nil {
		t.Fatalf("no link or code in the mail:\n%s", letter.HTML)
	}
	b := w.Browser(t)
	b.Size(360, 740)
	b.Open(link[1])
	b.Fill("Verification code", code[1])
	b.Click("Go on")
	b.Click("I have read this and agree")
	b.Click("Continue")
	b.Click("Read the instructions")
	b.Click("Start, the clock begins")
	for i := range 3 {
		if i > 0 {
			b.Click("Next question")
		}
		b.See(fmt.Sprintf("Question %d of 3", i+1))
		answerObjective(b)
	}
	submit(b)
	b.Click("To the next section")
	b.Click("Start, the clock begins")
	b.See("a call at work that was hard")
	b.Fill("Your answer", "A driver was lost in the snow. I stayed on the line until he saw the depot's lights.")
	b.See("Saved at")
	submit(b)
	return b
}

// answerObjective answers whichever of the three questions is shown, rightly.
func answerObjective(b *testkit.Browser) {
	switch text := testkit.Eval[string](b, "document.body.innerText"); {
	case strings.Contains(text, "unloaded from the back"):
		b.Click("The first stop's")
	case strings.Contains(text, "Straps may be left off"):
		b.Click("False")
	default:
		b.Fill("Your answer", "45")
	}
	b.See("Saved at")
}

func submit(b *testkit.Browser) {
	b.Click("Look over and submit")
	b.Click("Submit this section")
	b.See("Submitted")
}

func assignPanel(b *testkit.Browser) {
	b.Open("/assessments")
	b.Click("Depot shift lead")
	b.Click("Panel")
	b.Click("Paul Panelist")
	b.Click("Assign")
	b.See("to the panel.")
}

func evaluate(t *testing.T, w *testkit.LiveWorld) {
	t.Helper()
	b := signIn(t, w, w.Paul)
	b.Open("/evaluations")
	b.Click("Cleo Costa")
	b.See("lost in the snow")
	b.Click("Select")
	b.Click("Submit")
	b.Miss("Your scorecard")
}

func decide(b *testkit.Browser) {
	b.Open("/assessments")
	b.Click("Depot shift lead")
	b.Click("Pipeline")
	b.See("Cleo Costa")
	testkit.Eval[bool](b, `([...document.querySelectorAll(".pc-name")].find((e) => e.innerText.includes("Cleo")).focus(), true)`)
	b.Press("s")
	b.See("Select Cleo Costa?")
	b.Fill("In your words", "Calm on the phone")
	b.Click("Tell them by e-mail")
	b.Click("Now")
	b.Click("Select Ctrl")
	b.See("to Selected")
}

// auditLog reads the log as an administrator, then recomputes the chain.
func auditLog(t *testing.T, w *testkit.LiveWorld) {
	t.Helper()
	if _, err := ledger.Seal(context.Background(), w.DB); err != nil {
		t.Fatal(err)
	}
	b := signIn(t, w, w.Ada)
	b.Open("/admin/audit")
	b.Click("Verify now")
	b.See("whole")
	for _, verb := range []string{"import-questions", "create-assessment", "invite", "verify", "close-attempt", "add-panel", "evaluate", "change-status"} {
		var n int64
		w.DB.Read.Model(&models.AuditEntry{}).Where("organization_id = ? AND verb = ? AND seq IS NOT NULL", w.Acme.ID, verb).Count(&n)
		if n == 0 {
			t.Errorf("the ledger says nothing of %s", verb)
		}
	}
}
