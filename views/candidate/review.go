package candidate

import (
	"fmt"
	"strings"
)

// Review is the last look before a section is submitted.
type Review struct {
	Page
	Section   string
	AttemptID int64
	Paper     Paper
	CanReturn bool   // the section shows all questions again at the end
	Clock     string // the time left
	Remaining int    // the same in seconds
	Timed     bool
}

func (p Review) lead() string {
	w := p.Words.Review
	total, answered := len(p.Paper.Marks), p.Paper.Answered()
	if answered == total {
		return w.LeadAll
	}
	facts := []string{one(total-answered, w.OpenOne, w.Open)}
	if marked := p.Paper.marked(); marked > 0 {
		facts = append(facts, one(marked, w.MarkedOne, w.MarkedSome))
	}
	return fmt.Sprintf(w.Lead, answered, total) + " " + strings.Join(facts, ", ") + "."
}

func one(n int, singular, plural string) string {
	if n == 1 {
		return singular
	}
	return fmt.Sprintf(plural, n)
}

// Conclusion is what a candidate sees when a section is closed.
type Conclusion struct {
	Page
	Section     string
	AttemptID   int64
	Text        string // the section's own conclusion, HTML
	ByTime      string // when it was closed, if the time ran out
	Answered    int
	Total       int
	Next        string // path of the next section to start
	NextSection SectionLine
	IsLastDone  bool
	Readable    bool
}

// text says that the answers are in, and that nothing more is to be done only where that is so.
func (p Conclusion) text() string {
	if p.Next != "" {
		return p.Words.Conclusion.TextNext
	}
	return p.Words.Conclusion.Text
}
