package models

import (
	"slices"
	"time"
)

// AssessmentPlan is an assessment with everything that decides whether candidates can take it.
type AssessmentPlan struct {
	Assessment Assessment
	Sections   []PlannedSection
}

// PlannedSection is a section in its place, with its slots in order and what they can put on a paper.
type PlannedSection struct {
	Placed    AssessmentSection
	Section   Section
	Slots     []SectionSlot
	Questions map[int64]Question // those picked by hand, deleted ones too
	Skills    map[int64]Skill    // those drawn from
	Pools     []Pool
}

// Pool is the questions of one skill and grade that a section may draw: accepted by its type, not deleted and not picked
// by hand.
type Pool struct {
	SkillID    int64
	Difficulty Difficulty
	Count      int
	Keyless    int // of them without a right answer
	// IDs are the questions themselves, where there are fewer than the section draws in total; else they are not needed.
	IDs []int64 `gorm:"-"`
}

// Available returns how many questions a slot has to draw from.
func (p PlannedSection) Available(slot SectionSlot) int {
	n := 0
	for _, pool := range p.Pools {
		if pool.feeds(slot) {
			n += pool.Count
		}
	}
	return n
}

func (p Pool) feeds(slot SectionSlot) bool {
	return slot.IsDrawn() && slot.SkillID != nil && p.SkillID == *slot.SkillID &&
		(slot.Difficulty == "" || slot.Difficulty == p.Difficulty)
}

// Picked and Drawn count the questions on a paper, by hand and by chance.
func (p PlannedSection) Picked() int { return p.count(false) }

// Drawn counts the questions that chance puts on a paper.
func (p PlannedSection) Drawn() int { return p.count(true) }

func (p PlannedSection) count(drawn bool) int {
	n := 0
	for _, s := range p.Slots {
		if s.IsDrawn() == drawn {
			n += s.Questions()
		}
	}
	return n
}

// Total returns how many questions a paper has.
func (p PlannedSection) Total() int { return p.Picked() + p.Drawn() }

// Mark returns what a right answer in a slot earns: the question's own mark, else the section's.
func (p PlannedSection) Mark(slot SectionSlot) float64 {
	if slot.QuestionID != nil {
		if own := p.Questions[*slot.QuestionID].PositiveMark; own != nil {
			return *own
		}
	}
	return p.Placed.PositiveMark
}

// Marks returns the attainable marks; drawn questions count with the section's mark.
func (p PlannedSection) Marks() float64 {
	sum := 0.0
	for _, s := range p.Slots {
		sum += p.Mark(s) * float64(s.Questions())
	}
	return sum
}

// Time returns how long the section takes at most; 0 when nothing limits it.
func (p PlannedSection) Time() time.Duration {
	if p.Placed.MaxSectionTime != nil {
		return time.Duration(*p.Placed.MaxSectionTime) * time.Second
	}
	if p.Placed.MaxQuestionTime != nil {
		return time.Duration(*p.Placed.MaxQuestionTime*p.Total()) * time.Second
	}
	return 0
}

// Time returns how long the whole assessment takes at most.
func (p AssessmentPlan) Time() time.Duration {
	var sum time.Duration
	for _, s := range p.Sections {
		sum += s.Time()
	}
	return sum
}

// Find returns the section with this assessment section id, and its place from 0; -1 when there is none.
func (p AssessmentPlan) Find(id int64) (PlannedSection, int) {
	i := slices.IndexFunc(p.Sections, func(s PlannedSection) bool { return s.Placed.ID == id })
	if i < 0 {
		return PlannedSection{}, -1
	}
	return p.Sections[i], i
}
