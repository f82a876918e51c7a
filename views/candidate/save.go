package candidate

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/views/ui"
)

// Save is the answer to a save: how it stands now, and what moves with it.
type Save struct {
	Page
	AnswerID int64
	Revision int64
	SavedAt  time.Time
	Paper    Paper
	HasMap   bool
}

// Conflict is a save that another device or tab was ahead of. Nothing of either is lost.
type Conflict struct {
	Page
	Item     QuestionItem // as stored
	Mine     models.AnswerValue
	StoredAt time.Time
	Back     string // path of the question
}

func (c Conflict) text() string { return fmt.Sprintf(c.Words.Saved.ConflictText, c.clock(c.StoredAt)) }

func (c Conflict) theirs() string { return fmt.Sprintf(c.Words.Saved.Theirs, c.clock(c.StoredAt)) }

// told puts an answer into words, one line each.
func (c Conflict) told(v models.AnswerValue) []string {
	var lines []string
	named := func(options []models.Option, id string) string {
		for _, o := range options {
			if o.ID == id {
				return plain(o.HTML)
			}
		}
		return id
	}
	for _, id := range v.Choices {
		lines = append(lines, named(c.Item.Choices, id))
	}
	if v.Truth != nil {
		lines = append(lines, map[bool]string{true: c.Words.Question.True, false: c.Words.Question.False}[*v.Truth])
	}
	lines = append(lines, v.Gaps...)
	for _, left := range c.Item.Left {
		if right := v.Pairs[left.ID]; right != "" {
			lines = append(lines, plain(left.HTML)+": "+named(c.Item.Right, right))
		}
	}
	if v.Text != "" {
		lines = append(lines, strings.Split(v.Text, "\n")...)
	}
	if len(lines) == 0 {
		return []string{c.Words.Saved.Nothing}
	}
	return lines
}

// carried are the fields that send the text written here again.
func (c Conflict) carried() []ui.HiddenField {
	v := c.Mine
	fields := []ui.HiddenField{{Name: "base", Value: fmt.Sprint(c.Item.Revision)}, {Name: "text", Value: v.Text}}
	for _, id := range v.Choices {
		fields = append(fields, ui.HiddenField{Name: "choice", Value: id})
	}
	if v.Truth != nil {
		fields = append(fields, ui.HiddenField{Name: "truth", Value: fmt.Sprint(*v.Truth)})
	}
	for i, g := range v.Gaps {
		fields = append(fields, ui.HiddenField{Name: fmt.Sprintf("gap%d", i), Value: g})
	}
	for left, right := range v.Pairs {
		fields = append(fields, ui.HiddenField{Name: "pair-" + left, Value: right})
	}
	return fields
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain returns the words of an option where a browser shows no markup.
func plain(fragment string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(fragment, " "))), " ")
}
