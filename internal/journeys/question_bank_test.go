package journeys_test

import (
	"path/filepath"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

// TestQuestionsComeInAndAreChanged imports a file in the browser, changes a question with the formatting tools and looks
// at its versions.
func TestQuestionsComeInAndAreChanged(t *testing.T) {
	w := testkit.NewLiveWorld(t)
	b := w.Browser(t)
	b.Open("/sign-in?next=/questions/imports/new")
	b.Fill("E-mail", w.Rita.Email)
	b.Fill("Password", testkit.Password)
	b.Click("Sign in")
	b.See("Drop question files here")
	b.Axe()
	file, err := filepath.Abs("../questionbank/gift/testdata/every-type.gift")
	if err != nil {
		t.Fatal(err)
	}
	b.Upload("files", file)
	b.Click("Look at the questions")
	b.See("14 questions can come in.")
	b.Axe()
	b.Click("Import these questions")
	b.See("14 questions came in.")
	b.Axe()
	b.Click("See the questions")
	b.See("Explain a mutex.")
	b.Axe()
	b.Click("Explain a mutex.")
	b.See("Candidates write their answer here.")
	b.Click("Edit")
	b.See("About it")
	b.Axe()
	testkit.Eval[bool](b, `(() => { const area = document.querySelector("#f-content"); area.focus(); document.execCommand("selectAll"); return true })()`)
	b.Click("Bold")
	b.Click("Save question")
	b.See("Saved as version 2.")
	b.Show("#f-content b, #f-content strong") // once the script made an editor of the field
	b.Click("Versions and uses")
	b.See("Changed: wording")
	b.Axe()
}
