package recruiter

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// Questions is the bank: its list, and beside it the question that is looked at.
type Questions struct {
	layout.Page
	List      QuestionList
	Pane      *QuestionPane
	MayCreate bool
	MayImport bool
}

// QuestionList is the questions that a search and its filters leave.
type QuestionList struct {
	Text       string
	Fields     []ui.SelectProps // the filters that can be set, and the order
	On         []ui.ChipProps   // the filters that are set
	Views      SavedViews
	Rows       []QuestionRow
	Columns    []ui.Column
	Pager      ui.PagerProps
	IsFiltered bool
	ClearHref  string
	MayChange  bool
	MayDelete  bool
	MayExport  bool
	Exports    []ui.Option // formats
	ExportHref string      // all that the filters leave, without the format
	CurrentID  int64
	Skills     []string
	Categories []string
}

// QuestionRow is one question of the list.
type QuestionRow struct {
	ID         int64
	Title      string
	Type       models.QuestionType
	Difficulty models.Difficulty
	Skills     string
	Used       int
	Changed    string
	ChangedAt  string // in full
}

// Sub says type and difficulty.
func (r QuestionRow) Sub() string {
	if r.Difficulty == "" {
		return r.Type.Label()
	}
	return r.Type.Label() + " · " + DifficultyLabel(r.Difficulty)
}

// DifficultyLabel returns the difficulty as people read it.
func DifficultyLabel(d models.Difficulty) string {
	return map[models.Difficulty]string{models.Easy: "Easy", models.Medium: "Medium", models.Hard: "Hard"}[d]
}

func questionURL(id int64) string { return "/questions/" + strconv.FormatInt(id, 10) }

// formOf joins a control to a form elsewhere in the page.
func formOf(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"form": id}
}

// QuestionTagging asks for the tags of chosen questions.
type QuestionTagging struct {
	layout.Page
	Chosen             []int64
	Said               string // "3 questions"
	Skills, Categories []string
}
