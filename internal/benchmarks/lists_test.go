package benchmarks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// crowds are how many candidates an organization has; a fifth of them take part in the assessment.
var crowds = []int{1_000, 10_000, 100_000}

// BenchmarkLists asks for the list of candidates and the pipeline of an assessment, at every size.
func BenchmarkLists(b *testing.B) {
	for _, size := range crowds {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			if testing.Short() && size > crowds[0] {
				b.Skip("large crowds take minutes")
			}
			eachDialect(b, func(b *testing.B, w *testkit.World) { lists(b, w, size) })
		})
	}
}

func lists(b *testing.B, w *testkit.World, size int) {
	assessment := w.Crowd(b, size, size/5)
	client := w.SignIn(b, w.Rita)
	for _, q := range append(candidateQuestions(w, size), pipelineQuestions(b, w, assessment, size/5)...) {
		b.Run(q.name, func(b *testing.B) { compare(b, w, client, q) })
	}
}

func candidateQuestions(w *testkit.World, size int) []question {
	from := fmt.Sprintf("FROM candidates WHERE organization_id = %d AND NOT is_deleted", w.Acme.ID)
	ask := func(name, query, where, order string) question {
		return question{name: "candidates/" + name, path: "/candidates" + query,
			rows:  "SELECT * " + from + where + " ORDER BY " + order + " LIMIT 51",
			total: "SELECT COUNT(*) " + from + where}
	}
	like := func(term string) string { return " AND search_text LIKE '%" + term + "%'" }
	return []question{
		ask("first", "", "", "id DESC"),
		ask("middle", fmt.Sprintf("?after=%d", size/2), fmt.Sprintf(" AND id < %d", size/2), "id DESC"),
		ask("by-name", "?sort=name", "", "search_text, id"),
		ask("by-name-middle", fmt.Sprintf("?sort=name&after=%d", size/2), fmt.Sprintf(" AND search_text > 'person number %d'", size/2), "search_text, id"),
		ask("search-rare", "?q=Nûmber+777", like("number 777"), "id DESC"),
		ask("search-none", "?q=%C3%85gren+Zo%C3%AB", like("agren zoe"), "id DESC"),
		ask("search-many", "?q=P%C3%A9rson", like("person"), "id DESC"),
	}
}

func pipelineQuestions(b *testing.B, w *testkit.World, assessment models.Assessment, size int) []question {
	path := fmt.Sprintf("/assessments/%d/pipeline", assessment.ID)
	where := fmt.Sprintf(" WHERE ac.organization_id = %d AND ac.assessment_id = %d", w.Acme.ID, assessment.ID)
	cards := "SELECT ac.*, c.email, c.first_name, c.last_name FROM assessment_candidates ac JOIN candidates c ON c.id = ac.candidate_id" + where
	funnel := "SELECT ac.status_id, COUNT(*) FROM assessment_candidates ac" + where + " GROUP BY ac.status_id"
	var columns []string
	for _, s := range models.Statuses {
		columns = append(columns, fmt.Sprintf("SELECT * FROM (%s AND ac.status_id = %d ORDER BY ac.status_since DESC, ac.id DESC LIMIT 51) c%d",
			cards, s.ID, s.ID))
	}
	var last models.AssessmentCandidate
	if err := w.DB.Read.Where("assessment_id = ?", assessment.ID).Order("id").Offset(size / 2).First(&last).Error; err != nil {
		b.Fatal(err)
	}
	newest := " ORDER BY ac.status_since DESC, ac.id DESC LIMIT 51"
	return []question{
		{"pipeline/board", path, strings.Join(columns, " UNION ALL "), funnel},
		{"pipeline/board-search", path + "?q=Nûmber+777", cards + " AND c.search_text LIKE '%number 777%'" + newest, funnel},
		{"pipeline/table", path + "?view=table", cards + newest, funnel},
		{"pipeline/table-middle", fmt.Sprintf("%s?view=table&after=%d.%d", path, last.StatusSince.UnixMicro(), last.ID),
			cards + fmt.Sprintf(" AND ac.id < %d", last.ID) + newest, funnel},
		{"pipeline/table-by-score", path + "?view=table&sort=score",
			cards + " AND ac.score IS NOT NULL ORDER BY ac.score DESC, ac.id DESC LIMIT 51", funnel},
		{"pipeline/table-by-score-middle", path + "?view=table&sort=score&after=50:100000000",
			cards + " AND ac.score <= 50 ORDER BY ac.score DESC, ac.id DESC LIMIT 51", funnel},
	}
}
