package candidate

import (
	"fmt"
	"time"
)

// Section is a section's instructions, before it starts.
type Section struct {
	Page
	SectionLine
	AttemptID   int64
	Content     string // the section's own text, HTML
	Intro       string // HTML
	Limit       time.Duration
	Effective   time.Duration // what is left of the limit before the window closes
	LastMoment  *time.Time    // set when the window cuts the limit
	Extra       time.Duration
	CreditCap   time.Duration
	PerQuestion time.Duration
	IsFree      bool
	NoSkip      bool
	Final       bool
	NoReview    bool
	Objective   bool
	Positive    float64
	Negative    float64
	NeedsForm   bool
	HasForm     bool
	Readable    bool // nothing to answer, only to read
}

// rules words the rules that a section is taken under, one sentence each.
func (p Section) rules() []string {
	w := p.Words.Section
	var rules []string
	add := func(on bool, text string) {
		if on {
			rules = append(rules, text)
		}
	}
	add(p.Limit > 0, fmt.Sprintf(w.Time, p.long(p.Limit)))
	if p.LastMoment != nil {
		add(true, fmt.Sprintf(w.TimeCut, p.when(*p.LastMoment), p.long(p.Effective)))
	}
	add(p.Limit == 0 && p.LastMoment == nil, w.Untimed)
	add(p.Extra > 0, fmt.Sprintf(w.Accommodation, p.long(p.Extra)))
	add(p.Limit > 0, w.Server)
	add(p.IsFree, w.Free)
	add(p.NoSkip, w.NoSkip)
	add(p.Final, w.Final)
	add(p.PerQuestion > 0, fmt.Sprintf(w.PerQuestion, p.long(p.PerQuestion)))
	add(p.NoReview, w.NoReview)
	add(p.Objective && p.Negative == 0, fmt.Sprintf(w.Marks, p.marks(p.Positive)))
	add(p.Objective && p.Negative > 0, fmt.Sprintf(w.MarksLost, p.marks(p.Positive), p.marks(p.Negative)))
	add(true, w.Saved)
	add(p.Limit > 0 && p.CreditCap > 0, fmt.Sprintf(w.Credit, p.long(p.CreditCap)))
	return rules
}

func (p Section) path(rest string) string {
	return fmt.Sprintf("/attend/sections/%d%s", p.AttemptID, rest)
}
