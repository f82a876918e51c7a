package benchmarks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/assay-hire/assay/internal/testkit"
)

// apiCrowds are how many candidates an organization has whose lists are read over the API; a fifth of them take part in
// one assessment.
var apiCrowds = []int{10_000, 100_000, 1_000_000}

// BenchmarkAPI reads lists of 50 over the JSON API at every size, with a filter and relations expanded.
func BenchmarkAPI(b *testing.B) {
	for _, size := range apiCrowds {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			if testing.Short() && size > apiCrowds[0] {
				b.Skip("large crowds take minutes")
			}
			eachDialect(b, func(b *testing.B, w *testkit.World) { apiLists(b, w, size) })
		})
	}
}

// steady is a program whose clock runs on, so that it asks as often as a token may.
type steady struct {
	testkit.Program
	world *testkit.World
}

func (s steady) Get(t testing.TB, path string) testkit.Reply {
	s.world.Clock.Advance(time.Second)
	return s.Program.Get(t, path)
}

func apiLists(b *testing.B, w *testkit.World, size int) {
	assessment := w.Crowd(b, size, size/5)
	program := steady{w.Program(b, w.Ada), w}
	from := fmt.Sprintf(" FROM assessment_candidates ac WHERE ac.organization_id = %d AND ac.assessment_id = %d AND ac.status_id = 14",
		w.Acme.ID, assessment.ID)
	joined := "SELECT ac.*, c.*, s.label FROM (SELECT *" + from + "%s ORDER BY ac.id LIMIT 50) ac JOIN candidates c ON c.id = ac.candidate_id " +
		"JOIN statuses s ON s.id = ac.status_id ORDER BY ac.id"
	path := fmt.Sprintf("/api/v4/models/assessment-candidate?assessment_id=%d&status_id=14&expand=candidate,status&pageSize=50", assessment.ID)
	people := fmt.Sprintf(" FROM candidates WHERE organization_id = %d AND NOT is_deleted", w.Acme.ID)
	for _, q := range []question{
		{"participations/filter-expand", path, fmt.Sprintf(joined, ""), "SELECT COUNT(*)" + from},
		{"participations/filter-expand-cursor", path + "&cursor=", fmt.Sprintf(joined, ""), ""},
		{"candidates/first", "/api/v4/models/candidate?pageSize=50", "SELECT *" + people + " ORDER BY id LIMIT 50", "SELECT COUNT(*)" + people},
		{"candidates/cursor", "/api/v4/models/candidate?pageSize=50&cursor=", "SELECT *" + people + " ORDER BY id LIMIT 50", ""},
		{"candidates/search-rare", "/api/v4/models/candidate?pageSize=50&s=N%C3%BBmber+777", "SELECT *" + people +
			" AND search_text LIKE '%number 777%' ORDER BY id LIMIT 50", ""},
	} {
		b.Run(q.name, func(b *testing.B) { compare(b, w, program, q) })
	}
}
