package candidate

import (
	"fmt"
	"github.com/assay-hire/assay/views/ui"
	"time"
)

// SectionState is how far a candidate is in a section.
type SectionState int

// The states of a section on the overview.
const (
	SectionOpen SectionState = iota
	SectionLater
	SectionRunning
	SectionDone
	SectionOver      // its time passed before it was started
	SectionElsewhere // an interview and the like: not taken here
)

// Overview lists the sections of an assessment.
type Overview struct {
	Page
	Candidate, Assessment string
	Sections              []OverviewSection
	Until                 *time.Time
}

// OverviewSection is one section with where to go.
type OverviewSection struct {
	SectionLine
	State            SectionState
	Href             string
	Opens            *time.Time
	Left             time.Duration // of a running section with a clock
	Timed            bool
	Answered, Papers int
}

func (p Overview) lead() string {
	open := 0
	for _, s := range p.Sections {
		if s.State == SectionOpen || s.State == SectionRunning || s.State == SectionLater {
			open++
		}
	}
	switch {
	case open == 0:
		return p.Words.Overview.LeadDone
	case len(p.Sections) == 1:
		return fmt.Sprintf(p.Words.Overview.LeadOne, p.Assessment)
	default:
		return fmt.Sprintf(p.Words.Overview.Lead, p.Assessment, len(p.Sections))
	}
}

// state words how a section stands.
func (p Overview) state(s OverviewSection) string {
	w := p.Words.Overview
	switch s.State {
	case SectionRunning:
		if s.Timed {
			return fmt.Sprintf(w.TimeLeft, Countdown(s.Left))
		}
		return w.Running
	case SectionDone:
		return w.Done
	case SectionOver:
		return p.Words.Closed.Over
	case SectionElsewhere:
		return w.Elsewhere
	case SectionLater:
		return fmt.Sprintf(w.Later, p.when(*s.Opens))
	default:
		return w.Open
	}
}

// next tells which section the one key button belongs to: the running one, else the first open one.
func (p Overview) next() int {
	first := -1
	for i, s := range p.Sections {
		if s.State == SectionRunning {
			return i
		}
		if s.State == SectionOpen && first < 0 {
			first = i
		}
	}
	return first
}

func sectionKind(isNext bool) ui.ButtonKind {
	if isNext {
		return ui.Key
	}
	return ui.Plain
}
