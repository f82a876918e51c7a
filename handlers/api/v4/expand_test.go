package v4_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
)

func TestExpandingTakesAsManyQueriesForManyRows(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		w.Finished(t, w.Assessment(t), 12)
		program := w.Program(t, w.Ada)
		for _, path := range []string{
			"/api/v4/models/assessment-candidate?expand=candidate,assessment,status,assessmentSectionCandidates.assessmentSection.section",
			"/api/v4/models/assessment-section-candidate?expand=assessmentCandidate.candidate,assessmentSection.assessment,section,answers",
			"/api/v4/models/answer?expand=question,assessmentSection.section",
		} {
			few, many := queriesOf(t, w, program, path+"&pageSize=2"), queriesOf(t, w, program, path+"&pageSize=50")
			if many > few {
				t.Errorf("%s: %d queries for two rows, %d for more", path, few, many)
			}
		}
	})
}

func queriesOf(t *testing.T, w *testkit.World, program testkit.Program, path string) int {
	t.Helper()
	program.Get(t, path).Want(http.StatusOK)
	count := w.CountQueries(t)
	reply := program.Get(t, path).Want(http.StatusOK)
	if strings.TrimSpace(reply.Body) == "[]" {
		t.Fatalf("%s lists nothing", path)
	}
	return count()
}
