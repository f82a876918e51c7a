package journeys_test

import (
	"os"
	"testing"

	"github.com/assay-hire/assay/internal/demo"
	"github.com/assay-hire/assay/internal/testkit"
)

// TestPicturesOfTheReadme draws docs/images anew from a demo that is being served at ASSAY_DEMO_URL.
func TestPicturesOfTheReadme(t *testing.T) {
	base := os.Getenv("ASSAY_DEMO_URL")
	if base == "" {
		t.Skip("ASSAY_DEMO_URL names no demo to draw")
	}
	b := testkit.OpenBrowser(t, base)
	b.Open("/sign-in")
	b.Fill("E-mail", "duarte.pimentel@marram.example.com")
	b.Fill("Password", demo.Password)
	b.Click("Sign in")
	b.Miss("Password")
	b.Size(1680, 940)
	b.Open("/assessments/1/pipeline")
	testkit.Eval[bool](b, bestEvaluated)
	b.See("of 100, cut-off")
	b.Show(".pc.is-current")
	testkit.Eval[bool](b, `new Promise((done) => setTimeout(() => done(true), 400))`) // the drawer has come in
	b.ShotOfWindow("../../docs/images/pipeline.png")
}

// bestEvaluated opens whoever scored best of those who wait for a decision.
const bestEvaluated = `(() => {
const score = (card) => Number(card.querySelector(".score")?.innerText.match(/[\d.]+/)?.[0] ?? 0);
[...document.querySelectorAll("#col-60 .pc")].sort((a, b) => score(b) - score(a))[0].querySelector(".pc-name").click();
return true })()`
