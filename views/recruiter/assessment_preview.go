package recruiter

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Preview is an example paper of one section, as a candidate would see it. Nothing of it is kept.
type Preview struct {
	layout.Page
	Plan    models.AssessmentPlan
	Section models.PlannedSection
	Paper   []PreviewQuestion
	At      int   // the question shown, from 0; -1 shows the introduction, len(Paper) the conclusion
	Seed    int64 // of the example draw
	Zone    *time.Location
}

// PreviewQuestion is a question of the example paper.
type PreviewQuestion struct {
	models.Question
	Positive, Negative float64
	Drawn              bool
	Rights             []string // the right side of a matching question, as plain text
}

// Href leads to another place of the preview.
func (p Preview) Href(section int64, at int, seed int64) string {
	q := url.Values{"section": {id(section)}, "at": {strconv.Itoa(at)}, "seed": {id(seed)}}
	return fmt.Sprintf("/assessments/%d/preview?", p.Plan.Assessment.ID) + q.Encode()
}

func (p Preview) here(at int) string { return p.Href(p.Section.Placed.ID, at, p.Seed) }

func (p Preview) again() string { return p.Href(p.Section.Placed.ID, max(p.At, 0), p.Seed+1) }

func (p Preview) back() string {
	return fmt.Sprintf("/assessments/%d/build?section=%d&tab=%s", p.Plan.Assessment.ID, p.Section.Placed.ID, QuestionsTab)
}

func (p Preview) question() (PreviewQuestion, bool) {
	if p.At < 0 || p.At >= len(p.Paper) {
		return PreviewQuestion{}, false
	}
	return p.Paper[p.At], true
}

func (p Preview) exam() layout.ExamPage {
	return layout.ExamPage{
		Page: p.Page, Section: p.Section.Section.Title, Saved: previewNote(), Clock: p.clock(), Total: max(len(p.Paper), 1),
		Progress: "Preview, no questions answered", Map: previewMap(p), Help: previewHelp(p), Foot: previewFoot(p),
	}
}

// clock shows the whole time of the section, standing still.
func (p Preview) clock() layout.Clock {
	limit := p.Section.Time()
	if limit == 0 {
		return layout.Clock{None: true}
	}
	seconds := int(limit.Seconds())
	text := fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	if seconds >= 3600 {
		text = fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	return layout.Clock{ID: "clock", Text: text, Remaining: seconds}
}

func (p Preview) links() []ui.QuestionLink {
	links := make([]ui.QuestionLink, len(p.Paper))
	for i := range p.Paper {
		links[i] = ui.QuestionLink{Number: i + 1, Href: p.here(i), Current: i == p.At}
	}
	return links
}

func (p Preview) drawn() bool {
	for _, q := range p.Paper {
		if q.Drawn {
			return true
		}
	}
	return false
}

func (p Preview) sections() []ui.Option {
	options := make([]ui.Option, len(p.Plan.Sections))
	for i, s := range p.Plan.Sections {
		options[i] = ui.Option{Label: s.Section.Title, Href: p.Href(s.Placed.ID, -1, p.Seed), Current: s.Placed.ID == p.Section.Placed.ID}
	}
	return options
}

// heading is what stands over a question: its number and what it is worth.
func (p Preview) heading(q PreviewQuestion) string {
	text := fmt.Sprintf("Question %d of %d", p.At+1, len(p.Paper))
	if p.Section.Section.SectionTypeID != models.ObjectiveSection {
		return text
	}
	text += " · " + marks(q.Positive)
	if q.Negative > 0 {
		return text + ", " + number(q.Negative) + " lost for a wrong answer"
	}
	return text + ", none lost for a wrong answer"
}

func textOptions(texts []string) []ui.Option {
	options := make([]ui.Option, len(texts))
	for i, t := range texts {
		options[i] = ui.Option{Value: t, Label: t}
	}
	return options
}

func (p Preview) introduction() string {
	if p.Section.Placed.Intro != nil {
		return *p.Section.Placed.Intro
	}
	return ""
}

func (p Preview) conclusion() string {
	if p.Section.Placed.Conclusion != nil {
		return *p.Section.Placed.Conclusion
	}
	return ""
}

// gaps are the blanks to fill in; a question that describes none has as many as its key.
func (q PreviewQuestion) gaps() []models.BlankSpec {
	if gaps := q.Body.Data().Gaps; len(gaps) > 0 {
		return gaps
	}
	return make([]models.BlankSpec, len(q.Key.Data().Gaps))
}

func (q PreviewQuestion) hint() string {
	if q.Hint == nil {
		return ""
	}
	return *q.Hint
}

func gapLabel(i, n int) string {
	if n == 1 {
		return "Your answer"
	}
	return fmt.Sprintf("Blank %d", i+1)
}

func previewSum(p Preview) string {
	text := counted(len(p.Paper), "question")
	if t := p.Section.Time(); t > 0 {
		text += " in " + minutes(t)
	}
	return text + "."
}
