package benchmarks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

// BenchmarkQuestions asks for the list of the question bank at 1,000 and at 10,000 questions.
func BenchmarkQuestions(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			if testing.Short() && size > 1_000 {
				b.Skip("a large bank takes a minute")
			}
			eachDialect(b, func(b *testing.B, w *testkit.World) { questions(b, w, size) })
		})
	}
}

func questions(b *testing.B, w *testkit.World, size int) {
	fillBank(b, w, size)
	client := w.SignIn(b, w.Rita)
	from := fmt.Sprintf("FROM questions WHERE organization_id = %d AND NOT is_deleted", w.Acme.ID)
	ask := func(name, query, where, order string) question {
		return question{name: name, path: "/questions" + query, rows: "SELECT * " + from + where + " ORDER BY " + order + " LIMIT 51",
			total: "SELECT COUNT(*) " + from + where}
	}
	for _, q := range []question{
		ask("changed-last", "", "", "updated_at DESC, id DESC"),
		ask("newest", "?sort=newest", "", "id DESC"),
		ask("newest-middle", fmt.Sprintf("?sort=newest&after=%d", size/2), fmt.Sprintf(" AND id < %d", size/2), "id DESC"),
		ask("by-title", "?sort=title", "", "search_text, id"),
		ask("of-a-type", "?type=essay", " AND type = 'essay'", "updated_at DESC, id DESC"),
		ask("search", "?q=d%C3%ADlemma+777", " AND search_text LIKE '%dilemma%' AND search_text LIKE '%777%'", "updated_at DESC, id DESC"),
	} {
		b.Run(q.name, func(b *testing.B) { compare(b, w, client, q) })
	}
}

// fillBank copies two questions of every world's own until there are as many as asked.
func fillBank(b *testing.B, w *testkit.World, size int) {
	b.Helper()
	w.Question(b, actions.QuestionInput{Type: models.EssayQuestion, Title: "Dilemma",
		Content: "<p>" + strings.Repeat("A customer asks for what you may not give. ", 6) + "</p>"})
	w.Capital(b)
	err := w.DB.Write.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(? AS BIGINT))
INSERT INTO questions (created_at, updated_at, organization_id, created_by, updated_by, type, title, content, plain_content, body, answer_key, search_text, fingerprint)
SELECT q.created_at, q.updated_at, q.organization_id, q.created_by, q.updated_by, q.type, q.title || ' ' || n.i, q.content, q.plain_content, q.body,
 q.answer_key, q.search_text || ' ' || n.i, q.fingerprint || n.i FROM n CROSS JOIN questions q`, size/2-1).Error
	if err != nil {
		b.Fatal(err)
	}
	if err := w.DB.Write.Exec("ANALYZE").Error; err != nil {
		b.Fatal(err)
	}
}
