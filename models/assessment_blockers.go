package models

import (
	"fmt"
	"time"
)

// Blocker is something that would fail a candidate, with what to look at. Ids are 0 where the thing is the assessment
// itself or not a slot; Field is the wire name of the field at fault, empty where there is none.
type Blocker struct {
	SectionID int64 // assessment section
	SlotID    int64
	Field     string
	Text      string // what is wrong, without the full stop
}

// Blockers returns everything that keeps the assessment from being opened at this moment, in the order of its sections.
func (p AssessmentPlan) Blockers(now time.Time) []Blocker {
	found := dateBlockers(p.Assessment, now)
	if len(p.Sections) == 0 {
		found = append(found, Blocker{Text: "there is no section yet"})
	}
	short := false
	for _, s := range p.Sections {
		blockers, tooFew := s.blockers()
		found, short = append(found, blockers...), short || tooFew
	}
	// Where one slot alone asks for too much, that is said already.
	if missing := p.unservable(); !short && missing > 0 {
		last := p.Sections[len(p.Sections)-1].Placed.ID
		found = append(found, Blocker{SectionID: last,
			Text: fmt.Sprintf("the random draws share questions and together run short by %d", missing)})
	}
	return found
}

func dateBlockers(a Assessment, now time.Time) []Blocker {
	switch {
	case a.EndDate != nil && a.StartDate != nil && !a.EndDate.After(*a.StartDate):
		return []Blocker{{Field: "end_date", Text: "the assessment closes before it opens"}}
	case a.EndDate != nil && !a.EndDate.After(now):
		return []Blocker{{Field: "end_date", Text: "its last day is over"}}
	}
	return nil
}

func (p PlannedSection) blockers() (found []Blocker, tooFew bool) {
	add := func(slotID int64, field, text string, args ...any) {
		found = append(found, Blocker{SectionID: p.Placed.ID, SlotID: slotID, Field: field, Text: fmt.Sprintf(text, args...)})
	}
	if p.Section.SectionTypeID.TakesQuestions() && len(p.Slots) == 0 {
		add(0, "", "%s has no questions", p.Section.Title)
	}
	p.ruleBlockers(add)
	for i, slot := range p.Slots {
		if !slot.IsDrawn() {
			p.pickBlocker(slot, i+1, add)
		}
	}
	return found, p.drawBlockers(add)
}

type blockerFunc func(slotID int64, field, text string, args ...any)

func (p PlannedSection) ruleBlockers(add blockerFunc) {
	title, placed := p.Section.Title, p.Placed
	switch kind := p.Section.SectionTypeID; {
	case kind == InterviewSection && placed.MaxQuestionTime == nil:
		add(0, "max_question_time", "%s has no time per question", title)
	case (kind == ObjectiveSection || kind == EssaySection) && placed.MaxSectionTime == nil:
		add(0, "max_section_time", "%s has no time limit", title)
	}
	if p.Section.SectionTypeID == ObjectiveSection && len(p.Slots) > 0 && p.Marks() <= 0 {
		add(0, "positive_mark", "no mark can be earned in %s", title)
	}
	if placed.CutOff != nil && *placed.CutOff > 100 {
		add(0, "cut_off", "nobody could pass %s: the cut-off is above 100 percent", title)
	}
}

func (p PlannedSection) pickBlocker(slot SectionSlot, number int, add blockerFunc) {
	question, title := p.Questions[*slot.QuestionID], p.Section.Title
	switch {
	case question.ID == 0 || question.IsDeleted:
		add(slot.ID, "", "question %d of %s was deleted from the bank", number, title)
	case !p.Section.SectionTypeID.Accepts(question.Type):
		add(slot.ID, "", "question %d of %s is of a type that does not belong there", number, title)
	case !question.Key.Data().Declared(question.Type):
		add(slot.ID, "", "question %d of %s has no answer key", number, title)
	}
}

// drawBlockers finds slots that ask for more than there is, and tells whether there are any.
func (p PlannedSection) drawBlockers(add blockerFunc) (short bool) {
	demand := map[poolKey]int{} // by skill and grade; the grade "" holds the skill's whole demand
	keyless := map[int64]bool{}
	for _, slot := range p.Slots {
		if !slot.IsDrawn() || slot.SkillID == nil {
			continue
		}
		name, grade := p.Skills[*slot.SkillID].Name, ""
		if slot.Difficulty != "" {
			grade = string(slot.Difficulty) + " "
		}
		before := p.shortage(slot, demand)
		switch available := p.Available(slot); {
		case slot.Questions() > available:
			add(slot.ID, "q_count", "%d %squestions are to be drawn from %s where %d match", slot.Questions(), grade, name, available)
			short = true
		case before > 0:
			add(slot.ID, "q_count", "the draws from %s ask for %s more than there are", name, countOf(before, "question"))
			short = true
		}
		if n := p.keyless(slot); n > 0 && !keyless[*slot.SkillID] {
			keyless[*slot.SkillID] = true
			add(slot.ID, "", "%s that may be drawn from %s: no answer key", countOf(n, "question"), name)
		}
	}
	return short
}

// shortage adds the slot to what is asked of its skill so far and returns by how much that is too much.
func (p PlannedSection) shortage(slot SectionSlot, demand map[poolKey]int) int {
	whole := poolKey{skillID: *slot.SkillID}
	demand[whole] += slot.Questions()
	over := demand[whole] - p.Available(SectionSlot{SkillID: slot.SkillID})
	if slot.Difficulty != "" {
		graded := poolKey{*slot.SkillID, slot.Difficulty}
		demand[graded] += slot.Questions()
		over = max(over, demand[graded]-p.Available(slot))
	}
	return over
}

func (p PlannedSection) keyless(slot SectionSlot) int {
	n := 0
	for _, pool := range p.Pools {
		if pool.feeds(slot) {
			n += pool.Keyless
		}
	}
	return n
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
