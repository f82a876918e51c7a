// Package questionbank is what question files have in common: the questions read from them and the problems found.
// Each format lives in its own package below this one and turns bytes into a Document or a list of questions into bytes.
// Nothing here or below knows the database, HTTP or the organization the questions will belong to.
package questionbank

// Type is a question type's documented wire value.
type Type string

// The types an importer may produce. The values are those of the question resource.
const (
	MultipleChoice Type = "multiple choice"
	MultipleAnswer Type = "multiple choice multiple answer"
	TrueFalse      Type = "true or false"
	FillBlanks     Type = "fill blanks"
	Match          Type = "match the following"
	Essay          Type = "essay"
)

// Gap is the mark that stands in a plain prompt where a blank is to be filled in.
const Gap = "_____"

// Question is one question as a file gives it. Texts that may hold markup, the sides of pairs among them, are HTML,
// already sanitized. What a gap accepts or offers is plain text, for it is compared with what a person typed.
type Question struct {
	Type       Type
	Title      string   // the file's own name for it, plain text
	Prompt     string   // HTML; a gap stands as Gap
	Choices    []Choice // multiple choice and multiple answer
	Truth      *bool    // true or false: the right answer, nil when the file declares none
	Gaps       []Blank  // fill in the blank: one entry per gap, in reading order; a single gap may have no mark in the prompt
	Pairs      []Pair   // match the following
	Decoys     []string // match the following: right sides that belong to no left side
	Hint       string   // HTML
	Feedback   string   // HTML, general feedback
	Guidance   string   // HTML, notes for whoever marks an essay
	Skills     []string
	Categories []string // category paths, "/" between levels
	Difficulty string   // "easy", "medium", "hard" or empty
	Marks      float64  // 0 when the file gives none
	Shuffle    bool     // choices may be shown in another order
	ExternalID string
	Images     []Image
	Line       int // 1-based line in the file where the question starts
}

// Choice is one option. Weight is the share of the mark it is worth, from -1 to 1.
type Choice struct {
	Text     string // HTML
	Correct  bool
	Weight   float64
	Feedback string // HTML
}

// Blank is what one gap accepts.
type Blank struct {
	Accepted      []string // full credit
	Partial       []PartialAnswer
	CaseSensitive bool
	Options       []string // offered texts where the gap is a choice from a list, else empty
}

// PartialAnswer is an accepted text worth less than the full mark.
type PartialAnswer struct {
	Text   string
	Weight float64 // between 0 and 1, both excluded
}

// Pair is a left side and the right side that belongs to it.
type Pair struct {
	Left, Right string
}

// Image is a picture the file carries; a Prompt or Choice refers to it as <img src="bank:NAME">.
type Image struct {
	Name      string
	MediaType string
	Data      []byte
}

// Severity tells whether a problem kept something out.
type Severity string

// A warning: the question came in, but something of it changed or was left out. An error: the question, or with no
// question named the whole file, did not come in.
const (
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Problem is one line of an import report.
type Problem struct {
	Line     int    // 1-based, 0 when unknown
	Question string // title or the prompt's beginning; empty for the file as a whole
	Severity Severity
	Message  string // what happened, why, and what to do about it
}

// Document is what one file holds. When a Problem of severity Error names no question, Questions is empty.
type Document struct {
	File      string
	Format    string // "gift", "moodle-xml", "qti", "csv" or "xlsx"
	Questions []Question
	Problems  []Problem
}

// Refused tells whether the whole file is refused: nothing of it may be imported.
func (d Document) Refused() bool {
	for _, p := range d.Problems {
		if p.Severity == Error && p.Question == "" {
			return true
		}
	}
	return false
}
