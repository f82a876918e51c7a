package recruiter_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// visit opens a browser on a world and signs in.
func visit(t *testing.T, w *testkit.World, u models.User) *testkit.Browser {
	t.Helper()
	server := httptest.NewServer(w.Server)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	b := testkit.OpenBrowser(t, server.URL)
	b.Open("/sign-in")
	b.Fill("E-mail", u.Email)
	b.Fill("Password", testkit.Password)
	b.Click("Sign in")
	b.Miss("Password")
	return b
}

func TestDecidingByKeyAndByDraggingWhileSomebodyElseMovesACard(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	a := w.Assessment(t)
	ps := w.Finished(t, a, 3)
	b := visit(t, w, w.Rita)
	for _, place := range []string{fmt.Sprintf("/participations/%d/report", ps[0].ID), fmt.Sprintf("/assessments/%d/panels", a.ID),
		fmt.Sprintf("/assessments/%d/compare?ids=%d&ids=%d", a.ID, ps[0].ID, ps[1].ID), pipelinePath(a, "?view=table"),
		pipelinePath(a, fmt.Sprintf("/%d?tab=answers", ps[0].ID)), pipelinePath(a, fmt.Sprintf("/%d?tab=history", ps[0].ID))} {
		b.Open(place)
		b.Axe()
	}
	b.Open(pipelinePath(a, ""))
	b.See("Cleo Costa")
	b.Axe()

	testkit.Eval[bool](b, fmt.Sprintf(`(document.querySelector("#card-%d .pc-name").focus(), true)`, ps[0].ID))
	b.Press("h")
	b.See("Put Cleo Costa on hold?")
	if at := testkit.Eval[string](b, "document.activeElement.value"); at != fmt.Sprint(int(models.Hold)) {
		t.Errorf("the keyboard stands on %q, want the decision that was asked for", at)
	}
	b.Axe()
	b.Fill("In your words", "Until the budget is clear")
	b.Click("Hold Ctrl")
	b.See("Moved Cleo Costa to Hold.")
	b.See("Until the budget is clear")
	b.Click("Dismiss")

	testkit.Eval[bool](b, fmt.Sprintf(`(document.querySelector("#card-%d [data-select]").click(), true)`, ps[1].ID))
	b.Click("Compare")
	b.See("Choose two to four candidates to compare; you chose 1.")
	if !testkit.Eval[bool](b, fmt.Sprintf(`document.querySelector("#card-%d [data-select]").checked`, ps[1].ID)) {
		t.Error("the choice is lost because it was too few to compare")
	}
	testkit.Eval[bool](b, fmt.Sprintf(`(document.querySelector("#card-%d [data-select]").click(), true)`, ps[1].ID))

	testkit.Eval[bool](b, fmt.Sprintf(`(document.querySelector("#card-%d .pc-name").click(), true)`, ps[0].ID))
	b.Show(fmt.Sprintf("#card-%d.is-current", ps[0].ID))
	seen := `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
const card = document.querySelector(".pc.is-current").getBoundingClientRect(), board = document.querySelector(".board").getBoundingClientRect();
done(card.left >= board.left && card.right <= board.right + 1) })))`
	if !testkit.Eval[bool](b, seen) {
		t.Error("the card whose drawer is open is out of sight")
	}
	b.Press("\x1b")

	ada := w.As(t, w.Ada)
	if _, err := w.Runner.Record(context.Background(), ada, &actions.ChangeStatus{StatusSortKey: models.Rejected,
		ReasonText: "Moved by Ada", AssessmentCandidates: actions.RefsTo([]int64{ps[1].ID})}); err != nil {
		t.Fatal(err)
	}
	b.See("Moved by Ada")

	testkit.Eval[bool](b, fmt.Sprintf(`(() => {
const card = document.querySelector("#card-%d"), column = document.querySelector("#col-70"), data = new DataTransfer();
const send = (on, type) => on.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data}));
send(card, "dragstart"); send(column, "dragover"); send(column, "drop"); send(card, "dragend"); return true })()`, ps[2].ID))
	b.See("Moved Emi Endo to Selected.")
	b.Click("Undo")
	b.See("Took the decision on Emi Endo back.")
	if got := reload(t, w, ps[2]).Status(); got != models.Completed {
		t.Errorf("after undo: %s", got.Label())
	}
}

func reload(t *testing.T, w *testkit.World, p models.AssessmentCandidate) models.AssessmentCandidate {
	t.Helper()
	if err := w.DB.Read.First(&p, p.ID).Error; err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEvaluatingByKeys(t *testing.T) {
	t.Parallel()
	w := testkit.OneWorld(t)
	ps := w.Finished(t, w.Assessment(t), 2)
	w.Criterion(t, w.EssayOf(t, ps[0]), "Clarity", true)
	for _, p := range ps {
		w.Assign(t, w.EssayOf(t, p), w.Paul)
	}
	b := visit(t, w, w.Paul)
	b.Open("/evaluations")
	b.Axe()
	b.Click("Cleo Costa")
	b.See("Your scorecard")
	b.Axe()
	b.Press("4")
	b.See("1 of 1 rated")
	b.See("Draft saved")
	b.Open("/evaluations")
	b.See("Draft")
	b.Click("Cleo Costa")
	b.See("Strong")
	b.Click("Select")
	b.Click("Submit and open the next")
	b.See("Dev Das")
	var n int64
	w.DB.Read.Model(&models.Evaluation{}).Where("evaluated_at IS NOT NULL AND recommendation = ?", models.RecommendSelect).Count(&n)
	if n != 1 {
		t.Errorf("%d evaluations are in", n)
	}
}
