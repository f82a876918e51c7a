package recruiter

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Pipeline is the page of an assessment's candidates on their way to a decision.
type Pipeline struct {
	layout.Page
	Assessment models.Assessment
	Head       AssessmentHead
	Query      string // the filter as a query, "?…" or empty
	Counts     Counts
	Spread     ui.HistogramProps
	Scored     int
	Low, High  float64 // the middle half of the scores
	LiveURL    string  // where the board is asked for again
	IsTable    bool
	Sort       string
	Columns    []Column
	Cards      []Card // of the table
	NextHref   string
	Filter     PipelineFilter
	Views      SavedViews
	Drawer     templ.Component // opens with the page
	MayDecide  bool
	MayAssign  bool
	MayInvite  bool
	MayExport  bool
}

// Counts is how many stand at each status, and how many the system had brought there beneath their decisions.
type Counts struct {
	At, Reached map[models.StatusKey]int
	Total       int
}

// PipelineFilter is the filters as their form shows them.
type PipelineFilter struct {
	Q, Min, Max, Cut, Rec, Days, Field, Value string
	Section, Evaluator                        string
	Sections, Evaluators, Fields              []ui.Option
	Chips                                     []ui.ChipProps
	Hidden                                    []ui.HiddenField // everything but the search
}

// Column is one status of the board.
type Column struct {
	AssessmentID int64
	Key          models.StatusKey
	Count        int
	Cards        []Card
	MoreHref     string
	Left         int
	Query        string
	OutOfBand    bool
}

// Card is a participation on the board.
type Card struct {
	ID, CandidateID   int64
	Name              string
	Status            models.StatusKey
	Since             time.Time
	Days              int
	Score             *float64
	CutOff, Low, High float64
	Reason            string
	RemindedAt        *time.Time
	Sections          []SectionMark
	Judges            []Judge
	Href              string
}

// SectionMark is how far one section is.
type SectionMark struct{ Started, Done bool }

// Judge is somebody who evaluates, and the verdict as far as it may be shown.
type Judge struct {
	Name           string
	Done           bool
	Recommendation models.Recommendation
}

func (p Pipeline) path(rest string) string {
	return fmt.Sprintf("/assessments/%d/pipeline%s", p.Assessment.ID, rest)
}

// with returns the pipeline's address under the filter and one more parameter.
func (p Pipeline) with(name, value string) string {
	if p.Query == "" {
		return p.path("?" + name + "=" + value)
	}
	return p.path(p.Query + "&" + name + "=" + value)
}

func (p Pipeline) view(table bool) string {
	if table {
		return p.with("view", "table")
	}
	return p.path(p.Query)
}

func (p Pipeline) viewOptions() []ui.Option {
	return []ui.Option{
		{Label: "Board", Icon: ui.IconBoard, Href: p.view(false), Current: !p.IsTable},
		{Label: "Table", Icon: ui.IconTable, Href: p.view(true), Current: p.IsTable},
	}
}

// Steps is the funnel: each step's share of the one before.
func (c Counts) Steps(path string) []ui.FunnelStep {
	reached := func(k models.StatusKey) int {
		n := 0
		for key, count := range c.Reached {
			if key >= k {
				n += count
			}
		}
		return n
	}
	steps := []ui.FunnelStep{
		{Label: "Invited", Count: c.Total},
		{Label: "Started", Count: reached(models.Attending)},
		{Label: "Completed", Count: reached(models.Completed)},
		{Label: "Evaluated", Count: reached(models.Evaluated)},
		{Label: "Selected", Count: c.At[models.Selected]},
	}
	for i := range steps {
		steps[i].Of = c.Total
		if i > 0 && steps[i-1].Count > 0 && steps[i].Count <= steps[i-1].Count {
			steps[i].Note = fmt.Sprintf("%d%%", steps[i].Count*100/steps[i-1].Count)
		}
	}
	return steps
}

var statusGlyphs = map[models.StatusKey]ui.StatusKey{
	models.Invited: ui.StatusInvited, models.Mailed: ui.StatusMailed, models.Attending: ui.StatusAttending,
	models.Completed: ui.StatusCompleted, models.Evaluated: ui.StatusEvaluated, models.Selected: ui.StatusSelected,
	models.Hold: ui.StatusHold, models.Rejected: ui.StatusRejected, models.Suspended: ui.StatusSuspended,
	models.Archived: ui.StatusArchived,
}

// glyph is the drawing of a status.
func glyph(k models.StatusKey) ui.StatusKey { return statusGlyphs[k] }

func (c Column) id() string { return fmt.Sprintf("col-%d", c.Key) }

func (c Column) dropURL() string {
	return fmt.Sprintf("/assessments/%d/pipeline/drops%s", c.AssessmentID, c.Query)
}

// isSpare is a column that shows only while a card is dragged.
func (c Column) isSpare() bool {
	return c.Count == 0 && (c.Key == models.Suspended || c.Key == models.Archived)
}

func (c Card) score() ui.ScoreProps {
	return ui.ScoreProps{Value: *c.Score, CutOff: c.CutOff, Low: c.Low, High: c.High}
}

func (c Card) age() string {
	switch {
	case c.Days == 0:
		return "today"
	default:
		return fmt.Sprintf("%d d", c.Days)
	}
}

// note is the one line under a name: the reason of a decision, else what is waited for.
func (c Card) note() string {
	switch {
	case c.Reason != "":
		return c.Reason
	case c.Status < models.Completed && c.RemindedAt != nil:
		return "Reminded on " + c.RemindedAt.Format("2 Jan")
	case c.Status == models.Attending:
		done := 0
		for _, s := range c.Sections {
			if s.Done {
				done++
			}
		}
		return fmt.Sprintf("%d of %d sections done", done, len(c.Sections))
	case c.Status == models.Completed && len(c.Judges) > 0:
		return fmt.Sprintf("%d of %d evaluations in", c.evaluated(), len(c.Judges))
	}
	return ""
}

func (c Card) evaluated() int {
	n := 0
	for _, j := range c.Judges {
		if j.Done {
			n++
		}
	}
	return n
}

func (c Card) sectionWords() string {
	words := make([]string, len(c.Sections))
	for i, s := range c.Sections {
		state := "not started"
		if s.Done {
			state = "done"
		} else if s.Started {
			state = "under way"
		}
		words[i] = fmt.Sprintf("%d %s", i+1, state)
	}
	return "Sections: " + strings.Join(words, ", ")
}

func (s SectionMark) class() string {
	switch {
	case s.Done:
		return "sec-d"
	case s.Started:
		return "sec-n"
	}
	return "sec-o"
}

func (c Card) judgeNames() []string {
	var names []string
	for _, j := range c.Judges {
		names = append(names, j.Name)
	}
	return names
}

// verdicts counts the recommendations that may be seen, in the order select, hold, reject.
func (c Card) verdicts() []ui.Part {
	counts := map[models.Recommendation]int{}
	for _, j := range c.Judges {
		counts[j.Recommendation]++
	}
	var parts []ui.Part
	for _, r := range []models.Recommendation{models.RecommendSelect, models.RecommendHold, models.RecommendReject} {
		if counts[r] > 0 {
			parts = append(parts, ui.Part{Label: string(r), Count: counts[r]})
		}
	}
	return parts
}

// PipelineKeys are the keys of the pipeline.
func PipelineKeys() []layout.KeyHelp {
	return []layout.KeyHelp{
		{Keys: "← ↑ ↓ →", Does: "between cards"}, {Keys: "Enter", Does: "open the candidate"},
		{Keys: "X", Does: "choose the card"}, {Keys: "S", Does: "select"}, {Keys: "H", Does: "put on hold"},
		{Keys: "R", Does: "reject"}, {Keys: "M", Does: "move to any status"},
	}
}
