package recruiter

import (
	"fmt"
	"strconv"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// QuestionUpload is the page on which question files are given.
type QuestionUpload struct {
	layout.Page
	Formats []ui.Option
	Format  string
	Refused fault.Fields
	Recent  []RecentImport
}

// RecentImport is an upload of before.
type RecentImport struct {
	ID                 int64
	Name, When, Result string
}

// QuestionImport is an upload: what would come in, how far it is, or what came in.
type QuestionImport struct {
	layout.Page
	ID     int64
	Name   string
	State  string // "uploaded", "running", "committed" or "failed"
	Why    string // it failed
	Files  []ImportFile
	Counts ImportCounts
	Show   string // "all" or "problems"
	Known  int    // questions the bank has, or the upload twice
	Pager  ui.PagerProps

	Done, Total               int  // while it runs
	DoneKnown                 bool // else another server does it
	Created, Updated, Skipped int
	Problems                  []QuestionProblem // of what came in
	Duplicates                string
	Refused                   fault.Fields
}

// ImportCounts are how many questions and problems there are.
type ImportCounts struct{ Questions, New, Known, Changed, Repeated, Errors, Warnings int }

// ImportFile is one file of an upload.
type ImportFile struct {
	Name, Format string
	Refused      bool
	Total        int
	Questions    []ImportLine
	Problems     []QuestionProblem
}

// ImportLine is one question of a dry run, in plain words.
type ImportLine struct {
	Number   int
	Line     int
	Type     string
	Prompt   string
	Choices  []ImportChoice
	Key      string // where there are no choices
	Skills   string
	Standing string // "New", "In the bank" …
	Tone     ui.Tone
	KnownID  int64
}

// ImportChoice is a choice, marked when it is right.
type ImportChoice struct {
	Text    string
	IsRight bool
}

// QuestionProblem is one problem of a file.
type QuestionProblem struct {
	File              string // told where an upload has several
	Line              int
	Question, Message string
	IsError           bool
}

func (p QuestionImport) url() string { return "/questions/imports/" + strconv.FormatInt(p.ID, 10) }

// lead says in a sentence what the upload holds.
func (p QuestionImport) lead() string {
	switch p.State {
	case "committed":
		return fmt.Sprintf("%s came in.", countOf(p.Created, "question"))
	case "running":
		return "The questions are being written. You can leave this page."
	}
	if p.Counts.Questions == 0 {
		return "No question could be read. Nothing was imported."
	}
	var lead string
	switch fresh := p.Counts.Questions - p.Known; {
	case p.Known == 0:
		lead = countOf(fresh, "question") + " can come in."
	case fresh == 0:
		lead = "No question is new."
	default:
		lead = countOf(fresh, "new question") + " can come in."
	}
	if there := p.Known - p.Counts.Repeated; there > 0 {
		lead += fmt.Sprintf(" %s there already.", isAre(there))
	}
	if p.Counts.Repeated > 0 {
		lead += fmt.Sprintf(" %s in the files twice.", isAre(p.Counts.Repeated))
	}
	if p.Counts.Errors > 0 {
		lead += fmt.Sprintf(" %s out; see why below.", stays(p.Counts.Errors))
	}
	return lead
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return ui.Number(n) + " " + noun + "s"
}

func isAre(n int) string {
	if n == 1 {
		return "1 is"
	}
	return ui.Number(n) + " are"
}

func stays(n int) string {
	if n == 1 {
		return "1 stays"
	}
	return ui.Number(n) + " stay"
}

func (p QuestionImport) runningNote() string {
	if !p.DoneKnown {
		return "Waiting for its turn"
	}
	return fmt.Sprintf("%s of %s written", ui.Number(p.Done), ui.Number(p.Total))
}
