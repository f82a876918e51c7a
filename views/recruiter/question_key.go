package recruiter

import (
	"fmt"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
)

// QuestionKey is the page on which the key of a question is corrected.
type QuestionKey struct {
	layout.Page
	ID      int64
	Type    models.QuestionType
	Content string // HTML with signed pictures
	Tabs    []ui.Tab
	Papers  int // on which the question stands
	Reason  string
	Refused fault.Fields

	Choices []ChoiceField // texts are plain
	Truth   string
	Gaps    []GapField
	Pairs   []KeyPair
	Rights  []ui.Option
}

// KeyPair is a left side and the id of the right side that belongs to it.
type KeyPair struct{ ID, Left, Right string }

func (p QuestionKey) field(name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Error: p.Refused[name]}
}

// refusedKey is what is wrong with the key itself.
func (p QuestionKey) refusedKey() string {
	for _, name := range []string{"key", "choices", "gaps", "pairs", "truth"} {
		if p.Refused[name] != "" {
			return p.Refused[name]
		}
	}
	return ""
}

func (p QuestionKey) onPapers() string {
	if p.Papers == 1 {
		return "The question stands on 1 paper."
	}
	return fmt.Sprintf("The question stands on %s papers.", ui.Number(p.Papers))
}
