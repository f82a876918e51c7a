package recruiter_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/recruiter"
)

func TestLookAgainIsOnlyForPagesWithoutScript(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]templ.Component{
		"import": recruiter.ImportProgress(recruiter.CandidateImport{Import: models.Import{Status: models.ImportRunning}}),
		"action": recruiter.ActionPart(recruiter.ActionProgress{Action: models.ActionRecord{Status: models.ActionProcessing}}),
	} {
		html, err := templ.ToGoHTML(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		page, err := goquery.NewDocumentFromReader(strings.NewReader(string(html)))
		if err != nil {
			t.Fatal(err)
		}
		if page.Find("a.no-script-only:contains('Look again')").Length() != 1 {
			t.Errorf("%s: the link shows to everybody: %s", name, html)
		}
	}
}
