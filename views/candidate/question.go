package candidate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Question is the exam page. Where questions may be taken in any order it holds all of them and shows one, so that a
// candidate can go on while the network is gone; else it holds the one that is due.
type Question struct {
	Page
	Section     string
	AttemptID   int64
	Items       []QuestionItem
	Current     int // index of the question shown, from 0, on the paper
	Paper       Paper
	HasMap      bool // the section shows all its questions all the time
	HasReview   bool
	IsFree      bool
	CanGoBack   bool
	Timed       bool
	Left        time.Duration
	OwnClock    bool          // the time left is this question's own
	CreditLeft  time.Duration // what a disconnection may still give back
	BeatEvery   time.Duration
	IsProctored bool
}

// Paper is how far a candidate is: one entry a question, in paper order.
type Paper struct {
	AttemptID int64
	Marks     []PaperMark
	Current   int
}

// PaperMark is the state of one question on the paper.
type PaperMark struct{ Answered, Marked bool }

// QuestionItem is one question with its answer so far.
type QuestionItem struct {
	Position  int // on the paper, from 0
	AnswerID  int64
	Type      models.QuestionType
	Content   string          // HTML, sanitized
	Hint      string          // HTML, sanitized; empty for most questions
	Choices   []models.Option // as this candidate sees them
	Left      []models.Option // to be matched
	Right     []models.Option
	Gaps      []models.BlankSpec
	Value     models.AnswerValue
	Revision  int64
	Marked    bool
	Final     bool // nothing can be changed any more
	Over      bool // because its own time is over
	Positive  float64
	Negative  float64
	IsPartial bool
}

// Answered counts the answered questions.
func (p Paper) Answered() int {
	n := 0
	for _, m := range p.Marks {
		if m.Answered {
			n++
		}
	}
	return n
}

func (p Paper) marked() int {
	n := 0
	for _, m := range p.Marks {
		if m.Marked {
			n++
		}
	}
	return n
}

// seen is the paper looked at from outside: no question is the current one.
func (p Paper) seen() Paper {
	p.Current = -1
	return p
}

func (p Paper) links() []ui.QuestionLink {
	links := make([]ui.QuestionLink, len(p.Marks))
	for i, m := range p.Marks {
		links[i] = ui.QuestionLink{Number: i + 1, Href: questionPath(p.AttemptID, i), Answered: m.Answered, Marked: m.Marked, Current: i == p.Current}
	}
	return links
}

func (p Paper) progress(w Words) string {
	return fmt.Sprintf(w.Question.Answered, p.Answered(), len(p.Marks))
}

func questionPath(attempt int64, position int) string {
	return fmt.Sprintf("/attend/sections/%d/questions/%d", attempt, position+1)
}

func sectionPath(attempt int64, rest string) string {
	return fmt.Sprintf("/attend/sections/%d%s", attempt, rest)
}

// Clock is the time left as the shell shows it.
func (p Question) clock() layout.Clock { return ClockOf(p.AttemptID, p.Timed, p.Left) }

// ClockOf words the time left of an attempt.
func ClockOf(attempt int64, timed bool, left time.Duration) layout.Clock {
	return layout.Clock{ID: "exam-clock", Text: Countdown(left), Remaining: max(0, int(left.Seconds())), None: !timed,
		Low: left <= 5*time.Minute, Source: sectionPath(attempt, "/heartbeats")}
}

func (p Question) shell() layout.ExamPage {
	shell := layout.ExamPage{
		Page: p.Page.Page, Section: p.Section, Clock: p.clock(), Answered: p.Paper.Answered(), Total: len(p.Paper.Marks),
		Progress: p.Paper.progress(p.Words), Saved: savedSlot(p.Words), Offline: offlineBand(p),
		Help: helpAside(p), Foot: feet(p),
	}
	if p.HasMap {
		shell.Map = paperMap("map-side", p.Paper)
	}
	return shell
}

func (p Question) offlineText() string {
	if p.CreditLeft <= 0 {
		text, _, _ := strings.Cut(p.Words.Question.OfflineText, ". ")
		return text + "."
	}
	return fmt.Sprintf(p.Words.Question.OfflineText, p.long(p.CreditLeft))
}

func (p Question) help() string {
	if p.Timed && p.CreditLeft > 0 {
		return fmt.Sprintf(p.Words.Question.HelpCredit, p.long(p.CreditLeft))
	}
	return p.Words.Question.Help
}

// facts says what the question is worth.
func (p Question) facts(q QuestionItem) string {
	w := p.Words.Question
	if !q.Type.IsObjective() {
		return w.ReadBy
	}
	facts := p.marks(q.Positive) + ", "
	if q.Negative == 0 {
		facts += w.NoneLost
	} else {
		facts += fmt.Sprintf(w.Lost, p.marks(q.Negative))
	}
	if q.IsPartial {
		facts += ", " + w.Share
	}
	return facts
}

func (p Question) isLast(q QuestionItem) bool { return q.Position == len(p.Paper.Marks)-1 }

// shown tells whether the page shows the question without script.
func (p Question) shown(q QuestionItem) bool { return q.Position == p.Current }

func (q QuestionItem) form() string { return fmt.Sprintf("form-%d", q.AnswerID) }

func (q QuestionItem) action() string { return fmt.Sprintf("/attend/answers/%d", q.AnswerID) }

func (q QuestionItem) legend() string { return fmt.Sprintf("legend-%d", q.AnswerID) }

func (q QuestionItem) chosen(id string) bool { return slices.Contains(q.Value.Choices, id) }

func (q QuestionItem) truth(value bool) bool { return q.Value.Truth != nil && *q.Value.Truth == value }

func (q QuestionItem) gap(i int) string {
	if i < len(q.Value.Gaps) {
		return q.Value.Gaps[i]
	}
	return ""
}

// gapCount is at least one: a question whose body lists no gap is answered in one text.
func (q QuestionItem) gapSpecs() []models.BlankSpec {
	if len(q.Gaps) == 0 {
		return []models.BlankSpec{{}}
	}
	return q.Gaps
}

func (p Question) gapField(q QuestionItem, i int) ui.Field {
	label := p.Words.Question.Answer
	if len(q.gapSpecs()) > 1 {
		label = fmt.Sprintf(p.Words.Question.Gap, i+1)
	}
	return ui.Field{Name: "gap" + strconv.Itoa(i), ID: fmt.Sprintf("gap-%d-%d", q.AnswerID, i), Label: label}
}

func gapOptions(spec models.BlankSpec) []ui.Option {
	options := make([]ui.Option, len(spec.Options))
	for i, o := range spec.Options {
		options[i] = ui.Option{Value: o, Label: o}
	}
	return options
}

// words words how long a text is.
func (p Question) words(text string) string { return countWords(p.Words, len(strings.Fields(text))) }

func countWords(w Words, n int) string {
	if n == 1 {
		return w.Question.WordOne
	}
	return fmt.Sprintf(w.Question.Words, n)
}

// texts are what the scripts say, as data attributes: a script holds no words of its own.
func (p Question) texts() templ.Attributes {
	w := p.Words
	return templ.Attributes{
		"data-say-low-10": w.Question.Minutes10, "data-say-low-5": w.Question.Minutes5, "data-say-low-1": w.Question.Minutes1,
		"data-say-question": w.Question.Announced, "data-say-words": strings.ReplaceAll(w.Question.Words, "%d", "{n}"),
		"data-say-word": w.Question.WordOne, "data-say-offline": w.Question.OfflineTitle, "data-say-offline-for": w.Question.OfflineFor,
		"data-say-signed-out": w.Saved.GoneHere, "data-say-time": w.Question.TimeMayBeUp,
	}
}

// goOn is where the key button of a question leads.
func (p Question) goOn(q QuestionItem) string {
	switch {
	case !p.isLast(q):
		return "next"
	case p.HasReview:
		return "review"
	default:
		return "submit"
	}
}
