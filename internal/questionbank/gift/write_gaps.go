package gift

import (
	"strings"

	"github.com/assay-hire/assay/internal/questionbank"
)

// spread puts the answers of several gaps where the prompt marks them, the way Parse reads them. GIFT itself knows one
// answer block; ok is false when the marks and the gaps do not go together.
func spread(q *questionbank.Question) (text string, ok bool) {
	between := strings.Split(q.Prompt, questionbank.Gap)
	if q.Type != questionbank.FillBlanks || len(q.Gaps) < 2 || len(between) != len(q.Gaps)+1 || q.Feedback != "" {
		return "", false
	}
	var out strings.Builder
	for i, gap := range q.Gaps {
		lines := shortLines(gap)
		if len(lines) == 0 {
			return "", false
		}
		out.WriteString(escape(between[i]) + "{" + strings.Join(lines, " ") + "}")
	}
	out.WriteString(escape(between[len(q.Gaps)]))
	return out.String(), true
}
