package candidate

import (
	"fmt"
	"strings"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/ui"
)

// Landing is where the link in an invitation leads.
type Landing struct {
	Page
	Assessment  string
	Description string // HTML, sanitized
	Sections    []SectionLine
	Until       *time.Time
	Total       time.Duration // of all timed sections
	Proctored   bool
	Link        string
	Code        string // as it was typed, when it was refused
	Verified    string // name of the candidate who is verified on this device already
	Refused     fault.Fields
}

// SectionLine is one section as a candidate sees it listed.
type SectionLine struct {
	Title     string
	Limit     time.Duration // 0 for none
	Questions int
}

func (p Landing) codeField() ui.Field {
	return ui.Field{Name: "code", Label: p.Words.Landing.CodeLabel, Hint: p.Words.Landing.CodeHint, Error: p.Refused["code"], Required: true}
}

func (p Landing) planned() string {
	if p.Total == 0 {
		return p.Words.Duration.Unlimited
	}
	return p.long(p.Total)
}

// sectionFacts says how many questions a section has and how long it takes.
func (p Page) sectionFacts(s SectionLine) string {
	var facts []string
	switch {
	case s.Questions == 1:
		facts = append(facts, p.Words.Overview.QuestionsOne)
	case s.Questions > 1:
		facts = append(facts, fmt.Sprintf(p.Words.Overview.Questions, s.Questions))
	}
	if s.Limit > 0 {
		facts = append(facts, p.long(s.Limit))
	}
	return strings.Join(facts, ", ")
}
