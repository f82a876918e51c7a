package recruiter

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// slotLine is a slot as the builder shows it.
type slotLine struct {
	Section models.PlannedSection
	Slot    models.SectionSlot
	Place   int // from 1
	Last    bool
}

func slotLines(s models.PlannedSection) []slotLine {
	lines := make([]slotLine, len(s.Slots))
	for i, slot := range s.Slots {
		lines[i] = slotLine{Section: s, Slot: slot, Place: i + 1, Last: i == len(s.Slots)-1}
	}
	return lines
}

func (l slotLine) question() models.Question { return l.Section.Questions[*l.Slot.QuestionID] }

func (l slotLine) skill() models.Skill {
	if l.Slot.SkillID == nil {
		return models.Skill{}
	}
	return l.Section.Skills[*l.Slot.SkillID]
}

// text is the question as a line.
func (l slotLine) text() string {
	q := l.question()
	if q.ID == 0 {
		return "This question is not in the bank any more."
	}
	if q.PlainContent != "" {
		return q.PlainContent
	}
	return q.Title
}

func (l slotLine) sub() string {
	q := l.question()
	sub := q.Type.Label()
	if q.Difficulty != "" {
		sub += " · " + levelLabel(q.Difficulty)
	}
	return sub
}

func levelLabel(d models.Difficulty) string {
	for _, o := range levels() {
		if o.Value == string(d) {
			return o.Label
		}
	}
	return "Any level"
}

func (l slotLine) available() int { return l.Section.Available(l.Slot) }

// anyLevel counts what matches without the level.
func (l slotLine) anyLevel() int {
	return l.Section.Available(models.SectionSlot{SkillID: l.Slot.SkillID})
}

func (l slotLine) short() bool { return l.Slot.Questions() > l.available() }

func (l slotLine) worth() string {
	return fmt.Sprintf("%d × %s", l.Slot.Questions(), marks(l.Section.Placed.PositiveMark))
}

func (l slotLine) id() string { return "slot-" + strconv.FormatInt(l.Slot.ID, 10) }

func (l slotLine) shortError() string {
	if !l.short() {
		return ""
	}
	switch n := l.available(); n {
	case 0:
		return "No question matches."
	case 1:
		return "Only 1 question matches."
	default:
		return fmt.Sprintf("Only %d questions match.", n)
	}
}

func skillOptions(skills []models.Skill, current models.Skill) []ui.Option {
	options := make([]ui.Option, 0, len(skills)+1)
	found := false
	for _, s := range skills {
		options = append(options, ui.Option{Value: id(s.ID), Label: s.Name})
		found = found || s.ID == current.ID
	}
	if !found && current.ID != 0 {
		options = append(options, ui.Option{Value: id(current.ID), Label: current.Name})
	}
	return options
}

// undoPick is the address that puts a removed question back to its place.
func undoPick(sectionURL string, slot models.SectionSlot) string {
	q := url.Values{"at": {strconv.Itoa(slot.SortOrder)}}
	if slot.QuestionID != nil {
		q.Set("question", id(*slot.QuestionID))
		return sectionURL + "/questions?" + q.Encode()
	}
	q.Set("skill_id", id(*slot.SkillID))
	q.Set("q_count", strconv.Itoa(slot.Questions()))
	q.Set("difficulty", string(slot.Difficulty))
	return sectionURL + "/draws?" + q.Encode()
}

// UndoRemoval is the address whose POST puts a removed slot back.
func UndoRemoval(assessmentID, sectionID int64, slot models.SectionSlot) string {
	return undoPick(fmt.Sprintf("/assessments/%d/sections/%d", assessmentID, sectionID), slot)
}

func searchExample(skills []models.Skill) string {
	names := make([]string, 0, 3)
	for _, s := range skills[:min(3, len(skills))] {
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		return "Search the bank"
	}
	return "Search the bank: " + strings.Join(names, ", ") + "…"
}

func levelWords(d models.Difficulty) string {
	if d == "" {
		return "any level"
	}
	return string(d)
}

// shortReason is a blocker said beside the question it is about.
func shortReason(b models.Blocker) string {
	for _, reason := range []string{"no answer key", "deleted from the bank", "does not belong there"} {
		if strings.Contains(b.Text, reason) {
			return reason
		}
	}
	return b.Text
}

func (p Build) sectionTabs(s models.PlannedSection) []ui.Tab {
	tabs := []ui.Tab{{Label: "Questions", Count: strconv.Itoa(s.Total())}, {Label: "Title and texts"}, {Label: "Evaluation and forms"}}
	for i, tab := range []BuildTab{QuestionsTab, TextsTab, EvaluationTab} {
		href := p.At(p.Section, tab)
		tabs[i].Href, tabs[i].Current, tabs[i].Attrs = href, p.Tab == tab, p.opens(href)
	}
	return tabs
}
