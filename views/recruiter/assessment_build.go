package recruiter

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// BuildTab is a part of a section in the builder.
type BuildTab string

// The parts of a section.
const (
	QuestionsTab  BuildTab = "questions"
	TextsTab      BuildTab = "texts"
	EvaluationTab BuildTab = "evaluation"
)

// Build is the builder: an assessment with one of its sections open, or its details.
type Build struct {
	layout.Page
	Plan      models.AssessmentPlan
	Blockers  []models.Blocker
	Section   int64 // assessment section that is open; 0 shows the details
	Tab       BuildTab
	Zone      *time.Location
	May       BuildRights
	Head      AssessmentHead
	Templates []models.Section
	Skills    []models.Skill

	Details    AssessmentDetails
	Rules      SectionRulesForm
	Evaluation SectionEvaluation

	Refused fault.Fields // what a small form of the screen was refused for
	OOB     bool         // parts replace those on the page
}

// BuildRights is what the viewer may do here.
type BuildRights struct{ Edit, Open, Delete, Duplicate, Invite, Word bool }

// URL returns the address of something that belongs to the assessment.
func (p Build) URL(format string, args ...any) string {
	return fmt.Sprintf("/assessments/%d", p.Plan.Assessment.ID) + fmt.Sprintf(format, args...)
}

// At returns the address of the builder with a section open at a tab.
func (p Build) At(section int64, tab BuildTab) string {
	if section == 0 {
		return p.URL("/build")
	}
	return p.URL("/build?section=%d&tab=%s", section, tab)
}

// Open returns the section that is open.
func (p Build) Open() (models.PlannedSection, bool) {
	s, at := p.Plan.Find(p.Section)
	return s, at >= 0
}

func (p Build) editable() bool { return p.May.Edit && p.Plan.Assessment.AllowsEditing() }

func (p Build) inSection(format string, args ...any) string {
	return p.URL("/sections/%d", p.Section) + fmt.Sprintf(format, args...)
}

// posts are the attributes of a form that changes the builder: the answer brings the changed parts out of band.
func posts(url string) templ.Attributes {
	return templ.Attributes{"method": "post", "action": url, "hx-post": url, "hx-swap": "none"}
}

// saves are the attributes of a form that is sent by itself when a field was changed.
func saves(url string) templ.Attributes {
	attrs := posts(url)
	attrs["hx-trigger"], attrs["hx-sync"] = "change, submit", "this:queue last"
	return attrs
}

// opens leads to another part of the builder without loading the page again.
func (p Build) opens(href string) templ.Attributes {
	return templ.Attributes{"hx-get": href, "hx-target": "#build", "hx-swap": "outerHTML", "hx-push-url": "true"}
}

func (p Build) oob() templ.Attributes {
	if p.OOB {
		return templ.Attributes{"hx-swap-oob": "true"}
	}
	return nil
}

func assessmentTone(s models.AssessmentStatus) ui.Tone {
	switch s {
	case models.AssessmentOpen:
		return ui.Good
	case models.AssessmentFilled:
		return ui.Accent
	}
	return ui.Neutral
}

func (p Build) blocked(sectionID int64) bool {
	for _, b := range p.Blockers {
		if b.SectionID == sectionID {
			return true
		}
	}
	return false
}

func (p Build) slotBlockers(slotID int64) []models.Blocker {
	var found []models.Blocker
	for _, b := range p.Blockers {
		if b.SlotID == slotID {
			found = append(found, b)
		}
	}
	return found
}

// blockerHref leads to the field or slot at fault.
func (p Build) blockerHref(b models.Blocker) string {
	switch {
	case b.SlotID != 0:
		return p.At(b.SectionID, QuestionsTab) + fmt.Sprintf("#slot-%d", b.SlotID)
	case b.SectionID != 0 && b.Field != "":
		return p.At(b.SectionID, QuestionsTab) + "#f-" + b.Field
	case b.SectionID != 0:
		return p.At(b.SectionID, QuestionsTab) + "#b-add"
	case b.Field != "":
		return p.At(0, "") + "#f-" + b.Field
	}
	return p.At(0, "") + "#b-new"
}

func (p Build) blockersTitle() string {
	if len(p.Blockers) == 1 {
		return "One thing to settle before you can open it."
	}
	words := []string{"", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}
	count := strconv.Itoa(len(p.Blockers))
	if len(p.Blockers) < len(words) {
		count = words[len(p.Blockers)]
	}
	return count + " things to settle before you can open it."
}

// joint is what stands between the items of a sentence's list.
func joint(i, n int) string {
	switch {
	case i == n-1:
		return "."
	case i == n-2 && n == 2:
		return " and "
	case i == n-2:
		return ", and "
	}
	return ", "
}

func (p Build) saved() string {
	return "Saved " + p.Plan.Assessment.UpdatedAt.In(p.Zone).Format("15:04")
}

func (p Build) sum() string {
	s, _ := p.Open()
	text := fmt.Sprintf("%d picked, %d drawn for each candidate. %s", s.Picked(), s.Drawn(), marks(s.Marks()))
	if s.Section.SectionTypeID == models.EssaySection {
		text = fmt.Sprintf("%d picked, %d drawn for each candidate", s.Picked(), s.Drawn())
	}
	if t := s.Time(); t > 0 {
		text += ", at most " + minutes(t)
	}
	return text + "."
}

func minutes(d time.Duration) string {
	return strconv.FormatFloat(d.Minutes(), 'f', -1, 64) + " min"
}

func marks(m float64) string {
	if m == 1 {
		return "1 mark"
	}
	return number(m) + " marks"
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func sectionIcon(t models.SectionType) ui.IconName {
	switch t {
	case models.ObjectiveSection:
		return ui.IconCheck
	case models.EssaySection:
		return ui.IconPen
	case models.InterviewSection:
		return ui.IconVideo
	case models.LiveSection:
		return ui.IconPeople
	}
	return ui.IconNote
}

func sectionSub(s models.PlannedSection) string {
	parts := []string{s.Section.SectionTypeID.Label()}
	if t := s.Time(); t > 0 {
		parts = append(parts, minutes(t))
	}
	return strings.Join(parts, " · ")
}

func (p Build) totals() string {
	questions, worth := 0, 0.0
	for _, s := range p.Plan.Sections {
		questions += s.Total()
		if s.Section.SectionTypeID == models.ObjectiveSection {
			worth += s.Marks()
		}
	}
	return fmt.Sprintf("%s, %s", counted(questions, "question"), marks(worth))
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return ui.Number(n) + " " + noun + "s"
}

// period says when the assessment can be taken.
func (p Build) period() string {
	a := p.Plan.Assessment
	switch {
	case a.StartDate != nil && a.EndDate != nil:
		return p.moment(*a.StartDate) + " to " + p.moment(*a.EndDate)
	case a.EndDate != nil:
		return "Until " + p.moment(*a.EndDate)
	case a.StartDate != nil:
		return "From " + p.moment(*a.StartDate)
	}
	return "No dates set"
}

// closing ends a sentence with until when that is so.
func (p Build) closing() string {
	if end := p.Plan.Assessment.EndDate; end != nil {
		return " until " + p.moment(*end)
	}
	return " until you close it"
}

func (p Build) moment(t time.Time) string { return t.In(p.Zone).Format("Mon 2 Jan, 15:04 MST") }

// morphs has the whole builder replaced piece by piece, so that focus and open menus stay.
func (p Build) morphs() templ.Attributes {
	if p.OOB {
		return templ.Attributes{"hx-swap-oob": "morph"}
	}
	return nil
}

// still is the page for parts that stand within one that is replaced.
func (p Build) still() Build {
	p.OOB = false
	return p
}

// movable says where a row of a list is and who is asked to move it.
func (p Build) movable(url string, place int) templ.Attributes {
	if !p.editable() {
		return nil
	}
	return templ.Attributes{"data-move-url": url, "data-place": strconv.Itoa(place)}
}

func (p Build) current(section int64) templ.Attributes {
	if section != p.Section {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}

func (p Build) deleteAttrs() templ.Attributes {
	if p.Plan.Assessment.StatusID == models.AssessmentDraft {
		return nil
	}
	return ui.Opens("delete")
}

func (p Build) deleteEffect() string {
	if p.Head.Candidates == 0 {
		return "Nobody was invited. You can undo this."
	}
	return counted(p.Head.Candidates, "candidate") + " can no longer take it or go on with it, and it leaves every list. You can undo this."
}

// frozen says what the status forbids.
func (p Build) frozen() string {
	switch p.Plan.Assessment.StatusID {
	case models.AssessmentOpen:
		return "Open. Sections and questions stay as candidates see them; title, description, dates and people can change. To change more, duplicate it."
	case models.AssessmentClosed:
		return "Closed. Nobody can be invited, begin or go on. Open it again to change that."
	case models.AssessmentFilled:
		return "Filled. The places are taken: nobody can be invited, begin or go on."
	}
	return ""
}

func (p Build) confirms() []ui.ConfirmProps {
	var dialogs []ui.ConfirmProps
	for _, to := range []models.AssessmentStatus{models.AssessmentOpen, models.AssessmentClosed, models.AssessmentFilled} {
		if !p.Plan.Assessment.StatusID.MayBecome(to) {
			continue
		}
		title, effect, verb := p.confirmWords(to)
		dialogs = append(dialogs, ui.ConfirmProps{ID: "status-" + strconv.Itoa(int(to)), Title: title, Effect: effect, Verb: verb,
			Action: p.URL("/status"), Hidden: []ui.HiddenField{{Name: "status", Value: strconv.Itoa(int(to))}}})
	}
	return dialogs
}

func (p Build) confirmWords(to models.AssessmentStatus) (title, effect, verb string) {
	name := p.Plan.Assessment.Title
	switch to {
	case models.AssessmentOpen:
		return "Open " + name + "?", "Candidates can be invited and can take it" + p.closing() +
			". From now on its sections and questions stay as they are.", "Open to candidates"
	case models.AssessmentClosed:
		return "Close " + name + "?", "Nobody can be invited, begin or go on. What candidates saved stays. You can open it again.", "Close assessment"
	}
	return "Mark " + name + " as filled?", "The places are taken: nobody can be invited, begin or go on. You can open it again.", "Mark as filled"
}

// sentence begins a list with a capital.
func sentence(i int, text string) string {
	if i > 0 || text == "" {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
